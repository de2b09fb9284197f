//! How far a long run is, on standard error: the rate and the time left.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::common::Options;

/// The options that say whether it is told; they take no value.
pub const FLAGS: [&str; 2] = ["--progress", "--quiet"];

/// Says no more often than this how far it is.
const OFTEN: Duration = Duration::from_millis(200);

/// Tells how far a run is; on a terminal a line that is written over, else a line each time.
pub struct Progress {
    shown: bool,
    terminal: bool,
    /// What is being done, since when, and when it was last told.
    stage: String,
    begun: Instant,
    told: Option<Instant>,
    open: bool,
}

impl Progress {
    /// Shown on a terminal, and where `--progress` forces it; nowhere with `--quiet`.
    pub fn new(options: &Options) -> Self {
        let terminal = io::stderr().is_terminal();
        let shown = (options.flag("--progress") || terminal) && !options.flag("--quiet");
        let (stage, begun) = (String::new(), Instant::now());
        Self { shown, terminal, stage, begun, told: None, open: false }
    }

    /// So much of a stage is done; of how much, when that is known.
    pub fn at(&mut self, stage: &str, done: usize, of: Option<usize>) {
        if !self.shown {
            return;
        }
        let fresh = self.stage != stage;
        if fresh {
            self.end();
            (self.stage, self.begun, self.told) = (stage.to_owned(), Instant::now(), None);
        }
        let often = if self.terminal { OFTEN } else { OFTEN * 10 };
        if self.told.is_some_and(|told| told.elapsed() < often) {
            return;
        }
        self.told = Some(Instant::now());
        let taken = self.begun.elapsed().as_secs_f64();
        // Of the first moment nothing follows.
        let told = taken > 0.1 && done > 0;
        let rate = if told { format!(", {:.0} a second", done as f64 / taken) } else { String::new() };
        let left = match of {
            Some(of) if told && of >= done => {
                format!(", {:.0} s left", taken / done as f64 * (of - done) as f64)
            }
            _ => String::new(),
        };
        let of = of.map_or(String::new(), |of| format!(" of {of}"));
        self.write(&format!("{stage}: {done}{of}{rate}{left}"));
    }

    /// What a run came to.
    #[allow(dead_code, reason = "not every example has more to say than how far it is")]
    pub fn say(&mut self, what: &str) {
        if self.shown {
            self.end();
            self.write(what);
            self.end();
        }
    }

    fn write(&mut self, line: &str) {
        // Nobody is told where standard error is closed.
        let _ = if self.terminal { write!(io::stderr(), "\r\x1b[K{line}") } else { writeln!(io::stderr(), "{line}") };
        self.open = self.terminal;
    }

    fn end(&mut self) {
        if self.open {
            let _ = writeln!(io::stderr());
            self.open = false;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
