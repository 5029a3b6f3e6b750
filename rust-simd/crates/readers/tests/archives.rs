//! What was packed comes back in any pieces, and what is damaged says so.

#![cfg(feature = "archives")]

mod files;

use files::packed::{File, LongNames, gzip, tar, zip};
use files::pieces;
use files::pm::PmFile;
use files::random::Random;
use proptest::prelude::*;
use readers::archive::{Directory, EntryReader, Event, Gunzip, Tar, Unpack, unpack_into};
use readers::limits::MAX_PLAIN_BYTES;
use readers::pm::Measurements;
use readers::refusal::{Fault, Refusal};
use readers::xml::Reader;

/// Unpack pieces into buffers of a size.
fn unpacked(unpack: &mut impl Unpack, pieces: &[&[u8]], size: usize) -> Result<Vec<u8>, Refusal> {
    let (mut plain, mut buffer) = (Vec::new(), vec![0; size]);
    for piece in pieces {
        let mut rest = *piece;
        loop {
            let (n_used, n_written) = unpack.read(rest, &mut buffer)?;
            rest = &rest[n_used..];
            plain.extend_from_slice(&buffer[..n_written]);
            if n_used == 0 && n_written == 0 {
                break;
            }
        }
    }
    unpack.finish()?;
    Ok(plain)
}

fn gunzipped(packed: &[u8]) -> Result<Vec<u8>, Refusal> {
    unpacked(&mut Gunzip::default(), &[packed], 1000)
}

fn some_bytes(random: &mut Random) -> Vec<u8> {
    (0..random.below(5000))
        .map(|at| if random.one_in(3) { random.bits() as u8 } else { (at / 7) as u8 })
        .collect()
}

/// The files of a zip, each unpacked.
fn unzipped(data: &[u8], random: &mut Random) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let mut directory = Directory::new(data.len() as u64);
    while let Some(wanted) = directory.wants() {
        directory.feed(&data[wanted.start as usize..wanted.end as usize])?;
    }
    let mut found = Vec::new();
    for entry in directory.entries() {
        let bytes = &data[entry.begin as usize..];
        let bytes = &bytes[..bytes.len().min(entry.n_packed as usize + 2000)];
        let size = 1 + random.below(3000);
        let plain = unpacked(&mut EntryReader::new(entry)?, &pieces(bytes, random), size)?;
        found.push((entry.name.clone(), plain));
    }
    Ok(found)
}

/// The files of a tar.
fn untarred(pieces: &[&[u8]]) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let mut tar = Tar::default();
    let mut found: Vec<(String, Vec<u8>)> = Vec::new();
    let mut n_ended = 0;
    for piece in pieces {
        let mut rest = *piece;
        loop {
            let (n_used, event) = tar.read(rest)?;
            rest = &rest[n_used..];
            match event {
                Event::Begin => found.push((tar.name().into(), Vec::new())),
                Event::Data(bytes) => found.last_mut().unwrap().1.extend_from_slice(bytes),
                Event::End => n_ended += 1,
                Event::More | Event::Done if rest.is_empty() => break,
                Event::More | Event::Done => {}
            }
        }
    }
    tar.finish()?;
    assert_eq!(n_ended, found.len());
    Ok(found)
}

