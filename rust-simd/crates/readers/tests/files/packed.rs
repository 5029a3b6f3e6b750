//! Packs bytes: gzip, zip and tar, in the forms that tools write.

use zlib_rs::crc32::crc32;
use zlib_rs::{Deflate, DeflateConfig, DeflateFlush};

fn deflated(plain: &[u8], window_bits: i32) -> Vec<u8> {
    let mut deflate =
        Deflate::new_with_config(DeflateConfig { window_bits, ..DeflateConfig::default() });
    let mut packed = vec![0; plain.len() * 2 + 1000];
    deflate.compress(plain, &mut packed, DeflateFlush::Finish).unwrap();
    packed.truncate(deflate.total_out() as usize);
    packed
}

/// One gzip member.
pub fn gzip(plain: &[u8]) -> Vec<u8> {
    deflated(plain, 16 + 15)
}

/// A file that is to go into a zip.
pub struct File<'a> {
    pub name: &'a str,
    pub plain: &'a [u8],
    pub is_stored: bool,
}

fn bytes(parts: &[(u64, usize)]) -> Vec<u8> {
    parts.iter().flat_map(|&(value, n)| value.to_le_bytes()[..n].to_vec()).collect()
}

/// A zip; with `is_64` all sizes stand in the fields of zip64.
pub fn zip(files: &[File<'_>], is_64: bool) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for file in files {
        let packed = if file.is_stored { file.plain.to_vec() } else { deflated(file.plain, -15) };
        let sum = u64::from(crc32(0, file.plain));
        let method = if file.is_stored { 0 } else { 8 };
        let (begin, n_name) = (out.len() as u64, file.name.len() as u64);
        let sizes =
            if is_64 { [0xFFFF_FFFF; 2] } else { [packed.len() as u64, file.plain.len() as u64] };
        let in_64 = bytes(&[
            (1, 2),
            (24, 2),
            (file.plain.len() as u64, 8),
            (packed.len() as u64, 8),
            (begin, 8),
        ]);
        let extra = if is_64 { in_64 } else { vec![9, 9, 0, 0] };
        let common = bytes(&[
            (0, 2),
            (method, 2),
            (0, 4),
            (sum, 4),
            (sizes[0], 4),
            (sizes[1], 4),
            (n_name, 2),
        ]);
        out.extend(b"PK\x03\x04\x14\0");
        out.extend(&common);
        out.extend([4, 0]);
        out.extend(file.name.as_bytes());
        out.extend([9, 9, 0, 0]);
        out.extend(packed);
        directory.extend(b"PK\x01\x02\x14\0\x14\0");
        directory.extend(&common);
        directory.extend(bytes(&[
            (extra.len() as u64, 2),
            (0, 2),
            (0, 2),
            (0, 2),
            (0, 4),
            (if is_64 { 0xFFFF_FFFF } else { begin }, 4),
        ]));
        directory.extend(file.name.as_bytes());
        directory.extend(extra);
    }
    let (begin, n, n_bytes) = (out.len() as u64, files.len() as u64, directory.len() as u64);
    out.extend(directory);
    if is_64 {
        let end = out.len() as u64;
        out.extend(b"PK\x06\x06");
        out.extend(bytes(&[
            (44, 8),
            (45, 2),
            (45, 2),
            (0, 4),
            (0, 4),
            (n, 8),
            (n, 8),
            (n_bytes, 8),
            (begin, 8),
        ]));
        out.extend(b"PK\x06\x07");
        out.extend(bytes(&[(0, 4), (end, 8), (1, 4)]));
    }
    let [n, n_bytes, begin] =
        if is_64 { [0xFFFF, 0xFFFF_FFFF, 0xFFFF_FFFF] } else { [n, n_bytes, begin] };
    out.extend(b"PK\x05\x06");
    out.extend(bytes(&[(0, 2), (0, 2), (n, 2), (n, 2), (n_bytes, 4), (begin, 4), (0, 2)]));
    out
}

fn tar_header(name: &str, size: usize, kind: u8) -> Vec<u8> {
    let mut block = vec![0; 512];
    let short = &name.as_bytes()[..name.len().min(99)];
    block[..short.len()].copy_from_slice(short);
    block[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
    block[156] = kind;
    block[257..263].copy_from_slice(b"ustar\0");
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|&byte| u32::from(byte)).sum();
    block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    block
}

fn padded(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes
}

/// How a tar tells names that are longer than 99 bytes.
#[derive(Clone, Copy, PartialEq)]
pub enum LongNames {
    Gnu,
    Pax,
}

/// A tar with a folder before its files.
pub fn tar(files: &[(&str, &[u8])], long_names: LongNames) -> Vec<u8> {
    let mut out = tar_header("folder/", 0, b'5');
    for (name, plain) in files {
        if name.len() > 99 && long_names == LongNames::Gnu {
            out.extend(tar_header("././@LongLink", name.len() + 1, b'L'));
            out.extend(padded([name.as_bytes(), b"\0"].concat()));
        } else if name.len() > 99 {
            let record = format!(" path={name}\n");
            let length =
                (record.len()..).find(|n| n.to_string().len() + record.len() == *n).unwrap();
            let records = format!("12 mtime=12\n{length}{record}");
            out.extend(tar_header("PaxHeader", records.len(), b'x'));
            out.extend(padded(records.into_bytes()));
        }
        out.extend(tar_header(name, plain.len(), b'0'));
        out.extend(padded(plain.to_vec()));
    }
    out.extend([0; 1024]);
    out
}
