//! `FollowTheMoney`, which Aleph and OpenSanctions read.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use super::ids::wikidata;
use crate::mention::{Corpus, EntityKind};
use crate::resolve::{Entity, MentionRef, Resolution};
use crate::tables::import::clean_name;

#[derive(Serialize)]
struct EntityOut<'a> {
    id: &'a str,
    schema: &'static str,
    properties: Properties<'a>,
}

/// Values of properties; what is empty is not written.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    name: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alias: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    weak_alias: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full: Option<[Cow<'a, str>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wikidata_id: Option<[&'a str; 1]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    proof: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_name: Option<[&'a str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<[&'a str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<[Cow<'a, str>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detected_schema: Option<[&'static str; 1]>,
}

/// Writes entities, documents and mentions of [FollowTheMoney](https://followthemoney.tech/), a JSON object a line. Returns how many
/// mentions are left out: those whose name, or whose entity's, has no visible character.
///
/// | here | there |
/// |---|---|
/// | person, organization, place | `Person`, `Organization`, `Address` |
/// | canonical name | `name`; of a place also `full` |
/// | other surface forms | `alias`; single words for a person of several `weakAlias`, for such a name is many people's |
/// | an id of Wikidata in the tables | `wikidataId` |
/// | documents that mention it | `proof` |
/// | document | `Document` with its id as `fileName` |
/// | surface form of an entity in a document | `Mention` with `document`, `name`, `detectedSchema`, and `resolved` unless it is a place: the model lets mentions be of legal entities only |
///
/// A `Mention` there has no place in the text, so there are no offsets, and a surface form is one `Mention` however often its
/// document has it. Names are cleaned as the importer reads them ([`clean_name`]). The id of an entity is its own where
/// the model allows it (Latin letters, digits, hyphens, dots), else, as for documents and mentions, made from content, so it is the
/// same in every run. [`Ftm`](crate::tables::import::Ftm) reads people and organizations back.
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
/// let corpus: Corpus = [Extractor::embedded().extract("a.txt", "Rebels left Syria.")].into_iter().collect();
/// let mut out = Vec::new();
/// export::ftm(&corpus, &Resolver::embedded().resolve(&corpus), &mut out)?;
/// let out = String::from_utf8_lossy(&out);
/// let schemata = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["schema"].clone());
/// assert_eq!(schemata.collect::<Vec<_>>(), ["Document", "Mention", "Address"]);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn ftm(corpus: &Corpus, resolution: &Resolution, mut out: impl Write) -> io::Result<usize> {
    let mut left_out = 0;
    let documents: Vec<String> = corpus.documents().iter().map(|d| made("document", [d.id.as_str()])).collect();
    for ((number, document), id) in corpus.documents().iter().enumerate().zip(&documents) {
        let properties = Properties { file_name: Some([&document.id]), ..Properties::default() };
        line(&mut out, id, "Document", properties)?;
        let mut written = BTreeSet::new();
        for (mention, m) in document.mentions.iter().enumerate() {
            let Some(entity) = resolution.entity_of(MentionRef { document: number, mention }) else { continue };
            let name = clean_name(&m.surface);
            if name.is_empty() || clean_name(&entity.name).is_empty() {
                left_out += 1;
                continue;
            }
            let mention = made("mention", [document.id.as_str(), entity.id.as_str(), &*name]);
            if written.insert(mention.clone()) {
                let properties = Properties {
                    name: vec![name],
                    document: Some([id]),
                    resolved: (entity.kind != EntityKind::Place).then(|| [entity_id(entity)]),
                    detected_schema: Some([schema(entity.kind)]),
                    ..Properties::default()
                };
                line(&mut out, &mention, "Mention", properties)?;
            }
        }
    }
    for entity in resolution.entities() {
        let name = clean_name(&entity.name);
        if name.is_empty() {
            continue;
        }
        let (mut alias, mut weak_alias) = (Vec::new(), Vec::new());
        let mut seen = BTreeSet::from([name.clone()]);
        for other in entity.aliases.iter().map(|alias| clean_name(&alias.text)).filter(|other| !other.is_empty()) {
            let weak = entity.kind == EntityKind::Person && name.contains(' ') && !other.contains(' ');
            if seen.insert(other.clone()) {
                if weak { &mut weak_alias } else { &mut alias }.push(other);
            }
        }
        let numbers: BTreeSet<usize> = entity.mentions.iter().map(|m| m.document).collect();
        let properties = Properties {
            full: (entity.kind == EntityKind::Place).then(|| [name.clone()]),
            name: vec![name],
            alias,
            weak_alias,
            wikidata_id: wikidata(entity).map(|id| [id]),
            proof: numbers.into_iter().filter_map(|number| documents.get(number).map(String::as_str)).collect(),
            ..Properties::default()
        };
        line(&mut out, &entity_id(entity), schema(entity.kind), properties)?;
    }
    out.flush()?;
    Ok(left_out)
}

fn line(out: &mut impl Write, id: &str, schema: &'static str, properties: Properties<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &EntityOut { id, schema, properties })?;
    out.write_all(b"\n")
}

fn schema(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Person",
        EntityKind::Place => "Address",
        EntityKind::Organization => "Organization",
    }
}

/// The most bytes that an id may have there.
const LONGEST_ID: usize = 200;

/// The entity's id, or one made from it where the model does not allow it.
fn entity_id(entity: &Entity) -> Cow<'_, str> {
    let id = entity.id.as_str();
    let inner = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
    let ends = [id.bytes().next(), id.bytes().next_back()];
    if inner && ends.iter().all(|b| b.is_some_and(|b| b.is_ascii_alphanumeric())) && id.len() <= LONGEST_ID {
        id.into()
    } else {
        made("entity", [id]).into()
    }
}

/// An id made from texts: FNV-1a of 128 bits, so that no two of a large corpus meet by chance.
fn made<const N: usize>(what: &str, texts: [&str; N]) -> String {
    // No byte of UTF-8 is 255.
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0xFF]));
    let hash = bytes.fold(0x6C62_272E_07BB_0142_62B8_2175_6295_C58D_u128, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013B)
    });
    format!("{what}-{hash:032x}")
}
