//! Mentions and entities, group by group.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;

use allonym::{Corpus, EntityKind, Mention, Resolution, Span};
use serde::Deserialize;

use crate::common::{self, Options};
use crate::metrics::{Assignment, Tally, b_cubed, ceaf_e, muc};
use crate::progress::Progress;

#[derive(Deserialize)]
struct Document {
    id: String,
    #[serde(default = "all")]
    group: String,
    text: String,
    mentions: Vec<GoldMention>,
}

fn all() -> String {
    "all".to_owned()
}

#[derive(Deserialize)]
struct GoldMention {
    start: usize,
    end: usize,
    r#type: Option<String>,
    entity: Option<String>,
    #[serde(default)]
    also: Vec<(usize, usize)>,
    #[serde(default)]
    optional: bool,
}

/// Scores every group of the files, and all together.
pub fn evaluate(
    files: &[String],
    options: &Options,
    progress: &mut Progress,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let (extractor, resolver) = (options.extractor()?, options.resolver()?);
    let mut groups: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for file in files {
        for (i, line) in common::must_read(file)?.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let document: Document = serde_json::from_str(line).map_err(|e| format!("{file}:{}: {e}", i + 1))?;
            groups.entry(document.group.clone()).or_default().push(document);
        }
    }
    let (mut total, mut means) = (Tally::default(), 0.0);
    for (done, (name, documents)) in groups.iter().enumerate() {
        progress.at("groups", done, Some(groups.len()));
        let corpus: Corpus = documents
            .iter()
            .map(|d| {
                if options.flag("--gold-mentions") {
                    extractor.read_claims(&d.id, &d.text, gold_mentions(d))
                } else {
                    extractor.extract(&d.id, &d.text)
                }
            })
            .collect();
        let resolution = resolver.resolve(&corpus);
        let score = Score::of(documents, &corpus, &resolution, options.flag("--show"));
        let (p, r, f) = score.all().scores();
        let kinds: Vec<String> =
            score.kinds.iter().map(|(kind, tally)| format!("{kind} {:.3}", tally.scores().2)).collect();
        let (m, b, c) =
            (muc(&score.gold, &score.system), b_cubed(&score.gold, &score.system), ceaf_e(&score.gold, &score.system));
        let mean = (m + b + c) / 3.0;
        writeln!(
            out,
            "{name:18} mentions P {p:.3} R {r:.3} F1 {f:.3} ({})  MUC {m:.3} B3 {b:.3} CEAFe {c:.3} mean {mean:.3}",
            kinds.join(" ")
        )?;
        for line in &score.errors {
            writeln!(out, "     {line}")?;
        }
        total.add(score.all());
        means += mean;
    }
    let (p, r, f) = total.scores();
    let mean = means / groups.len().max(1) as f64;
    writeln!(out, "all: mentions P {p:.4} R {r:.4} F1 {f:.4}; mean over groups {mean:.4}")?;
    Ok(())
}

/// The gold mentions of a document, but for the optional ones.
fn gold_mentions(document: &Document) -> Vec<Mention> {
    let starts: Vec<usize> = document.text.char_indices().map(|(at, _)| at).chain([document.text.len()]).collect();
    let mention = |gold: &GoldMention| -> Option<Mention> {
        let kind: EntityKind = gold.r#type.as_deref()?.parse().ok()?;
        let span = Span::new(*starts.get(gold.start)?, *starts.get(gold.end)?);
        Some(Mention::new(&document.text[span], kind).at(span))
    };
    let mut mentions: Vec<Mention> = document.mentions.iter().filter(|m| !m.optional).filter_map(mention).collect();
    mentions.sort_by_key(|m| m.span);
    mentions
}

/// What a group's documents come to.
struct Score {
    kinds: BTreeMap<&'static str, Tally>,
    gold: Assignment,
    system: Assignment,
    errors: Vec<String>,
}

impl Score {
    fn all(&self) -> Tally {
        let mut all = Tally::default();
        for tally in self.kinds.values() {
            all.add(*tally);
        }
        all
    }

