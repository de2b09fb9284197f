//! What users decide: an append-only log that names content, not ids.
//!
//! A decision speaks of names, if need be of those of one document, so that it outlives new runs, other orders of the
//! documents and other tables. Replaying the log gives the decisions in force.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::mention::EntityKind;
use crate::name::fold;

/// Whom a decision speaks of: the bearer of a name, in all documents or in one.
///
/// Case, diacritics and signs do not matter.
///
/// # Examples
///
/// ```
/// use allonym::EntityKind;
/// use allonym::resolve::Named;
///
/// let named = Named::new(EntityKind::Person, "Diaby").within("reports/daily.txt");
/// assert_eq!(named.document.as_deref(), Some("reports/daily.txt"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The kind.
    pub kind: EntityKind,
    /// A surface form.
    pub name: String,
    /// The only document in which the name is meant; in all when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

impl Named {
    /// Whoever bears a name, in any document.
    #[must_use]
    pub fn new(kind: EntityKind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into(), document: None }
    }

    /// The same, only where this document names it.
    #[must_use]
    pub fn within(mut self, document: impl Into<String>) -> Self {
        self.document = Some(document.into());
        self
    }

    pub(super) fn key(&self) -> Key {
        Key { kind: self.kind, folded: fold(&self.name), document: self.document.clone() }
    }
}

/// What tells one [`Named`] from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub kind: EntityKind,
    pub folded: String,
    pub document: Option<String>,
}

/// What was decided.
///
/// # Examples
///
/// ```
/// use allonym::EntityKind;
/// use allonym::resolve::{Decision, Named, Verdict};
///
/// let decision = Decision::reject(Named::new(EntityKind::Place, "Reading"));
/// assert!(matches!(decision.verdict, Verdict::RejectMention { ref mention } if mention.name == "Reading"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// Two names are one entity's, whatever else speaks against.
    Same {
        /// One.
        left: Named,
        /// The other, of the same kind.
        right: Named,
    },
    /// Two names are two entities', whatever else speaks for one.
    Different {
        /// One.
        left: Named,
        /// The other.
        right: Named,
    },
    /// The entity that bears a name is to be called by another.
    Rename {
        /// One of its names.
        entity: Named,
        /// Its canonical name from now on.
        name: String,
    },
    /// What bears this name is no mention of anything.
    RejectMention {
        /// The name.
        mention: Named,
    },
    /// A decision made before is no longer in force.
    Undo {
        /// That decision.
        of: Box<Self>,
    },
}

/// A line of the log.
///
/// # Examples
///
/// ```
/// use allonym::EntityKind;
/// use allonym::resolve::{Decision, Named};
///
/// let one = Named::new(EntityKind::Person, "Omar Omsen");
/// let decision = Decision::same(one, Named::new(EntityKind::Person, "Abu Usama")).noting("says the ministry");
/// assert_eq!(
///     serde_json::to_string(&decision)?,
///     r#"{"decision":"same","left":{"kind":"person","name":"Omar Omsen"},"right":{"kind":"person","name":"Abu Usama"},"note":"says the ministry"}"#
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// The other verdicts:
///
/// ```
/// use allonym::EntityKind;
/// use allonym::resolve::{Decision, Decisions, Named};
///
/// let person = |name: &str| Named::new(EntityKind::Person, name);
/// let mut decisions = Decisions::new();
/// decisions.push(Decision::different(person("Omar Diaby"), person("Omar Diab")))?;
/// decisions.push(Decision::rename(person("Omar Diaby"), "Omar Omsen"))?;
/// decisions.push(Decision::reject(person("Monday")))?;
/// assert_eq!(decisions.in_force().count(), 3);
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Why, by whom, when: whatever the user wants to keep beside it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Decision {
    fn of(verdict: Verdict) -> Self {
        Self { verdict, note: String::new() }
    }

    /// Two names are one entity's.
    #[must_use]
    pub fn same(left: Named, right: Named) -> Self {
        Self::of(Verdict::Same { left, right })
    }

    /// Two names are two entities'.
    #[must_use]
    pub fn different(left: Named, right: Named) -> Self {
        Self::of(Verdict::Different { left, right })
    }

    /// The entity that bears a name is to be called by another.
    #[must_use]
    pub fn rename(entity: Named, name: impl Into<String>) -> Self {
        Self::of(Verdict::Rename { entity, name: name.into() })
    }

    /// What bears this name is no mention of anything.
    #[must_use]
    pub fn reject(mention: Named) -> Self {
        Self::of(Verdict::RejectMention { mention })
    }

    /// This decision is no longer in force.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::EntityKind;
    /// use allonym::resolve::{Decision, Named, Verdict};
    ///
    /// let reject = Decision::reject(Named::new(EntityKind::Person, "Monday"));
    /// assert!(matches!(reject.undone().verdict, Verdict::Undo { of } if *of == reject.verdict));
    /// ```
    #[must_use]
    pub fn undone(&self) -> Self {
        Self::of(Verdict::Undo { of: Box::new(self.verdict.clone()) })
    }

    /// The same with a note.
    #[must_use]
    pub fn noting(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// The names that it speaks of.
    pub(super) fn named(&self) -> Vec<&Named> {
        let mut verdict = &self.verdict;
        while let Verdict::Undo { of } = verdict {
            verdict = of;
        }
        match verdict {
            Verdict::Same { left, right } | Verdict::Different { left, right } => vec![left, right],
            Verdict::Rename { entity: named, .. } | Verdict::RejectMention { mention: named } => vec![named],
            Verdict::Undo { .. } => Vec::new(),
        }
    }
}

/// What a decision is about: of two about the same matter the later one is in force.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Matter {
    Pair(Key, Key),
    Name(Key),
    Mention(Key),
}

