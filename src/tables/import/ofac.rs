//! The SDN list of the US Treasury.

use foldhash::{HashMap, HashMapExt};

use super::input::{Input, Place, number, shown};
use super::names::Draft;
use super::people::given_first;
use super::records::{Record, Records};
use super::summary::{Intake, SAME_ID, Summary};
use crate::error::Error;
use crate::mention::EntityKind;
use crate::tables::{AliasSort, TableEntity};

/// The columns of `sdn.csv` and `alt.csv` that are read: `ent_num`, `SDN_Name`, `SDN_Type`, `Remarks`; `ent_num`,
/// `alt_type`, `alt_name`, `alt_remarks`.
const SDN: [usize; 4] = [0, 1, 2, 11];
const ALT: [usize; 4] = [0, 2, 3, 4];

/// Reads `sdn.csv` and `alt.csv` of the Office of Foreign Assets Control, or the files of its other lists
/// (`cons_prim.csv`, `cons_alt.csv`), which have the same columns.
///
/// | OFAC | entity |
/// |---|---|
/// | `ent_num` | id `ofac-N` |
/// | `SDN_Type` `individual`, or empty | person, organization; vessels and aircraft are skipped |
/// | `SDN_Name` of a person, `AL-ASSAD, Bashar` | `Bashar al-Assad`: see below |
/// | `SDN_Name` of an organization | as it is |
/// | `alt_type` `aka`, `nka` | `alias`, or `native` in another script |
/// | `fka` | `former` |
/// | a name in quotes in the remarks, `a.k.a. 'ABU ALI'`; an alternate name in quotes, or whose remarks say `weak` | the same, with the mark `weak` |
///
/// Names of people have the family name in capitals first. It goes last, with small letters: articles and particles
/// that another word follows are small (`al-Assad`, `bin Laden`, `de la Cruz`, `van der Berg`), `O'BRIEN` and
/// `MCDONALD` become `O'Brien` and `McDonald`. What stands behind a second comma (`Jr.`) goes to the end. A family name
/// with a small letter stays as it is.
///
/// The lists do not say how well known anybody is: all have the rank of the options.
///
/// # Cost
///
/// One pass over each file; the entities kept are held in memory, for alternate names may come in any order. The whole
/// list has some 20,000.
///
/// # Examples
///
/// ```
/// use allonym::tables::import::Ofac;
///
/// let reader = Ofac::default().rank(3).source("ofac of May");
/// assert_eq!((reader.rank, reader.source.as_str()), (3, "ofac of May"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ofac {
    /// The rank of every entity, 1 to 9. Few of those on the list are ever in the news: 2.
    pub rank: u8,
    /// The source of every name.
    pub source: String,
}

impl Default for Ofac {
    fn default() -> Self {
        Self { rank: 2, source: "ofac".to_owned() }
    }
}

impl Ofac {
    /// Gives every entity this rank.
    #[must_use]
    pub fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    /// Names this source.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }

    /// Reads the list, and its alternate names where these are given.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] for a record with another number of columns (12 and 5), a number that is none, quotes that are
    /// out of place, an `alt_type` that is none, or bytes that are not UTF-8; [`Error::File`] when a file cannot be
    /// read; [`Error::Option`] when the rank is not 1 to 9; those of the sink.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::tables::import::{Input, Ofac};
    ///
    /// let sdn = r#"9001,"AL-HALABI, Omar","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"a.k.a. 'ABU BAKR'.""#;
    /// let alt = r#"9001,1,"aka","DIABY, Omar",-0- "#;
    /// let mut names = Vec::new();
    /// Ofac::default().read(
    ///     Input::new("sdn.csv", sdn.as_bytes()),
    ///     Some(Input::new("alt.csv", alt.as_bytes())),
    ///     |entity| {
    ///         names.extend(entity.aliases.into_iter().map(|alias| alias.name));
    ///         Ok(())
    ///     },
    /// )?;
    /// assert_eq!(names, ["Omar al-Halabi", "Omar Diaby", "Abu Bakr"]);
    /// # Ok::<(), allonym::Error>(())
    /// ```
    pub fn read(
        &self,
        list: Input<'_>,
        alternate_names: Option<Input<'_>>,
        sink: impl FnMut(TableEntity) -> Result<(), Error>,
    ) -> Result<Summary, Error> {
        super::check_rank(self.rank)?;
        let mut intake = Intake::new(sink);
        let mut list = Records::new(list, ',', true);
        let (mut kept, by_number) = self.read_list(&mut list, &mut intake)?;
        if let Some(names) = alternate_names {
            read_names(&mut Records::new(names, ',', true), &by_number, &mut kept, &mut intake)?;
        }
        for Kept { mut draft, remarks, line } in kept {
            let at = Place { file: list.file(), line };
            read_remarks(&remarks, &mut draft, at, &mut intake);
            intake.accept_new(draft)?;
        }
        Ok(intake.summary)
    }