    /// Maps each mention of the system to the gold mention whose exact span, or one of its other spans, it has.
    fn of(documents: &[Document], corpus: &Corpus, resolution: &Resolution, show: bool) -> Self {
        let mut score =
            Self { kinds: BTreeMap::new(), gold: Assignment::new(), system: Assignment::new(), errors: Vec::new() };
        let mut entities: BTreeMap<&str, usize> = BTreeMap::new();
        let mut surfaces: BTreeMap<usize, String> = BTreeMap::new();
        let mut item = 0;
        for (d, (document, extraction)) in documents.iter().zip(corpus.documents()).enumerate() {
            let chars: Vec<char> = document.text.chars().collect();
            let surface = |m: &GoldMention| chars[m.start..m.end].iter().collect::<String>();
            let mut accepted: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
            let mut optional = Vec::new();
            for (i, mention) in document.mentions.iter().enumerate() {
                if mention.optional {
                    optional.push((mention.start, mention.end));
                    continue;
                }
                let count = entities.len();
                let entity = *entities.entry(mention.entity.as_deref().unwrap_or_default()).or_insert(count);
                score.gold.insert(item, entity);
                surfaces.insert(item, surface(mention));
                for span in std::iter::once((mention.start, mention.end)).chain(mention.also.iter().copied()) {
                    accepted.insert(span, (i, item));
                }
                item += 1;
            }
            let mut seen: BTreeSet<usize> = BTreeSet::new();
            for (m, mention) in extraction.mentions.iter().enumerate() {
                let (start, end) = (mention.char_span.start, mention.char_span.end);
                let entity = entity_number(resolution, d, m);
                let code = mention.kind.code();
                match accepted.get(&(start, end)).filter(|(i, _)| !seen.contains(i)) {
                    Some(&(i, gold_item)) => {
                        seen.insert(i);
                        let wanted = code_of(&document.mentions[i]);
                        if wanted == code {
                            score.kinds.entry(code).or_default().right += 1;
                        } else {
                            score.kinds.entry(code).or_default().spurious += 1;
                            score.kinds.entry(wanted).or_default().missed += 1;
                            score.errors.push(format!("{} kind {} {wanted} {code}", document.id, mention.surface));
                        }
                        score.system.insert(gold_item, entity);
                    }
                    None if optional.iter().any(|&(a, b)| start < b && a < end) => {}
                    None => {
                        score.kinds.entry(code).or_default().spurious += 1;
                        score.errors.push(format!("{} spurious {} {code}", document.id, mention.surface));
                        surfaces.insert(item, mention.surface.clone());
                        score.system.insert(item, entity);
                        item += 1;
                    }
                }
            }
            for (i, mention) in document.mentions.iter().enumerate().filter(|(i, m)| !m.optional && !seen.contains(i)) {
                let code = code_of(mention);
                score.kinds.entry(code).or_default().missed += 1;
                score.errors.push(format!("{} missed {} {code}", document.id, surface(&document.mentions[i])));
            }
        }
        if show {
            score.compare_clusters(&surfaces);
        } else {
            score.errors.clear();
        }
        score
    }

    /// Lists the entities of one side that the other tears apart.
    fn compare_clusters(&mut self, surfaces: &BTreeMap<usize, String>) {
        let lines = |what: &str, a: &Assignment, b: &Assignment| -> Vec<String> {
            let mut parts: BTreeMap<usize, BTreeMap<usize, BTreeSet<&str>>> = BTreeMap::new();
            for (item, cluster) in a {
                if let Some(other) = b.get(item) {
                    parts.entry(*cluster).or_default().entry(*other).or_default().insert(&surfaces[item]);
                }
            }
            let torn = parts.values().filter(|p| p.len() > 1);
            torn.map(|p| format!("{what} {:?}", p.values().collect::<Vec<_>>())).collect()
        };
        let (split, merged) = (lines("split", &self.gold, &self.system), lines("merged", &self.system, &self.gold));
        self.errors.extend(split);
        self.errors.extend(merged);
    }
}

fn code_of(mention: &GoldMention) -> &'static str {
    let kind = mention.r#type.as_deref().and_then(|t| t.parse::<EntityKind>().ok());
    kind.map_or("?", EntityKind::code)
}

/// The entity of a mention, by its place among the entities.
fn entity_number(resolution: &Resolution, document: usize, mention: usize) -> usize {
    let at = allonym::resolve::MentionRef { document, mention };
    resolution.entity_of(at).and_then(|e| resolution.entities().iter().position(|o| o.id == e.id)).unwrap_or(usize::MAX)
}