proptest! {
    #![proptest_config(files::config())]

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn gzip_members_come_back_one_after_the_other(seed: u64) {
        let mut random = Random::new(seed);
        let (mut packed, mut plain) = (Vec::new(), Vec::new());
        for _ in 0..1 + random.below(3) {
            let member = some_bytes(&mut random);
            packed.extend(gzip(&member));
            plain.extend(member);
        }
        packed.extend(vec![0; random.of(&[0, 0, 5])]);
        let size = 1 + random.below(3000);

        let found = unpacked(&mut Gunzip::default(), &pieces(&packed, &mut random), size);

        prop_assert_eq!(found, Ok(plain));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn zip_files_come_back(seed: u64) {
        let mut random = Random::new(seed);
        let contents: Vec<Vec<u8>> = (0..random.below(4)).map(|_| some_bytes(&mut random)).collect();
        let names = ["a.xml", "folder/b.xml.gz", "ä"];
        let list: Vec<File<'_>> = contents.iter().zip(names).map(|(plain, name)| File { name, plain, is_stored: random.one_in(3) }).collect();
        let mut data = zip(&list, random.one_in(3));
        if random.one_in(4) {
            data.splice(0..0, b"#!/bin/sh\n".iter().copied()); // unpacks itself
            // Sizes of zip64 count from the file's own beginning.
            prop_assume!(!data.windows(4).any(|four| four == b"PK\x06\x06"));
        }

        let found = unzipped(&data, &mut random).unwrap();

        let expected: Vec<_> = list.iter().map(|file| (file.name.to_string(), file.plain.to_vec())).collect();
        prop_assert_eq!(found, expected);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn tar_files_come_back(seed: u64) {
        let mut random = Random::new(seed);
        let long = "long/".repeat(30) + "name.xml";
        let contents: Vec<Vec<u8>> = (0..3).map(|_| some_bytes(&mut random)).collect();
        let list = [("a.xml", contents[0].as_slice()), (long.as_str(), &contents[1]), ("empty", &[]), ("c", &contents[2])];
        let data = tar(&list, random.of(&[LongNames::Gnu, LongNames::Pax]));

        let found = untarred(&pieces(&data, &mut random)).unwrap();

        prop_assert!(Tar::is_tar(&data));
        let expected: Vec<_> = list.iter().map(|(name, plain)| (name.to_string(), plain.to_vec())).collect();
        prop_assert_eq!(found, expected);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn damaged_archives_never_give_other_bytes_without_a_word(seed: u64) {
        let mut random = Random::new(seed);
        let plain = some_bytes(&mut random);
        let mut damage = |mut data: Vec<u8>| {
            let at = random.below(data.len());
            match random.below(3) {
                0 => data.truncate(at),
                _ => data[at] ^= 1 << random.below(8),
            }
            data
        };
        let packed = damage(gzip(&plain));
        if let Ok(found) = gunzipped(&packed) {
            prop_assert_eq!(&found, &plain);
        }
        let packed = damage(zip(&[File { name: "a", plain: &plain, is_stored: false }], false));
        if let Ok(found) = unzipped(&packed, &mut Random::new(seed)) {
            prop_assert!(found.iter().all(|(_, found)| *found == plain));
        }
        let packed = damage(tar(&[("a", &plain)], LongNames::Gnu));
        let _ = untarred(&[&packed]); // its headers alone have checksums
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn any_bytes_are_unpacked_or_refused(data in prop::collection::vec(any::<u8>(), 0..700), kind in 0..3) {
        let head: &[u8] = [&b"\x1f\x8b\x08\0"[..], b"PK\x05\x06", b""][kind as usize];
        let data = [head, &data].concat();
        let _ = gunzipped(&data);
        let _ = unzipped(&data, &mut Random::new(1));
        let _ = untarred(&[&data]);
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_gzip_file_goes_straight_into_a_reader() {
    let file = PmFile::random(&mut Random::new(7), true);
    let packed = gzip(file.xml.as_bytes());
    let mut reader = Reader::new(Measurements::default());
    let mut gunzip = Gunzip::default();
    for piece in packed.chunks(100) {
        unpack_into(&mut gunzip, piece, &mut reader).unwrap();
    }
    gunzip.finish().unwrap();
    reader.finish().unwrap();
    let format = reader.format();
    assert_eq!(format.n_values + format.n_missing, file.taken.len() as u64);
    assert_eq!(gunzip.n_plain(), file.xml.len() as u64);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn checksums_are_checked() {
    let mut packed = gzip(b"some text");
    let at = packed.len() - 8;
    packed[at] ^= 1;
    assert_eq!(gunzipped(&packed).unwrap_err().fault, Fault::Checksum);
    let mut packed = gzip(b"some text");
    packed.extend(b"rest");
    assert!(gunzipped(&packed).is_err());
    packed.truncate(packed.len() - 8);
    assert!(gunzipped(&packed).unwrap_err().told().contains("cut short"));
    assert!(gunzipped(b"").is_err());

    let mut packed = zip(&[File { name: "a.xml", plain: b"some text", is_stored: true }], false);
    let at = packed.windows(4).position(|four| four == b"some").unwrap();
    packed[at] = b'S';
    let refusal = unzipped(&packed, &mut Random::new(1)).unwrap_err();
    assert_eq!((refusal.fault, refusal.value.as_str()), (Fault::Checksum, "a.xml"));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn declared_sizes_are_limits() {
    let plain = vec![b'x'; 100_000];
    let packed = zip(&[File { name: "bomb", plain: &plain, is_stored: false }], false);
    let mut smaller = packed.clone();
    let at = smaller.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap() + 24;
    smaller[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
    assert_eq!(unzipped(&smaller, &mut Random::new(1)).unwrap_err().fault, Fault::TooLarge);

    let mut directory = Directory::new(packed.len() as u64);
    while let Some(wanted) = directory.wants() {
        directory.feed(&packed[wanted.start as usize..wanted.end as usize]).unwrap();
    }
    let mut entry = directory.entries()[0].clone();
    assert!(!entry.is_folder());
    entry.n_plain = MAX_PLAIN_BYTES + 1;
    assert_eq!(EntryReader::new(&entry).unwrap_err().fault, Fault::TooLarge);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_is_not_read_is_named() {
    let packed = zip(&[File { name: "a", plain: b"x", is_stored: true }], false);
    let central = packed.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    let mut encrypted = packed.clone();
    encrypted[central + 8] |= 1;
    assert!(unzipped(&encrypted, &mut Random::new(1)).unwrap_err().told().contains("encrypted"));
    let mut other = packed.clone();
    other[central + 10] = 14;
    assert!(unzipped(&other, &mut Random::new(1)).unwrap_err().told().contains("method 14"));
    let mut many = packed.clone();
    let end = many.len() - 22;
    many[end + 8..end + 12].copy_from_slice(&[0xFE; 4]);
    assert!(unzipped(&many, &mut Random::new(1)).is_err());
    assert!(
        unzipped(b"PK\x03\x04junk", &mut Random::new(1))
            .unwrap_err()
            .told()
            .contains("no directory")
    );
}