impl Verdict {
    fn matter(&self) -> Option<Matter> {
        Some(match self {
            Self::Same { left, right } | Self::Different { left, right } => {
                let (a, b) = (left.key(), right.key());
                if a <= b { Matter::Pair(a, b) } else { Matter::Pair(b, a) }
            }
            Self::Rename { entity, .. } => Matter::Name(entity.key()),
            Self::RejectMention { mention } => Matter::Mention(mention.key()),
            Self::Undo { .. } => return None,
        })
    }

    /// Whether it says the same, whatever signs and order its names are written in.
    fn says(&self, other: &Self) -> bool {
        let alike = match (self, other) {
            (Self::Rename { name: a, .. }, Self::Rename { name: b, .. }) => a == b,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        };
        alike && self.matter() == other.matter()
    }
}

/// The log of what users decided.
///
/// # Examples
///
/// ```
/// use allonym::resolve::{Decision, Decisions, Named};
/// use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
///
/// let person = |name: &str| Named::new(EntityKind::Person, name);
/// let mut decisions = Decisions::new();
/// let apart = Decision::different(person("Omar Omsen"), person("Omar Omsin"));
/// decisions.push(apart.clone())?;
///
/// let names = ["Omar Omsen", "Omar Omsin"].map(|n| Mention::new(n, EntityKind::Person));
/// let corpus: Corpus = [Extraction::new("list", names.to_vec())].into_iter().collect();
/// let resolver = Resolver::embedded();
/// assert_eq!(resolver.with_decisions(&decisions).resolve(&corpus).entities().len(), 2);
///
/// decisions.push(apart.undone())?;
/// assert_eq!(resolver.with_decisions(&decisions).resolve(&corpus).entities().len(), 1);
/// # Ok::<(), allonym::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    log: Vec<Decision>,
    /// Those in force, by what they are about.
    force: BTreeMap<Matter, Verdict>,
    /// Of the pairs in force, from both sides, whether they are one: so that a chain is followed in time of its length.
    pairs: BTreeMap<Key, BTreeMap<Key, bool>>,
}

