//! Exact spans and kinds, over PER, LOC and ORG.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;
use std::time::Instant;

use serde::Deserialize;

use crate::common::{self, Options};
use crate::metrics::Tally;
use crate::progress::Progress;

#[derive(Deserialize)]
struct Document {
    id: String,
    text: String,
    spans: Vec<(usize, usize, String)>,
}

/// Scores every file.
pub fn evaluate(
    files: &[String],
    options: &Options,
    progress: &mut Progress,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let extractor = options.extractor()?;
    let mut reliability: BTreeMap<usize, (usize, usize, f64)> = BTreeMap::new();
    for file in files {
        let mut kinds: BTreeMap<&str, Tally> = BTreeMap::new();
        let (mut bytes, mut seconds) = (0, 0.0);
        let text = common::must_read(file)?;
        let of = text.lines().count();
        for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            progress.at(file, i, Some(of));
            let document: Document = serde_json::from_str(line).map_err(|e| format!("{file}:{}: {e}", i + 1))?;
            let begun = Instant::now();
            let extraction = extractor.extract(&document.id, &document.text);
            seconds += begun.elapsed().as_secs_f64();
            bytes += document.text.len();
            let gold: BTreeSet<(usize, usize, &str)> =
                document.spans.iter().map(|(start, end, code)| (*start, *end, code.as_str())).collect();
            let mut found: BTreeSet<(usize, usize, &str)> = BTreeSet::new();
            for mention in &extraction.mentions {
                let at = (mention.char_span.start, mention.char_span.end, mention.kind.code());
                found.insert(at);
                let right = gold.contains(&at);
                let tally = kinds.entry(mention.kind.code()).or_default();
                if right {
                    tally.right += 1;
                } else {
                    tally.spurious += 1;
                    if options.flag("--show") {
                        let sources: Vec<String> =
                            mention.sources.iter().map(|s| format!("{}{:+}", s.rule, s.weight)).collect();
                        writeln!(
                            out,
                            "{} + {} {} {} [{}]",
                            document.id,
                            at.2,
                            mention.surface,
                            mention.weight,
                            sources.join(" ")
                        )?;
                    }
                }
                let confidence = mention.confidence();
                let seen = reliability.entry(decile(confidence)).or_default();
                *seen = (seen.0 + 1, seen.1 + usize::from(right), seen.2 + confidence);
            }
            for (start, end, code) in gold.difference(&found) {
                kinds.entry(kind(code)).or_default().missed += 1;
                if options.flag("--show") {
                    let surface: String = document.text.chars().skip(*start).take(end - start).collect();
                    writeln!(out, "{} - {code} {surface}", document.id)?;
                }
            }
        }
        let mut all = Tally::default();
        for tally in kinds.values() {
            all.add(*tally);
        }
        let (p, r, f) = all.scores();
        let each: Vec<String> = kinds.iter().map(|(kind, tally)| format!("{kind} {:.3}", tally.scores().2)).collect();
        let name = file.rsplit('/').next().unwrap_or(file);
        let speed = bytes as f64 / 1e6 / f64::max(seconds, 1e-9);
        writeln!(out, "{name:28} P {p:.3} R {r:.3} F1 {f:.3} ({})  {speed:.1} MB/s", each.join(" "))?;
    }
    writeln!(out, "confidence  mentions  mean  right")?;
    for (decile, (count, right, sum)) in reliability {
        let mean = sum / count as f64;
        let (low, high) = (decile as f64 / 10.0, (decile + 1) as f64 / 10.0);
        writeln!(out, "{low:.1}-{high:.1}    {count:>9}  {mean:.2}  {:.2}", right as f64 / count as f64)?;
    }
    Ok(())
}

/// The tenth of the range 0 to 1 that a probability is in, from 0.
fn decile(probability: f64) -> usize {
    (1..10).filter(|tenth| probability >= f64::from(*tenth) / 10.0).count()
}

fn kind(code: &str) -> &'static str {
    code.parse::<allonym::EntityKind>().map_or("?", allonym::EntityKind::code)
}
