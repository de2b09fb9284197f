//! What the report shows, as JSON in elements that no browser runs.
//!
//! Each element holds one list; things are known by their places in it. The texts have an element each, so that a browser
//! reads only those that it shows. Offsets are those of the script's strings, in UTF-16.

use std::collections::BTreeSet;
use std::io::{self, Write};

use foldhash::{HashMap, HashMapExt};
use serde::Serialize;
use unicode_script::{Script, UnicodeScript};

use super::inert;
use super::pairs::{Keys, pairs};
use crate::fnv::{START, fnv1a};
use crate::mention::{Corpus, EntityKind, Extraction};
use crate::name::fold;
use crate::resolve::{Evidence, Link, MentionRef, Outcome, Resolution, Side};

/// How many open decisions the report lists: more than a person judges in a day.
const MOST_REVIEWED: usize = 1_000;

/// Numbers for words that come again and again, in the order in which they first come.
#[derive(Default)]
struct Words {
    numbers: HashMap<String, usize>,
    words: Vec<String>,
}

impl Words {
    fn number(&mut self, word: &str) -> usize {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        self.words.push(word.to_owned());
        self.numbers.insert(word.to_owned(), self.words.len() - 1);
        self.words.len() - 1
    }
}

/// Feature, left, right, weight.
type EvidenceOut<'a> = (usize, &'a str, &'a str, i32);
/// The document, and the place of the mention in it.
type PlaceOut = (usize, usize);
/// Name, entity, where it stands.
type SideOut<'a> = (&'a str, Option<usize>, Vec<PlaceOut>);

