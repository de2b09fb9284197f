//! What came of an import.

use std::fmt;

use foldhash::{HashSet, HashSetExt};

use super::input::Place;
use super::names::Draft;
use crate::error::Error;
use crate::tables::{AliasSort, TableEntity};

/// What was skipped: a record as a whole, or a name.
///
/// # Examples
///
/// ```
/// use allonym::tables::import::{GeoNames, Input, Part};
///
/// let hotel = "1\tGrand\tGrand\t\t35.1\t36.7\tS\tHTL\tSY\t\t\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01\n";
/// let summary = GeoNames::default().read(Input::new("SY.txt", hotel.as_bytes()), None, |_| Ok(()))?;
/// assert_eq!(summary.skipped[0].part, Part::Record);
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A record, which would have been an entity.
    Record,
    /// One name.
    Name,
}

/// How often something was skipped for one reason.
///
/// # Examples
///
/// ```
/// use allonym::tables::import::{GeoNames, Input};
///
/// let hotel = "1\tGrand\tGrand\t\t35.1\t36.7\tS\tHTL\tSY\t\t\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01\n";
/// let summary = GeoNames::default().read(Input::new("SY.txt", hotel.as_bytes()), None, |_| Ok(()))?;
/// let skipped = &summary.skipped[0];
/// assert_eq!((skipped.count, skipped.file.as_str(), skipped.line), (1, "SY.txt", 1));
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// What was skipped.
    pub part: Part,
    /// Why.
    pub reason: &'static str,
    /// How often.
    pub count: u64,
    /// The file of the first one.
    pub file: String,
    /// Its line, counted from 1.
    pub line: usize,
}

/// What an importer read, kept and skipped; `records` is `entities` and the records skipped.
///
/// # Examples
///
/// ```
/// use allonym::tables::import::{GeoNames, Input};
///
/// let hotel = "1\tGrand\tGrand\t\t35.1\t36.7\tS\tHTL\tSY\t\t\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01\n";
/// let summary = GeoNames::default().read(Input::new("SY.txt", hotel.as_bytes()), None, |_| Ok(()))?;
/// assert_eq!(
///     summary.to_string(),
///     "1 records read, 0 entities and 0 names kept\n\
///      skipped  what     first      why\n      \
///            1  records  SY.txt:1   a feature class that was not asked for\n",
/// );
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Records of the main file.
    pub records: u64,
    /// Entities given to the sink.
    pub entities: u64,
    /// Their names.
    pub names: u64,
    /// What was skipped: records before names, then by reason.
    pub skipped: Vec<Skipped>,
}

impl Summary {
    pub(super) fn skip(&mut self, part: Part, reason: &'static str, at: Place<'_>) {
        match self.skipped.binary_search_by(|s| (s.part, s.reason).cmp(&(part, reason))) {
            Ok(found) => self.skipped[found].count += 1,
            Err(place) => {
                let first = Skipped { part, reason, count: 1, file: at.file.to_owned(), line: at.line };
                self.skipped.insert(place, first);
            }
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { records, entities, names, skipped } = self;
        writeln!(f, "{records} records read, {entities} entities and {names} names kept")?;
        if skipped.is_empty() {
            return Ok(());
        }
        let first = |s: &Skipped| format!("{}:{}", s.file, s.line);
        // Ten columns hold the shortest names of files.
        let width = skipped.iter().map(|s| first(s).chars().count()).max().unwrap_or_default().max(10);
        writeln!(f, "skipped  what     {:width$} why", "first")?;
        for s in skipped {
            let what = match s.part {
                Part::Record => "records",
                Part::Name => "names",
            };
            writeln!(f, "{:>7}  {what:<7}  {:width$} {}", s.count, first(s), s.reason)?;
        }
        Ok(())
    }
}

/// Where an importer puts what it makes: the sink, the summary, and the ids that there are.
pub(super) struct Intake<S> {
    pub summary: Summary,
    sink: S,
    ids: HashSet<Box<str>>,
}

impl<S: FnMut(TableEntity) -> Result<(), Error>> Intake<S> {
    pub fn new(sink: S) -> Self {
        Self { summary: Summary::default(), sink, ids: HashSet::new() }
    }

    pub fn skip(&mut self, reason: &'static str, at: Place<'_>) {
        self.summary.skip(Part::Record, reason, at);
    }

    pub fn skip_name(&mut self, reason: &'static str, at: Place<'_>) {
        self.summary.skip(Part::Name, reason, at);
    }

    /// Adds a name to an entity, or counts why not.
    pub fn name(&mut self, draft: &mut Draft, name: &str, sort: AliasSort, lang: &str, weak: bool, at: Place<'_>) {
        if let Err(reason) = draft.add(name, sort, lang, weak) {
            self.skip_name(reason, at);
        }
    }

    /// Gives an entity to the sink, unless there is one of its id.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn accept(&mut self, draft: Draft, at: Place<'_>) -> Result<(), Error> {
        if self.ids.insert(draft.entity.id.as_str().into()) {
            self.accept_new(draft)
        } else {
            self.skip(SAME_ID, at);
            Ok(())
        }
    }

    /// As [`Intake::accept`], of an id that is known to be new.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn accept_new(&mut self, draft: Draft) -> Result<(), Error> {
        self.summary.entities += 1;
        self.summary.names += draft.entity.aliases.len() as u64;
        (self.sink)(draft.entity)
    }
}

/// Why a record is skipped whose id an earlier one has.
pub(super) const SAME_ID: &str = "the id of an earlier record";
