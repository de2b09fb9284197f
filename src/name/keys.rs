//! Keys of names: what those share that may be one.

use super::{Name, Part, Role, Vocabulary, outline, skeleton, sound};
use crate::mention::EntityKind;

/// What the keys begin with that count only where one of two names is in another script than Latin.
pub(crate) const COARSE: char = '_';

/// Whether a name is in another script than Latin.
pub(crate) fn is_foreign(name: &Name) -> bool {
    name.parts.iter().any(|part| part.native.is_some())
}

/// How many classes of consonants of a part go into the coarse key of two parts: with fewer the blocks grow a lot, with
/// more many pairs in two scripts are lost.
const OUTLINE: usize = 3;

/// The blocking keys of a name, sorted.
pub(crate) fn blocking_keys(name: &Name) -> Vec<String> {
    let mut keys = Vec::new();
    let letter = name.kind.code().chars().next().unwrap_or('?');
    match name.kind {
        EntityKind::Person => {
            let parts: Vec<&Part> = name.core().filter(|p| p.role != Role::Initial).collect();
            for (i, family) in name.core().enumerate() {
                match family.role {
                    Role::Mononym => keys.push(format!("{letter}{}", bones(family))),
                    Role::Family => {
                        let family = bones(family);
                        let others = name.core().enumerate().filter(|(j, _)| *j != i);
                        for beginning in others.flat_map(|(_, part)| beginnings(part)) {
                            keys.push(format!("{letter}{family}~{beginning}"));
                        }
                    }
                    _ => {}
                }
            }
            for (i, a) in parts.iter().enumerate().take(8) {
                for b in parts[i + 1..].iter().take(8) {
                    let (x, y) = (bones(a), bones(b));
                    keys.push(if x <= y { format!("{letter}{x}+{y}") } else { format!("{letter}{y}+{x}") });
                    let (x, y) = (outline(&a.sound, OUTLINE), outline(&b.sound, OUTLINE));
                    keys.push(if x <= y { format!("{COARSE}{x}+{y}") } else { format!("{COARSE}{y}+{x}") });
                    // Parts written together: Ben Haddou, Benhaddou.
                    keys.push(format!("{letter}{}", skeleton(&format!("{}{}", parts[i].sound, parts[i + 1].sound))));
                }
            }
            if parts.len() > 1 {
                let whole: String = name.core().map(|p| p.sound.as_str()).collect();
                keys.push(format!("{COARSE}={}", outline(&whole, usize::MAX)));
            }
            let joined: Vec<&Part> =
                name.parts.iter().filter(|p| !matches!(p.role, Role::Suffix | Role::Initial)).collect();
            for pair in joined.windows(2).filter(|p| p[0].role == Role::Particle) {
                keys.push(format!("{letter}{}", skeleton(&format!("{}{}", pair[0].sound, pair[1].sound))));
            }
        }
        EntityKind::Place | EntityKind::Organization => {
            let telling = |p: &&Part| matches!(p.role, Role::Word | Role::Number);
            let mut words: Vec<String> = name.parts.iter().filter(telling).map(bones).collect();
            if words.is_empty() {
                // Of common words only all together tell.
                let mut all: Vec<String> = name.parts.iter().filter(|p| p.role != Role::LegalForm).map(bones).collect();
                all.sort_unstable();
                words.push(all.join("+"));
            }
            keys.extend(words.into_iter().map(|w| format!("{letter}{w}")));
            let whole: String = name.parts.iter().map(|p| p.sound.as_str()).collect();
            keys.push(format!("{letter}={}", skeleton(&whole)));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The consonants of a part, or its sound when it has none.
fn bones(part: &Part) -> String {
    let bones = skeleton(&part.sound);
    if bones.is_empty() { part.sound.clone() } else { bones }
}

/// How a part of a person's name begins, in each way that another spelling, a short form or an initial of it may: its first
/// letter and its first consonant, those of the names that it is short for, and what it has in common with its forms in other
/// languages.
fn beginnings(part: &Part) -> Vec<String> {
    let vocabulary = Vocabulary::embedded();
    let mut out = Vec::new();
    let mut add = |text: &str, sound: &str| {
        out.extend(text.chars().next().map(|c| c.to_string()));
        out.extend(skeleton(sound).chars().find(|c| *c != 'a').map(|c| format!("-{c}")));
    };
    add(&part.text, &part.sound);
    if part.role != Role::Initial {
        for full in vocabulary.nickname(&part.text) {
            add(full, &sound(full));
        }
        out.extend(vocabulary.equivalents(&part.text).iter().map(|sense| format!("={sense}")));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The sound of a whole name, in order: names that share it are spelled alike.
pub(crate) fn sound_key(name: &Name) -> String {
    let parts = name.parts.iter().filter(|p| !matches!(p.role, Role::Particle));
    parts.map(|p| p.sound.as_str()).collect::<Vec<_>>().join(" ")
}

/// The consonants of a person's family name.
pub(crate) fn family_key(name: &Name) -> Option<String> {
    let family = name.core().filter(|p| p.role == Role::Family).last()?;
    (name.kind == EntityKind::Person).then(|| skeleton(&family.sound))
}
