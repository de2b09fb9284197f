//! Foreign data made entities of the tables.
//!
//! | data | reader | made for | options |
//! |---|---|---|---|
//! | [GeoNames](https://www.geonames.org/) | [`GeoNames`] | `allCountries.txt`, `cities500.txt`, `SY.txt`; `alternateNamesV2.txt` | feature classes, least population, languages, Wikidata ids |
//! | [Wikidata](https://www.wikidata.org/wiki/Wikidata:Database_download) | [`Wikidata`] | JSON dumps, and excerpts an entity a line | languages, classes |
//! | [OFAC](https://ofac.treasury.gov/) | [`Ofac`] | `sdn.csv`, `cons_prim.csv`; `alt.csv`, `cons_alt.csv` | rank |
//! | [`FollowTheMoney`](https://followthemoney.tech/) | [`Ftm`] | `entities.ftm.json` of OpenSanctions | captions, countries, rank |
//! | CSV and TSV | [`Csv`] | lists of one's own | columns, kinds, separators |
//!
//! How each maps its fields to names, kinds, ranks and containers stands with the reader. All read their [`Input`] once,
//! a line or record at a time, and give each entity to a function, such as [`TsvWriter::write`]; what comes back is a
//! [`Summary`] of what was kept and what was skipped, why and where first. The same files give the same entities in the
//! same order.
//!
//! - What is malformed is an error with file and line: a wrong number of columns, broken JSON, a number that is none,
//!   bytes that are not UTF-8. Nothing is guessed.
//! - What is well-formed but unsuited is skipped and counted: a vessel, a village below the least population, a class that
//!   is none of our kinds, a name without a letter, a second record of one id.
//! - Names are cleaned by [`clean_name`]; of names of one entity that are the same but for case the first stays.
//! - Names are marked `ambiguous` only where a list says so. Whoever mixes tables looks for names that several entities
//!   share, and for common words.
//! - Whatever a reader gives, a table takes.
//!
//! # Examples
//!
//! ```
//! use allonym::Tables;
//! use allonym::tables::import::{GeoNames, Input, TsvWriter};
//!
//! let places = "172109\tḨārim\tHarim\t\t36.20\t36.51\tP\tPPLA2\tSY\t\t12\t\t\t\t21934\t\t150\tAsia/Damascus\t2020-01-01\n";
//! let mut table = TsvWriter::new("places.tsv", Vec::new());
//! let summary = GeoNames::default().min_population(500).read(
//!     Input::new("SY.txt", places.as_bytes()),
//!     None,
//!     |entity| table.write(&entity),
//! )?;
//! assert_eq!((summary.records, summary.entities), (1, 1));
//! let text = String::from_utf8(table.finish()?).unwrap();
//! let tables = Tables::builder().entities("places.tsv", text).build()?;
//! assert!(tables.find("Harim").next().is_some());
//! # Ok::<(), allonym::Error>(())
//! ```
//!
//! The example `import` does this for files: `cargo run --release --example import -- geonames SY.txt --out places.tsv`.

mod classes;
mod csv;
mod ftm;
mod geonames;
mod input;
mod names;
mod ofac;
mod people;
mod records;
mod summary;
mod wikidata;
mod write;

pub use csv::{Column, Csv};
pub use ftm::Ftm;
pub use geonames::GeoNames;
pub use input::{Input, LONGEST_LINE};
pub use names::clean_name;
pub use ofac::Ofac;
pub use summary::{Part, Skipped, Summary};
pub use wikidata::Wikidata;
pub use write::TsvWriter;

use crate::error::Error;

/// Refuses ranks that tables do not have.
fn check_rank(rank: u8) -> Result<(), Error> {
    if (1..=9).contains(&rank) {
        return Ok(());
    }
    Err(Error::Option { option: "rank".into(), reason: format!("{rank} is not 1 to 9") })
}

/// Refuses ids of countries that tables cannot hold.
fn check_option_id(code: &str, id: &str) -> Result<(), Error> {
    if !id.is_empty() && clean_name(id) == id {
        return Ok(());
    }
    Err(Error::Option { option: "country".into(), reason: format!("the id of '{code}' is empty or not clean") })
}

/// An error for JSON that is broken, or not what it should be, with the column in its one line.
fn json_fault(error: &serde_json::Error, at: input::Place<'_>) -> Error {
    let (said, column) = (error.to_string(), error.column());
    let reason = said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason);
    at.error(format!("column {column}: {reason}"))
}
