//! A table for people: a line an entity, with its names and how often each stands.

use std::io::{self, Write};

use crate::mention::EntityKind;
use crate::resolve::{EntitySummary, Gathered, Resolution};

/// Names longer than this, in characters, are cut in the first column; the list of names shows them whole.
const WIDEST: usize = 36;

/// Writes the entities of each kind, those with the most mentions first: canonical name, mentions, documents, and the
/// names it goes by with their counts.
///
/// # Errors
///
/// Those of the writer.
///
/// # Examples
///
/// ```
/// use allonym::{Corpus, Extractor, Resolver, export};
///
/// let corpus: Corpus = [Extractor::embedded().extract("a.txt", "Rebels left Idlib.")].into_iter().collect();
/// let mut out = Vec::new();
/// export::table(&Resolver::embedded().resolve(&corpus), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("Idlib"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn table(resolution: &Resolution, out: impl Write) -> io::Result<()> {
    let entities: Vec<EntitySummary> = resolution.entities().iter().map(EntitySummary::from).collect();
    write(&entities, out)
}

/// Writes the same of documents that were taken in and let go.
///
/// # Errors
///
/// Those of the writer.
///
/// # Examples
///
/// ```
/// use allonym::resolve::Intake;
/// use allonym::{Extractor, Resolver, export};
///
/// let mut intake = Intake::new(&Resolver::embedded());
/// intake.add(&[Extractor::embedded().extract("a.txt", "Rebels left Idlib.")]);
/// let mut out = Vec::new();
/// export::gathered_table(&intake.finish(), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("Idlib"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn gathered_table(gathered: &Gathered, out: impl Write) -> io::Result<()> {
    write(gathered.entities(), out)
}

fn write(entities: &[EntitySummary], mut out: impl Write) -> io::Result<()> {
    for kind in EntityKind::ALL {
        let entities: Vec<&EntitySummary> = entities.iter().filter(|e| e.kind == kind).collect();
        if entities.is_empty() {
            continue;
        }
        let heading = match kind {
            EntityKind::Person => "People",
            EntityKind::Place => "Places",
            EntityKind::Organization => "Organizations",
        };
        let width = entities.iter().map(|e| shown(&e.name).chars().count()).max().unwrap_or(0).max(heading.len());
        writeln!(out, "{heading:<width$}  mentions  documents  names")?;
        for entity in entities {
            let names: Vec<String> = entity.aliases.iter().map(|a| format!("{} {}", clean(&a.text), a.count)).collect();
            let (name, mentions, documents) = (shown(&entity.name), entity.mentions, entity.documents);
            writeln!(out, "{name:<width$}  {mentions:>8}  {documents:>9}  {}", names.join(", "))?;
        }
        writeln!(out)?;
    }
    out.flush()
}

/// White space and control characters of a name as single spaces.
fn clean(name: &str) -> String {
    let spaced = name.replace(|c: char| c.is_control(), " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shown(name: &str) -> String {
    let name = clean(name);
    if name.chars().count() <= WIDEST {
        return name;
    }
    name.chars().take(WIDEST - 1).chain(['…']).collect()
}
