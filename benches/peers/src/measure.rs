//! Time and memory, and tables of them.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Failure;

/// What one took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let out = work();
    (out, begun.elapsed())
}

/// The best time of each of some works, which take turns for so many rounds, and what each gave last.
pub fn turns<T>(rounds: usize, works: &[&dyn Fn() -> T]) -> Vec<(T, Duration)> {
    let mut best: Vec<(T, Duration)> = works.iter().map(|work| timed(work)).collect();
    for _ in 1..rounds {
        for (work, best) in works.iter().zip(&mut best) {
            let (out, time) = timed(work);
            *best = (out, time.min(best.1));
        }
    }
    best
}

/// A figure of this process's memory (`VmHWM`, the largest so far; `VmRSS`, now), in bytes; 0 where the system does not say.
pub fn memory(figure: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':')).unwrap_or_default();
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().unwrap_or_default();
    kilobytes << 10
}

/// The numbers that a process of this program prints when it is given a task.
pub fn child(arguments: &[&str]) -> Result<Vec<u64>, Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    // One core for all.
    command.arg("--child").args(arguments).env("RAYON_NUM_THREADS", "1");
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{arguments:?} failed: {}", output.status).into());
    }
    let printed = String::from_utf8(output.stdout)?;
    Ok(printed.split_whitespace().map(str::parse).collect::<Result<_, _>>()?)
}

/// A number with as many digits as say something.
pub fn number(value: f64) -> String {
    match value {
        v if v >= 100.0 => grouped(v),
        v if v >= 10.0 => format!("{v:.1}"),
        v if v >= 0.1 => format!("{v:.2}"),
        v => format!("{v:.4}"),
    }
}

fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count, as people read it.
pub fn count(value: usize) -> String {
    grouped(value as f64)
}

/// Megabytes of a million bytes.
pub fn megabytes(bytes: u64) -> String {
    number(bytes as f64 / 1e6)
}

/// Prints a table.
pub fn table(title: &str, head: &[&str], rows: &[Vec<String>]) {
    println!("\n{title}\n");
    println!("| {} |", head.join(" | "));
    println!("|{}", "---|".repeat(head.len()));
    for row in rows {
        println!("| {} |", row.join(" | "));
    }
}
