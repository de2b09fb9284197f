//! What the benches share: seeded input, and how they time.

// Each bench takes what it needs.
#![allow(dead_code, reason = "each bench is a crate of its own and uses a part")]

mod input;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Bencher;

#[allow(unused_imports, reason = "each bench is a crate of its own and uses a part")]
pub use input::*;

/// Whether everything runs once, to see that it runs: `cargo bench -- --test`, or without `--bench` at all.
pub fn is_test() -> bool {
    let mut bench = false;
    for argument in std::env::args() {
        match argument.as_str() {
            "--test" => return true,
            "--bench" => bench = true,
            _ => {}
        }
    }
    !bench
}

/// Times a routine, and keeps the best time of one run beside what criterion makes of it.
pub fn keep_best<T>(bencher: &mut Bencher<'_>, best: &mut Duration, mut routine: impl FnMut() -> T) {
    bencher.iter_custom(|runs| {
        let begin = Instant::now();
        for _ in 0..runs {
            black_box(routine());
        }
        let taken = begin.elapsed();
        let one = taken.div_f64(runs as f64);
        if one < *best {
            *best = one;
        }
        taken
    });
}