impl Decisions {
    /// An empty log.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a log, a JSON object a line; `file` is what errors call it. Empty lines count for nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] for a line that is no decision, or that [`Decisions::push`] refuses.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::resolve::Decisions;
    ///
    /// let log = r#"{"decision":"reject-mention","mention":{"kind":"person","name":"Monday"},"note":"a day"}
    /// "#;
    /// let decisions = Decisions::read("log.jsonl", log)?;
    /// assert_eq!(decisions.log()[0].note, "a day");
    /// assert_eq!(decisions.to_json_lines(), log);
    /// # Ok::<(), allonym::Error>(())
    /// ```
    pub fn read(file: &str, text: &str) -> Result<Self, Error> {
        let mut decisions = Self::new();
        for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let error = |reason: String| Error::Record { file: file.to_owned(), line: i + 1, reason };
            let decision: Decision = serde_json::from_str(line)
                // Each line is a text of its own to the parser.
                .map_err(|e| error(e.to_string().replace(" at line 1 column ", ", column ")))?;
            decisions.check(&decision).map_err(error)?;
            decisions.take(decision);
        }
        Ok(decisions)
    }

    /// Appends a decision. Of two about the same pair, or two names for one entity, the later is in force.
    ///
    /// # Errors
    ///
    /// [`Error::Decision`] when it contradicts those in force (`A` is `B`, `B` is `C`, but `A` is not `C`), says that a name
    /// is two or that two kinds are one, names nothing, or undoes what is not in force. The log is then as it was.
    pub fn push(&mut self, decision: Decision) -> Result<(), Error> {
        self.check(&decision).map_err(|reason| Error::Decision { reason })?;
        self.take(decision);
        Ok(())
    }

    /// All decisions, also those no longer in force, in the order in which they were made.
    #[must_use]
    pub fn log(&self) -> &[Decision] {
        &self.log
    }

    /// Those in force.
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::EntityKind;
    /// use allonym::resolve::{Decision, Decisions, Named};
    ///
    /// let reject = Decision::reject(Named::new(EntityKind::Person, "Monday"));
    /// let mut decisions = Decisions::new();
    /// decisions.push(reject.clone())?;
    /// decisions.push(reject.undone())?;
    /// assert_eq!((decisions.in_force().count(), decisions.log().len()), (0, 2));
    /// # Ok::<(), allonym::Error>(())
    /// ```
    pub fn in_force(&self) -> impl Iterator<Item = &Verdict> {
        self.force.values()
    }

    /// The log as JSON Lines, for [`Decisions::read`].
    ///
    /// # Examples
    ///
    /// ```
    /// use allonym::EntityKind;
    /// use allonym::resolve::{Decision, Decisions, Named};
    ///
    /// let mut decisions = Decisions::new();
    /// decisions.push(Decision::reject(Named::new(EntityKind::Person, "Monday")))?;
    /// assert_eq!(decisions.log().len(), decisions.to_json_lines().lines().count());
    /// assert_eq!(Decisions::read("log.jsonl", &decisions.to_json_lines())?, decisions);
    /// # Ok::<(), allonym::Error>(())
    /// ```
    #[must_use]
    pub fn to_json_lines(&self) -> String {
        let mut out = String::new();
        for line in self.log.iter().filter_map(|decision| serde_json::to_string(decision).ok()) {
            // A string takes all.
            let _ = writeln!(out, "{line}");
        }
        out
    }

    fn take(&mut self, decision: Decision) {
        let (undone, verdict) = match &decision.verdict {
            Verdict::Undo { of } => (true, of.as_ref()),
            verdict => (false, verdict),
        };
        if let Some(matter) = verdict.matter() {
            if let Matter::Pair(a, b) = &matter {
                for (own, other) in [(a, b), (b, a)] {
                    let near = self.pairs.entry(own.clone()).or_default();
                    if undone {
                        near.remove(other);
                    } else {
                        near.insert(other.clone(), matches!(verdict, Verdict::Same { .. }));
                    }
                }
            }
            if undone {
                self.force.remove(&matter);
            } else {
                self.force.insert(matter, verdict.clone());
            }
        }
        self.log.push(decision);
    }

    fn check(&self, decision: &Decision) -> Result<(), String> {
        if let Some(named) = decision.named().into_iter().find(|named| fold(&named.name).is_empty()) {
            return Err(format!("'{}' holds no letter or digit that a name could have", named.name));
        }
        match &decision.verdict {
            Verdict::Undo { of } => {
                let in_force = of.matter().and_then(|matter| self.force.get(&matter));
                if in_force.is_some_and(|verdict| verdict.says(of)) {
                    Ok(())
                } else {
                    Err("it undoes a decision that is not in force".to_owned())
                }
            }
            Verdict::Rename { name, .. } if name.trim().is_empty() => Err("the new name is empty".to_owned()),
            Verdict::Rename { .. } | Verdict::RejectMention { .. } => Ok(()),
            Verdict::Same { left, right } | Verdict::Different { left, right } => {
                let same = matches!(decision.verdict, Verdict::Same { .. });
                if left.key() == right.key() {
                    return Err(format!("'{}' and '{}' are one name", left.name, right.name));
                }
                if same && left.kind != right.kind {
                    return Err(format!(
                        "'{}' is a {} and '{}' a {}: no entity is of two kinds",
                        left.name, left.kind, right.name, right.kind
                    ));
                }
                self.consistent(&decision.verdict)
                    .map_err(|(a, b)| format!("'{a}' and '{b}' would be one by some decisions and two by another"))
            }
        }
    }

    /// Whether no two names are said to be two and, by a chain of others, one: of those that the pair is joined with.
    fn consistent(&self, further: &Verdict) -> Result<(), (String, String)> {
        let (Verdict::Same { left, right } | Verdict::Different { left, right }) = further else { return Ok(()) };
        let (a, b) = (left.key(), right.key());
        let (left_group, right_group) = (self.joined(&a, &b), self.joined(&b, &a));
        let clash = match further {
            Verdict::Different { .. } => left_group.contains(&b).then(|| (left.name.clone(), right.name.clone())),
            _ => self.parted(&left_group, &right_group, (&a, &b)),
        };
        clash.map_or(Ok(()), Err)
    }

    /// The names that are one with a name, whatever is said of it and another.
    fn joined(&self, of: &Key, but: &Key) -> BTreeSet<Key> {
        let mut group = BTreeSet::from([of.clone()]);
        let mut queue = vec![of.clone()];
        while let Some(at) = queue.pop() {
            let near = self.pairs.get(&at).into_iter().flatten().filter(|(_, same)| **same);
            for (next, _) in near.filter(|(next, _)| !(at == *of && *next == but || at == *but && *next == of)) {
                if group.insert(next.clone()) {
                    queue.push(next.clone());
                }
            }
        }
        group
    }

    /// Names of two groups that are said to be two, by another word than that about one pair.
    fn parted(&self, left: &BTreeSet<Key>, right: &BTreeSet<Key>, but: (&Key, &Key)) -> Option<(String, String)> {
        let all: BTreeSet<&Key> = left.union(right).collect();
        for &a in &all {
            let two = self.pairs.get(a).into_iter().flatten().filter(|(_, same)| !**same);
            for (b, _) in two.filter(|(b, _)| all.contains(b) && (a, *b) != but && (*b, a) != but) {
                let matter =
                    if a <= b { Matter::Pair(a.clone(), b.clone()) } else { Matter::Pair(b.clone(), a.clone()) };
                if let Some(Verdict::Different { left, right }) = self.force.get(&matter) {
                    return Some((left.name.clone(), right.name.clone()));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> Named {
        Named::new(EntityKind::Person, name)
    }

    #[test]
    fn a_log_replays() {
        let mut log = Decisions::new();
        let same = Decision::same(person("A B"), person("C D"));
        log.push(same.clone()).unwrap();
        log.push(Decision::different(person("C D"), person("a b"))).unwrap();
        assert_eq!(log.in_force().count(), 1);
        assert!(matches!(log.in_force().next(), Some(Verdict::Different { .. })));
        assert!(log.push(same.undone()).is_err(), "another is in force");
        log.push(Decision::rename(person("A B"), "Ab")).unwrap();
        log.push(Decision::reject(person("E").within("d1")).noting("a street")).unwrap();
        let again = Decisions::read("log", &log.to_json_lines()).unwrap();
        assert_eq!(again, log);
    }

    #[test]
    fn contradictions_are_refused() {
        let mut log = Decisions::new();
        log.push(Decision::same(person("A"), person("B"))).unwrap();
        log.push(Decision::same(person("C"), person("B"))).unwrap();
        let before = log.clone();
        let error = log.push(Decision::different(person("A"), person("C"))).unwrap_err();
        assert_eq!(error.to_string(), "decision: 'A' and 'C' would be one by some decisions and two by another");
        assert!(log.push(Decision::different(person("A"), person("a."))).is_err());
        assert!(log.push(Decision::same(person("A"), Named::new(EntityKind::Place, "A"))).is_err());
        assert!(log.push(Decision::reject(person("—"))).is_err());
        assert_eq!(log, before);
        let bad = "{\"decision\":\"same\",\"left\":{\"kind\":\"person\",\"name\":\"A\"}}";
        assert_eq!(
            Decisions::read("x.jsonl", bad).unwrap_err().to_string(),
            "x.jsonl:1: missing field `right`, column 55"
        );
    }
}
