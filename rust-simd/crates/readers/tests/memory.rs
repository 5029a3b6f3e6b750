//! However large a file is, reading it takes little memory as long as its columns are taken out.

#![cfg(not(target_arch = "wasm32"))]

#[path = "files/large.rs"]
mod large;
#[path = "files/random.rs"]
mod random;

use readers::cm::BulkCm;
use readers::pm::Measurements;
use readers::xml::Reader;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

const FILE_BYTES: usize = 48 << 20;
const PIECE_BYTES: usize = 1 << 20;
const MOST_BYTES: usize = 6 << 20;

/// Counts the bytes that are in use, and the most there ever were.
struct Counted;

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

// SAFETY: all is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let in_use = IN_USE.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(in_use, Ordering::Relaxed);
        // SAFETY: the caller keeps to what `alloc` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps to what `dealloc` asks for.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counted = Counted;

/// The most bytes that reading takes beside the file itself.
fn most_bytes(data: &[u8], mut read: impl FnMut(&[u8])) -> usize {
    let before = IN_USE.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    data.chunks(PIECE_BYTES).for_each(&mut read);
    MOST.load(Ordering::Relaxed) - before
}

#[test]
fn measurements_take_little_memory() {
    let _guard = ONE_AT_A_TIME.lock();
    for make in [large::pm_scalars, large::pm_with_vectors, large::pm_lists] {
        let data = make(FILE_BYTES);
        let mut reader = Reader::new(Measurements::default());
        let most = most_bytes(&data, |piece| {
            reader.push(piece).unwrap();
            reader.format_mut().columns.clear();
        });
        assert!(most < MOST_BYTES, "{most} bytes");
        assert!(reader.format().n_values > 0);
    }
}

#[test]
fn configurations_take_little_memory() {
    let _guard = ONE_AT_A_TIME.lock();
    let data = large::bulk_cm(FILE_BYTES);
    let mut reader = Reader::new(BulkCm::default());
    let most = most_bytes(&data, |piece| {
        reader.push(piece).unwrap();
        reader.format_mut().configuration.columns.clear();
    });
    assert!(most < MOST_BYTES, "{most} bytes");
    assert!(reader.format().configuration.n_values > 0);
}
