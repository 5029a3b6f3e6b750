//! Times the readers on large files in memory: `cargo run --release --example throughput`.

#[path = "../tests/files/large.rs"]
mod large;
#[path = "../tests/files/random.rs"]
mod random;

use readers::cm::BulkCm;
use readers::pm::{Grouped, Measurements};
use readers::xml::Reader;

const SIZE: usize = 32 << 20;
const PIECE: usize = 256 << 10;
const ROUNDS: usize = 5;

fn main() {
    let only = std::env::args().nth(1).unwrap_or_default();
    let report = |name: &str, make: fn(usize) -> Vec<u8>, read: fn(&[u8]) -> u64| {
        if !name.contains(&only) {
            return;
        }
        let data = make(SIZE);
        let mut best = f64::INFINITY;
        let mut n_values = 0;
        for _ in 0..ROUNDS {
            let begin = seconds();
            n_values = read(&data);
            best = best.min(seconds() - begin);
        }
        let speed = data.len() as f64 / best / 1e6;
        println!(
            "{name:30} {speed:7.0} MB/s {:6.1} ns/value {n_values} values",
            best * 1e9 / n_values as f64
        );
    };
    report("PM scalars", large::pm_scalars, measurements);
    report("PM with vectors", large::pm_with_vectors, measurements);
    report("PM lists", large::pm_lists, measurements);
    report("PM scalars, grouped by counter", large::pm_scalars, grouped);
    report("bulk CM", large::bulk_cm, configuration);
}

/// Time that this process was running, which other processes do not change; else time that passed.
fn seconds() -> f64 {
    let running = std::fs::read_to_string("/proc/self/schedstat").ok();
    let ns: Option<f64> = running.and_then(|text| text.split(' ').next()?.parse().ok());
    ns.map_or_else(
        || std::time::UNIX_EPOCH.elapsed().map_or(0.0, |time| time.as_secs_f64()),
        |ns| ns / 1e9,
    )
}

fn measurements(data: &[u8]) -> u64 {
    let mut reader = Reader::new(Measurements::default());
    for piece in data.chunks(PIECE) {
        reader.push(piece).expect("the file is sound");
        reader.format_mut().columns.clear();
    }
    reader.finish().expect("the file is complete");
    assert!(reader.format().rejections.is_empty());
    reader.format().n_values
}

fn grouped(data: &[u8]) -> u64 {
    let mut reader = Reader::new(Measurements::default());
    let mut grouped = Grouped::default();
    for piece in data.chunks(PIECE) {
        reader.push(piece).expect("the file is sound");
        let format = reader.format_mut();
        grouped.fill(&format.columns.batch(), format.counters().len());
        format.columns.clear();
    }
    reader.finish().expect("the file is complete");
    reader.format().n_values
}

fn configuration(data: &[u8]) -> u64 {
    let mut reader = Reader::new(BulkCm::default());
    for piece in data.chunks(PIECE) {
        reader.push(piece).expect("the file is sound");
        reader.format_mut().configuration.columns.clear();
    }
    reader.finish().expect("the file is complete");
    assert!(reader.format().configuration.rejections.is_empty());
    reader.format().configuration.n_values
}
