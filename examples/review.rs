//! Lists what a person should look at in some documents: the most open decisions, names that the texts give, and how
//! names are spread.
//!
//! `cargo run --release --example review -- examples/articles`

mod common;
#[path = "common/given.rs"]
mod given;
#[path = "common/progress.rs"]
mod progress;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use allonym::resolve::{MentionRef, Outcome, ReviewItem, Side};
use allonym::tables::AliasSort;
use allonym::{Corpus, Relation};
use progress::Progress;

const USAGE: &str =
    "review [--most N] [--rows] [--progress|--quiet] [--decisions FILE.jsonl] [--tables DIR|none] PATH...
review --mentions FILE.jsonl [--most N] [--rows] [--decisions FILE.jsonl] [--tables DIR|none]

Each item ends with the two lines of which one may be added to FILE.jsonl.
--most   so many decisions at most (20)
--rows   only the names that the texts give, as rows of an entity table";

fn main() -> ExitCode {
    common::run(|| {
        let options = common::Options::read(
            USAGE,
            &["--most", "--mentions", "--decisions"],
            &[&["--rows"], &progress::FLAGS[..]].concat(),
        )?;
        let most = options.value("--most").unwrap_or("20");
        let most: usize = most.parse().map_err(|_| format!("--most {most}: no number\n{USAGE}"))?;
        let (extractor, resolver) = (options.extractor()?, options.resolver()?);
        let (mut corpus, mut texts) = (Corpus::new(), Vec::new());
        let mut progress = Progress::new(&options);
        let skipped = given::batches(&options, &extractor, USAGE, given::BATCH, |batch| {
            batch.documents.into_iter().for_each(|document| corpus.push(document));
            texts.extend(batch.texts);
            progress.at(if batch.of.is_some() { "files" } else { "lines" }, batch.done, batch.of);
        })?;
        let resolution = resolver.resolve(&corpus);
        let mut out = BufWriter::new(io::stdout().lock());
        let proposals = resolution.proposals(&corpus);
        if options.flag("--rows") {
            writeln!(out, "id\tkind\tsort\tname\tsource")?;
            for proposal in proposals {
                let acronym = proposal.relation == Relation::Acronym;
                let sort = if acronym { AliasSort::Acronym } else { AliasSort::Alias };
                write!(out, "{}", proposal.to_rows(sort))?;
            }
        } else {
            for item in resolution.review(&corpus, most) {
                print(&item, &corpus, &texts, &mut out)?;
            }
            writeln!(out, "Names that the texts give")?;
            for p in proposals {
                let sentence = p.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
                let times = p.documents;
                writeln!(out, "  {} beside {} [{}, {times} documents]: “{sentence}”", p.alias, p.beside, p.entity)?;
            }
            write!(out, "\n{}", resolution.diagnostics())?;
        }
        out.flush()?;
        Ok(if skipped { common::SKIPPED } else { common::DONE })
    })
}

fn print(item: &ReviewItem, corpus: &Corpus, texts: &[String], out: &mut impl Write) -> io::Result<()> {
    let done = match item.outcome {
        Outcome::Merged => "merged",
        Outcome::Apart => "apart",
        _ => "left to you",
    };
    let bits = |weight: i32| f64::from(weight) / 1000.0;
    writeln!(out, "{} / {}: {done}, {:+.1} bits", item.left.name, item.right.name, bits(item.weight))?;
    for evidence in &item.evidence {
        writeln!(out, "  {evidence}")?;
    }
    for side in [&item.left, &item.right] {
        context(side, corpus, texts, out)?;
    }
    for decision in [item.same(), item.different()] {
        writeln!(out, "  {}", serde_json::to_string(&decision)?)?;
    }
    writeln!(out)
}

/// Characters of text to show on either side of a name.
const AROUND: usize = 60;

/// The places at which a name stands, with the words around it.
fn context(side: &Side, corpus: &Corpus, texts: &[String], out: &mut impl Write) -> io::Result<()> {
    for &MentionRef { document, mention } in &side.mentions {
        let extraction = &corpus.documents()[document];
        let span = extraction.mentions[mention].span;
        let text = texts.get(document).map_or("", String::as_str);
        let before: String = text[..span.start].chars().rev().take(AROUND).collect();
        let before: String = before.chars().rev().collect();
        let after: String = text[span.end..].chars().take(AROUND).collect();
        let line = format!("{before}[{}]{after}", side.name);
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(out, "  {}: … {line} …", extraction.id)?;
    }
    Ok(())
}
