//! What both writings of SKOS say of an entity.

use std::collections::BTreeSet;
use std::io;

use unicode_script::{Script, UnicodeScript};

use super::ids::{percent_encoded, wikidata};
use crate::mention::EntityKind;
use crate::resolve::Entity;

pub(super) const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
pub(super) const CONCEPT: &str = "http://www.w3.org/2004/02/skos/core#Concept";
pub(super) const PREF_LABEL: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";
pub(super) const ALT_LABEL: &str = "http://www.w3.org/2004/02/skos/core#altLabel";
pub(super) const SAME_AS: &str = "http://www.w3.org/2002/07/owl#sameAs";

/// What the IRIs of entities begin with.
pub(super) struct Base<'b>(&'b str);

impl<'b> Base<'b> {
    /// Fails unless it is the beginning of an absolute IRI.
    pub(super) fn new(base: &'b str) -> io::Result<Self> {
        let scheme = base.split_once(':').map_or("", |(scheme, _)| scheme);
        let absolute = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        let forbidden = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
        if absolute && !base.contains(forbidden) {
            return Ok(Self(base));
        }
        let fault = format!("'{}' is not the beginning of an absolute IRI", base.escape_debug());
        Err(io::Error::new(io::ErrorKind::InvalidInput, fault))
    }

    /// The entity's IRI: the base and the id, percent-encoded but for unreserved characters.
    pub(super) fn iri(&self, entity: &Entity) -> String {
        let id = percent_encoded(&entity.id, |c| c.is_ascii_alphanumeric() || "-._~".contains(c));
        format!("{}{id}", self.0)
    }
}

/// The class of its kind.
pub(super) fn class(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "https://schema.org/Person",
        EntityKind::Place => "https://schema.org/Place",
        EntityKind::Organization => "https://schema.org/Organization",
    }
}

/// The IRI of the same thing in Wikidata, where it is known.
pub(super) fn same_as(entity: &Entity) -> Option<String> {
    wikidata(entity).map(|id| format!("http://www.wikidata.org/entity/{id}"))
}

/// The surface forms but for the canonical name, which is the preferred label: no label may be both.
pub(super) fn alternatives(entity: &Entity) -> impl Iterator<Item = &str> {
    entity.aliases.iter().map(|alias| alias.text.as_str()).filter(|alias| *alias != entity.name)
}

/// The language tag of a name: the script of its letters in an undetermined language (`und-Cyrl`), when they are of one
/// script; Japanese writes several (`und-Jpan`), and Korean may write Chinese characters beside its own (`und-Kore`).
pub(super) fn language(name: &str) -> Option<String> {
    let scripts = name.chars().filter(|c| c.is_alphabetic()).map(|c| c.script());
    let scripts = scripts.filter(|s| !matches!(s, Script::Common | Script::Inherited | Script::Unknown));
    let scripts: BTreeSet<&str> = scripts.map(Script::short_name).collect();
    let all = |of: &[&str]| scripts.iter().all(|script| of.contains(script));
    let script = match scripts.first()? {
        script if scripts.len() == 1 && !all(&["Hira", "Kana"]) => script,
        _ if all(&["Hani", "Hira", "Kana"]) => "Jpan",
        _ if all(&["Hani", "Hang"]) => "Kore",
        _ => return None,
    };
    Some(format!("und-{script}"))
}

#[cfg(test)]
mod tests {
    use super::{Base, language};

    #[test]
    fn scripts_are_tagged_and_mixtures_are_not() {
        for (name, tag) in [
            ("Omar Omsen", Some("und-Latn")),
            ("İdlib 🚀", Some("und-Latn")),
            ("أحمد الشرع", Some("und-Arab")),
            ("Зеленський", Some("und-Cyrl")),
            ("习近平", Some("und-Hani")),
            ("ソニー", Some("und-Jpan")),
            ("東京タワー", Some("und-Jpan")),
            ("김정은", Some("und-Hang")),
            ("北김", Some("und-Kore")),
            ("Отдел K", None),
            ("44 — 5", None),
            ("", None),
        ] {
            assert_eq!(language(name).as_deref(), tag, "{name}");
        }
    }

    #[test]
    fn only_absolute_iris_are_bases() {
        for good in ["urn:allonym:", "https://example.org/id/", "http://例え.jp/#"] {
            assert!(Base::new(good).is_ok(), "{good}");
        }
        for bad in ["", "example", "/id/", ":x", "1a:x", "http://a b/", "http://a/<", "http://a/\n", "http://a/\\"] {
            assert!(Base::new(bad).is_err(), "{bad}");
        }
    }
}