/// A surface form, how often it stands, and its folded form where that is another.
#[derive(Serialize)]
#[serde(untagged)]
enum AliasOut<'a> {
    Folded(&'a str, usize, String),
    Plain(&'a str, usize),
}

/// Writes the elements.
pub(super) struct Data<'a> {
    corpus: &'a Corpus,
    resolution: &'a Resolution,
    features: Words,
    rules: Words,
    scripts: Words,
    /// The place of each surface form among those of its entity.
    aliases: HashMap<(usize, &'a str), usize>,
    /// Surface forms of mentions that are no entity's.
    strays: Vec<&'a str>,
}

impl<'a> Data<'a> {
    pub fn new(corpus: &'a Corpus, resolution: &'a Resolution) -> Self {
        let mut aliases = HashMap::new();
        for (e, entity) in resolution.entities().iter().enumerate() {
            aliases.extend(entity.aliases.iter().enumerate().map(|(i, alias)| ((e, alias.text.as_str()), i)));
        }
        let (features, rules, scripts) = (Words::default(), Words::default(), Words::default());
        Self { corpus, resolution, features, rules, scripts, aliases, strays: Vec::new() }
    }

    pub fn write<T: AsRef<str>>(mut self, texts: impl IntoIterator<Item = T>, out: &mut impl Write) -> io::Result<()> {
        self.entities(out)?;
        self.links(out)?;
        self.near(out)?;
        self.review(out)?;
        self.documents(texts, out)?;
        let words = serde_json::json!({
            "kinds": EntityKind::ALL.map(EntityKind::word),
            "features": self.features.words,
            "rules": self.rules.words,
            "scripts": self.scripts.words,
            "strays": self.strays,
            "digest": format!("{:016x}", self.digest()),
            "mostReviewed": MOST_REVIEWED,
        });
        one("words", &words, out)
    }

    /// Kind, name, id, table id, aliases, scripts.
    fn entities(&mut self, out: &mut impl Write) -> io::Result<()> {
        let scripts = &mut self.scripts;
        let items = self.resolution.entities().iter().map(|entity| {
            let aliases: Vec<AliasOut<'_>> = entity
                .aliases
                .iter()
                .map(|alias| {
                    let folded = fold(&alias.text);
                    let text = alias.text.as_str();
                    if folded == text {
                        AliasOut::Plain(text, alias.count)
                    } else {
                        AliasOut::Folded(text, alias.count, folded)
                    }
                })
                .collect();
            let own: BTreeSet<&str> = entity.aliases.iter().flat_map(|alias| scripts_of(&alias.text)).collect();
            let own: Vec<usize> = own.into_iter().map(|script| scripts.number(script)).collect();
            (entity.kind as usize, &entity.name, &entity.id, &entity.table_id, aliases, own)
        });
        list("entities", items, out)
    }

    /// Entity, left, right, rule, weight, evidence, sentence; in the order of the entities.
    fn links(&mut self, out: &mut impl Write) -> io::Result<()> {
        let of: HashMap<&str, usize> =
            self.resolution.entities().iter().enumerate().map(|(i, e)| (e.id.as_str(), i)).collect();
        let place = |link: &Link| of.get(link.entity.as_str()).copied();
        let mut links: Vec<&Link> = self.resolution.links().iter().collect();
        links.sort_by_key(|link| (place(link), std::cmp::Reverse(link.weight), *link));
        let (rules, features) = (&mut self.rules, &mut self.features);
        let items = links.into_iter().map(|link| {
            let evidence = pieces(features, &link.evidence);
            (place(link), &link.left, &link.right, rules.number(&link.rule), link.weight, evidence, &link.sentence)
        });
        list("links", items, out)
    }

    /// Pairs of entities: left, right, the two names, weight, evidence, whether it is left to the user. Then what holds
    /// pairs apart, and the keys of each entity.
    fn near(&mut self, out: &mut impl Write) -> io::Result<()> {
        let found = pairs(self.resolution);
        let features = &mut self.features;
        let items = found.compared.iter().map(|p| {
            let evidence = pieces(features, &p.comparison.evidence);
            (p.left, p.right, &p.left_name, &p.right_name, p.weight, evidence, u8::from(p.queued))
        });
        list("near", items, out)?;
        let rules = &mut self.rules;
        list("apart", self.resolution.held_apart().map(|(a, b, why)| (a, b, rules.number(why))), out)?;
        let of = |own: &Keys| (u8::from(own.foreign), u8::from(own.full), own.fine.clone(), own.coarse.clone());
        list("keys", found.keys.iter().map(of), out)?;
        list("capped", found.capped.iter(), out)
    }

    /// Outcome, kind, both sides, weight, evidence; the most open first.
    fn review(&mut self, out: &mut impl Write) -> io::Result<()> {
        let items = self.resolution.review(self.corpus, MOST_REVIEWED);
        let of: HashMap<&str, usize> =
            self.resolution.entities().iter().enumerate().map(|(i, e)| (e.id.as_str(), i)).collect();
        let features = &mut self.features;
        let items = items.iter().map(|item| {
            let outcome = match item.outcome {
                Outcome::Queued => "queued",
                Outcome::Merged => "merged",
                Outcome::Apart => "apart",
            };
            let evidence = pieces(features, &item.evidence);
            (outcome, item.kind as usize, side_of(&item.left, &of), side_of(&item.right, &of), item.weight, evidence)
        });
        list("review", items, out)
    }

    /// Id, and five numbers a mention: start, end, entity or -1, surface form, confidence in percent. A mention that does
    /// not stand in the text has no start.
    fn documents<T: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = T>, out: &mut impl Write) -> io::Result<()> {
        let mut texts = texts.into_iter();
        let mut shown: Vec<(&'a str, Vec<i64>)> = Vec::with_capacity(self.corpus.documents().len());
        for (d, document) in self.corpus.documents().iter().enumerate() {
            let text = texts.next();
            let text = text.as_ref().map_or("", AsRef::as_ref);
            if !text.is_empty() {
                one(&format!("t{d}"), &text, out)?;
            }
            shown.push((&document.id, self.mentions(d, document, text)));
        }
        list("documents", shown.iter(), out)
    }

    fn mentions(&mut self, d: usize, document: &'a Extraction, text: &str) -> Vec<i64> {
        let places = places(document, text);
        let mut numbers = Vec::with_capacity(5 * document.mentions.len());
        for (m, mention) in document.mentions.iter().enumerate() {
            let entity = self.resolution.place_of(MentionRef { document: d, mention: m });
            let alias = entity.and_then(|e| self.aliases.get(&(e, mention.surface.as_str())).copied());
            let (entity, alias) = if let (Some(entity), Some(alias)) = (entity, alias) {
                (number(entity), number(alias))
            } else {
                self.strays.push(&mention.surface);
                (-1, number(self.strays.len() - 1))
            };
            let (start, end) = places[m].map_or((-1, -1), |(start, end)| (number(start), number(end)));
            #[allow(clippy::cast_possible_truncation, reason = "a confidence is at most 1")]
            let percent = (mention.confidence() * 100.0).round() as i64;
            numbers.extend([start, end, entity, alias, percent]);
        }
        numbers
    }

    /// What tells this report from another, so that a browser does not mix up what was decided in them.
    fn digest(&self) -> u64 {
        let entities = self.resolution.entities().iter().map(|e| (&e.id, e.mentions.len()));
        let hash = entities.fold(START, |hash, (id, mentions)| fnv1a(hash, format!("{id}\0{mentions}\0").bytes()));
        self.corpus.documents().iter().fold(hash, |hash, d| fnv1a(hash, d.id.bytes().chain([0])))
    }
}

/// One side of an open decision.
fn side_of<'s>(side: &'s Side, of: &HashMap<&str, usize>) -> SideOut<'s> {
    let places = side.mentions.iter().map(|m| (m.document, m.mention)).collect();
    (&side.name, of.get(side.entity.as_str()).copied(), places)
}

fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

fn pieces<'e>(features: &mut Words, evidence: &'e [Evidence]) -> Vec<EvidenceOut<'e>> {
    evidence.iter().map(|e| (features.number(&e.feature), e.left.as_str(), e.right.as_str(), e.weight)).collect()
}

/// Where each mention stands in UTF-16, if its span is its surface form and no other mention stands there before it.
fn places(document: &Extraction, text: &str) -> Vec<Option<(usize, usize)>> {
    let mut order: Vec<usize> = (0..document.mentions.len()).collect();
    order.sort_by_key(|&m| (document.mentions[m].span, m));
    let mut places = vec![None; order.len()];
    // The end of the last one, in bytes and in UTF-16.
    let (mut byte, mut unit) = (0, 0);
    let units = |text: &str| text.encode_utf16().count();
    for m in order {
        let mention = &document.mentions[m];
        let span = mention.span;
        if span.is_empty() || span.start < byte || text.get(span.range()) != Some(mention.surface.as_str()) {
            continue;
        }
        let start = unit + text.get(byte..span.start).map_or(0, units);
        let end = start + units(&mention.surface);
        places[m] = Some((start, end));
        (byte, unit) = (span.end, end);
    }
    places
}

/// The scripts of a name's letters.
fn scripts_of(name: &str) -> BTreeSet<&'static str> {
    let letters = name.chars().map(|c| c.script());
    let told = letters.filter(|script| !matches!(script, Script::Common | Script::Inherited | Script::Unknown));
    told.map(Script::full_name).collect()
}

/// An element that holds a list, a line each item.
fn list<T: Serialize>(id: &str, items: impl Iterator<Item = T>, out: &mut impl Write) -> io::Result<()> {
    open(id, out)?;
    out.write_all(b"[")?;
    for (i, item) in items.enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        inert::write(&item, out)?;
    }
    out.write_all(b"]")?;
    close(out)
}

/// An element that holds one value.
fn one(id: &str, value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    open(id, out)?;
    inert::write(value, out)?;
    close(out)
}

fn open(id: &str, out: &mut impl Write) -> io::Result<()> {
    write!(out, "<script type=\"application/json\" id=\"data-{id}\">")
}

fn close(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"</script>\n")
}
