//! Tables in colour, where the terminal takes them.

use std::io::{self, IsTerminal, Write};

/// Whether standard output takes colours: it is a terminal that knows them, or they are forced by `CLICOLOR_FORCE`, and
/// `NO_COLOR` does not forbid them.
pub fn wanted() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    // NO_COLOR counts whatever it is set to, if not to nothing.
    let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !forbidden && (set("CLICOLOR_FORCE") || io::stdout().is_terminal() && !dumb)
}

const BOLD: &str = "\x1b[1m";
const NAME: &str = "\x1b[36m";
const COUNTS: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Passes on a table as `export::table` writes it, line by line: headings in bold, names and counts in colours of their own.
/// Where no colour is wanted every byte goes through as it is.
pub struct Painted<W> {
    out: W,
    colored: bool,
    line: Vec<u8>,
    /// How many characters the column of names has.
    width: usize,
}

impl<W: Write> Painted<W> {
    pub fn new(out: W, colored: bool) -> Self {
        Self { out, colored, line: Vec::new(), width: 0 }
    }

    fn paint(&mut self) -> io::Result<()> {
        let line = String::from_utf8_lossy(&self.line).into_owned();
        self.line.clear();
        if line.trim_end() == "" {
            self.width = 0;
            return self.out.write_all(line.as_bytes());
        }
        let (text, end) = line.strip_suffix('\n').map_or((line.as_str(), ""), |text| (text, "\n"));
        // The first line of a kind is its heading, and shows how wide the column is.
        let heading = text.find("  mentions  documents  names").filter(|_| self.width == 0);
        if let Some(width) = heading {
            self.width = width;
            return write!(self.out, "{BOLD}{text}{PLAIN}{end}");
        }
        let at = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
        // Two counts of eight and nine digits, with spaces before and behind each.
        let (name, rest) = text.split_at(at(self.width));
        let (counts, names) = rest.split_at((at(self.width + 23) - name.len()).min(rest.len()));
        write!(self.out, "{NAME}{name}{PLAIN}{COUNTS}{counts}{PLAIN}{names}{end}")
    }
}

impl<W: Write> Write for Painted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.colored {
            return self.out.write(bytes);
        }
        for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.paint()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.line.is_empty() {
            self.paint()?;
        }
        self.out.flush()
    }
}