    fn read_list<S: FnMut(TableEntity) -> Result<(), Error>>(
        &self,
        list: &mut Records<'_>,
        intake: &mut Intake<S>,
    ) -> Result<(Vec<Kept>, HashMap<u64, usize>), Error> {
        let (mut kept, mut by_number, mut record) = (Vec::new(), HashMap::new(), Record::default());
        while next(list, &mut record, 12)? {
            let at = list.place(&record);
            let [ent_num, name, sort, remarks] = SDN.map(|column| field(&record, column));
            let ent_num: u64 = number(ent_num, "ent_num", at)?;
            intake.summary.records += 1;
            let kind = match sort {
                "" => EntityKind::Organization,
                "individual" => EntityKind::Person,
                "vessel" => {
                    intake.skip("a vessel", at);
                    continue;
                }
                "aircraft" => {
                    intake.skip("an aircraft", at);
                    continue;
                }
                _ => {
                    intake.skip("a type that is no person or organization", at);
                    continue;
                }
            };
            if by_number.contains_key(&ent_num) {
                intake.skip(SAME_ID, at);
                continue;
            }
            let name = in_order(name, kind);
            let Some(mut draft) = Draft::new(format!("ofac-{ent_num}"), kind, &name, "", &self.source) else {
                intake.skip("no name with a letter", at);
                continue;
            };
            draft.entity.rank = self.rank;
            by_number.insert(ent_num, kept.len());
            kept.push(Kept { draft, remarks: remarks.to_owned(), line: at.line });
        }
        Ok((kept, by_number))
    }
}

/// An entity of the list, until its alternate names are read.
struct Kept {
    draft: Draft,
    remarks: String,
    line: usize,
}

/// Reads the next record; the end-of-file sign of old systems, alone on the last line, is none.
fn next(records: &mut Records<'_>, record: &mut Record, columns: usize) -> Result<bool, Error> {
    if !records.read(record)? {
        return Ok(false);
    }
    if record.len() == 1 && record.get(0).trim() == "\u{1a}" {
        return if records.read(record)? {
            Err(records.place(record).error("a record behind the end-of-file sign"))
        } else {
            Ok(false)
        };
    }
    if record.len() == columns {
        Ok(true)
    } else {
        Err(records.place(record).error(format!("{} columns, not {columns}", record.len())))
    }
}

/// A field of a record; `-0-` stands for nothing.
fn field(record: &Record, column: usize) -> &str {
    Some(record.get(column).trim()).filter(|field| *field != "-0-").unwrap_or_default()
}

fn in_order(name: &str, kind: EntityKind) -> String {
    if kind == EntityKind::Person { given_first(name) } else { name.to_owned() }
}

fn read_names<S: FnMut(TableEntity) -> Result<(), Error>>(
    names: &mut Records<'_>,
    by_number: &HashMap<u64, usize>,
    kept: &mut [Kept],
    intake: &mut Intake<S>,
) -> Result<(), Error> {
    let mut record = Record::default();
    while next(names, &mut record, 5)? {
        let at = names.place(&record);
        let [ent_num, sort, name, remarks] = ALT.map(|column| field(&record, column));
        let ent_num: u64 = number(ent_num, "ent_num", at)?;
        let former = match sort.to_ascii_lowercase().replace('.', "").as_str() {
            "aka" | "nka" => false,
            "fka" => true,
            _ => return Err(at.error(format!("alt_type '{}' is not aka, fka or nka", shown(sort)))),
        };
        let Some(kept) = by_number.get(&ent_num).and_then(|&index| kept.get_mut(index)) else {
            intake.skip_name("of a record that was not kept", at);
            continue;
        };
        let weak = quoted(name).is_some() || remarks.to_ascii_lowercase().contains("weak");
        add(&mut kept.draft, quoted(name).unwrap_or(name), former, weak, at, intake);
    }
    Ok(())
}

/// Takes the weak names of the remarks: `DOB 1961; a.k.a. 'ABU ALI'; f.k.a. 'ABU OMAR'.`
fn read_remarks<S: FnMut(TableEntity) -> Result<(), Error>>(
    remarks: &str,
    draft: &mut Draft,
    at: Place<'_>,
    intake: &mut Intake<S>,
) {
    for remark in remarks.split(';') {
        let remark = remark.trim().trim_end_matches('.');
        let remark = remark.strip_prefix("alt. ").unwrap_or(remark);
        for (word, former) in [("a.k.a.", false), ("n.k.a.", false), ("f.k.a.", true)] {
            let Some(name) = remark.strip_prefix(word) else { continue };
            match quoted(name.trim()) {
                Some(name) => add(draft, name, former, true, at, intake),
                None => intake.skip_name("of the remarks, without quotes", at),
            }
        }
    }
}

/// What stands in quotes.
fn quoted(name: &str) -> Option<&str> {
    let pairs = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')];
    pairs.iter().find_map(|(open, close)| name.strip_prefix(*open)?.strip_suffix(*close))
}

fn add<S: FnMut(TableEntity) -> Result<(), Error>>(
    draft: &mut Draft,
    name: &str,
    former: bool,
    weak: bool,
    at: Place<'_>,
    intake: &mut Intake<S>,
) {
    let name = in_order(name, draft.entity.kind);
    let sort = if former { AliasSort::Former } else { draft.plain_sort(&name, "", "") };
    intake.name(draft, &name, sort, "", weak, at);
}
