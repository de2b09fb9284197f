//! Files that are written whole or not at all.

use std::error::Error;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Writes a file beside its place, and puts it there once it is whole; `write` says whether it was not stopped. Whatever
/// goes wrong, what was there before is left as it was.
pub fn write_whole(
    out: &str,
    write: impl FnOnce(&File) -> Result<bool, Box<dyn Error>>,
) -> Result<bool, Box<dyn Error>> {
    let part = PathBuf::from(format!("{out}.{}.part", std::process::id()));
    let done = written(&part, Path::new(out), write);
    if !matches!(done, Ok(true)) {
        // What is left of it is of no use; that it cannot be removed is told by the error already.
        let _ = fs::remove_file(&part);
    }
    done
}

fn written(
    part: &Path,
    out: &Path,
    write: impl FnOnce(&File) -> Result<bool, Box<dyn Error>>,
) -> Result<bool, Box<dyn Error>> {
    let fault = |e: io::Error| format!("{}: {e}", out.display());
    let made = File::create(part).map_err(fault)?;
    let done = write(&made)?;
    if done {
        made.sync_all().map_err(fault)?;
        fs::rename(part, out).map_err(fault)?;
    }
    Ok(done)
}
