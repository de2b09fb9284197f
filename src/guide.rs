//! A guide: what to call for which task, chapter by chapter. Every example here runs as it stands.
//!
//! | chapter | what for |
//! |---|---|
//! | [`extract`] | people, places and organizations of a text |
//! | [`resolve`] | which names are one thing's |
//! | [`explain`] | why, and why not |
//! | [`tables`] | names that only you know |
//! | [`decisions`] | what a user says goes before all evidence |
//! | [`index`] | documents that come and go |
//! | [`foreign_mentions`] | bring your own recognizer |
//! | [`names`] | names alone: pairs, lists, spellings |
//! | [`scale`] | more text than memory holds, long lists, a million names, threads |
//! | [`export`] | files for other programs, and a report for people |
//!
//! The examples of the repository (`examples/README.md`) show the same as small programs, and as tools for files.

pub mod extract {
    //! People, places and organizations of a text.
    //!
    //! An [`Extractor`](crate::Extractor) is made once and shared; [`extract`](crate::Extractor::extract) takes any text. Each
    //! [`Mention`](crate::Mention) has its span in bytes and in characters, its kind, a confidence, and the rules that spoke
    //! for it. The [`Claim`](crate::Claim)s are what the sentences say of two of them.
    //!
    //! ```
    //! use allonym::{EntityKind, Extractor, Relation};
    //!
    //! let text = "The Syrian Observatory for Human Rights (SOHR) said that Omar Omsen left the town of Harem.";
    //! let found = Extractor::embedded().extract("report", text);
    //! for mention in &found.mentions {
    //!     assert_eq!(&text[mention.span], mention.surface);
    //!     println!("{} {}, {:.2}, by {}", mention.kind, mention.surface, mention.confidence(), mention.sources[0].rule);
    //! }
    //! assert_eq!(found.mentions.iter().filter(|mention| mention.kind == EntityKind::Organization).count(), 2);
    //! assert_eq!(found.claims[0].relation, Relation::Acronym); // A (ACR)
    //! ```
    //!
    //! A mention's confidence is calibrated on annotated news: of those that say 0.9 about nine in ten are right. Who wants
    //! few faults keeps the surer ones:
    //!
    //! ```
    //! use allonym::Extractor;
    //!
    //! let mut found = Extractor::embedded().extract("report", "Omar Omsen left Harem for Nowhereville.");
    //! found.mentions.retain(|mention| mention.confidence() > 0.8);
    //! assert!(found.mentions.iter().all(|mention| mention.weight > 2_000)); // 1/1000 bits
    //! ```
    //!
    //! Claims point at mentions by their places, so retain mentions before claims are read
    //! ([`Extractor::read_claims`](crate::Extractor::read_claims)), or leave the claims aside, as here.
    //!
    //! Parts can be left out, and others put in: see [`ExtractorBuilder`](crate::extract::ExtractorBuilder) and
    //! [`Recognizer`](crate::extract::Recognizer).
}

pub mod resolve {
    //! Which names are one thing's.
    //!
    //! A [`Corpus`](crate::Corpus) of extractions goes to a [`Resolver`](crate::Resolver). Short forms and acronyms are bound
    //! inside their document; full names are compared across documents; what tables, kinds or sentences hold apart is never
    //! merged. The order of the documents and the number of threads do not matter.
    //!
    //! ```
    //! use allonym::resolve::MentionRef;
    //! use allonym::{Corpus, Extractor, Resolver};
    //!
    //! let reports = [
    //!     ("wire", "The camp near Harem is run by Omar Omsen, officials said. Omsen has not replied."),
    //!     ("daily", "In Harim, fighters of Omar Diaby, better known as “Omar Omsin”, refused to leave."),
    //! ];
    //! let corpus: Corpus = Extractor::embedded().extract_all(&reports).into_iter().collect();
    //! let resolution = Resolver::embedded().resolve(&corpus);
    //! let omsen = &resolution.entities()[0];
    //! assert_eq!((omsen.name.as_str(), omsen.mentions.len(), omsen.documents()), ("Omar Omsen", 4, 2));
    //!
    //! // From an entity to its places in the texts, and back.
    //! for &MentionRef { document, mention } in &omsen.mentions {
    //!     let document = &corpus.documents()[document];
    //!     println!("{} {}: {}", document.id, document.mentions[mention].span.start, document.mentions[mention].surface);
    //! }
    //! assert_eq!(resolution.entity_of(omsen.mentions[0]), Some(omsen));
    //! ```
    //!
    //! An id is that of the tables where they know the entity, else made of its kind and names: the same names give the same
    //! id in another run.
}

pub mod explain {
    //! Why two names are one entity's, and why not.
    //!
    //! Every merge is a [`Link`](crate::Link) with its evidence, in bits: three bits are eight to one.
    //! [`Resolution::explain`](crate::Resolution::explain) finds the links between two names, and answers for names that were
    //! not merged, too.
    //!
    //! ```
    //! use allonym::{Corpus, Explanation, Extractor, Resolver};
    //!
    //! let text = "In Harim, fighters of Omar Diaby, better known as “Omar Omsin”, met Bashar al-Assad, son of Hafez al-Assad.";
    //! let corpus: Corpus = [Extractor::embedded().extract("daily", text)].into_iter().collect();
    //! let resolution = Resolver::embedded().resolve(&corpus);
    //! let why = resolution.explain("Omar Diaby", "Omar Omsin");
    //! assert!(matches!(why, Explanation::One { .. }));
    //! println!("{why}");
    //! let why_not = resolution.explain("Bashar al-Assad", "Hafez al-Assad");
    //! assert!(matches!(&why_not, Explanation::Two { held: Some(_), .. }));
    //! println!("{why_not}");
    //! ```
    //!
    //! What a person should look at first are the decisions nearest the threshold, and how names are spread:
    //!
    //! ```
    //! use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
    //!
    //! let names = ["Viktor Orlenko", "Victor Orlenka", "V. Orlenko"].map(|name| Mention::new(name, EntityKind::Person));
    //! let corpus: Corpus = [Extraction::new("list", names.to_vec())].into_iter().collect();
    //! let resolution = Resolver::embedded().resolve(&corpus);
    //! for item in resolution.review(&corpus, 10) {
    //!     println!("{} / {}: {:?}, {:+} / 1000 bits", item.left.name, item.right.name, item.outcome, item.weight);
    //! }
    //! println!("{}", resolution.diagnostics());
    //! ```
}

pub mod tables {
    //! Names that only you know.
    //!
    //! A table is TSV with a header; `id`, `kind` and `name` suffice, and `data/README.md` describes the other columns. Yours
    //! stand beside the embedded ones, or in their place. A bad row is refused with its file and line.
    //!
    //! ```
    //! use allonym::{Corpus, Extractor, Resolver, Tables};
    //!
    //! let mine = "\
    //! id\tkind\tsort\tname\tsource
    //! vardan\tperson\tcanonical\tSelim Vardan\tthe desk
    //! vardan\tperson\tnom-de-guerre\tAbu Kalin\tthe desk
    //! ";
    //! let tables = Tables::embedded().to_builder().entities("mine.tsv", mine).build()?;
    //! let extractor = Extractor::builder().tables(tables.clone()).build()?;
    //! let corpus: Corpus = [extractor.extract("a", "Selim Vardan spoke. Abu Kalin is free.")].into_iter().collect();
    //! let resolution = Resolver::new(tables).resolve(&corpus);
    //! assert_eq!((resolution.entities().len(), resolution.entities()[0].table_id.as_deref()), (1, Some("vardan")));
    //! # Ok::<(), allonym::Error>(())
    //! ```
    //!
    //! A folder of such files is read by [`Tables::from_dir`](crate::Tables::from_dir); GeoNames, Wikidata, OFAC,
    //! `FollowTheMoney` and CSV become tables by [`tables::import`](crate::tables::import); [`audit`](crate::audit) says what is
    //! wrong beyond what the reader refuses. Entities are put in and taken out by id while others read:
    //!
    //! ```
    //! use allonym::tables::{Alias, AliasSort, TableEntity};
    //! use allonym::{EntityKind, Tables};
    //!
    //! let mut vardan = TableEntity::new("vardan", EntityKind::Person, "Selim Vardan");
    //! vardan.aliases.push(Alias::new("Abu Kalin", AliasSort::NomDeGuerre));
    //! let with = Tables::none().to_builder().upsert(vardan).build()?;
    //! assert!(with.find("abu kalin").next().is_some());
    //! assert!(with.to_builder().remove("vardan").build()?.is_empty());
    //! # Ok::<(), allonym::Error>(())
    //! ```
}

pub mod decisions {
    //! What a user says goes before all evidence.
    //!
    //! A [`Decision`](crate::resolve::Decision) speaks of names, if need be of those of one document, not of ids: so it holds in
    //! new runs, too. The log only grows; a decision is undone by another. What contradicts those in force is refused.
    //!
    //! ```
    //! use allonym::resolve::{Decision, Decisions, Named};
    //! use allonym::{Corpus, EntityKind, Extraction, Mention, Resolver};
    //!
    //! let person = |name: &str| Named::new(EntityKind::Person, name);
    //! let mut decisions = Decisions::new();
    //! decisions.push(Decision::different(person("Viktor Orlenko"), person("Victor Orlenko")).noting("two passports"))?;
    //! decisions.push(Decision::same(person("Victor Orlenko"), person("Selim Vardan")))?;
    //! assert!(decisions.push(Decision::same(person("Viktor Orlenko"), person("Selim Vardan"))).is_err());
    //!
    //! let names = ["Viktor Orlenko", "Victor Orlenko", "Selim Vardan"].map(|name| Mention::new(name, EntityKind::Person));
    //! let corpus: Corpus = [Extraction::new("list", names.to_vec())].into_iter().collect();
    //! let resolution = Resolver::embedded().with_decisions(&decisions).resolve(&corpus);
    //! assert_eq!(resolution.entities().len(), 2);
    //!
    //! // The log is a file of JSON lines.
    //! let log = decisions.to_json_lines();
    //! assert_eq!(Decisions::read("log.jsonl", &log)?, decisions);
    //! # Ok::<(), allonym::Error>(())
    //! ```
    //!
    //! A report ([`export::html`](crate::export::html)) lets its reader decide in a browser, and gives the log.
}

pub mod index {
    //! Documents that come and go.
    //!
    //! An [`Index`](crate::resolve::Index) holds at every moment what resolving all its documents at once gives, byte for byte,
    //! but looks only at the names that a document touches. Each call says what became of the entities.
    //!
    //! ```
    //! use allonym::resolve::{Change, Index};
    //! use allonym::{Extractor, Resolver};
    //!
    //! let (extractor, resolver) = (Extractor::embedded(), Resolver::embedded());
    //! let mut index = Index::new(&resolver);
    //! index.add(extractor.extract("monday", "Selim Vardan left the town of Harem."))?;
    //! let changes = index.add(extractor.extract("tuesday", "Salim Vardan was seen in Idlib."))?;
    //! assert!(changes.iter().any(|change| matches!(change, Change::Updated { .. } | Change::MergedInto { .. })));
    //! index.replace(extractor.extract("tuesday", "Nobody was seen in Idlib."));
    //! index.remove("monday")?;
    //! assert_eq!(index.resolution().entities().len(), 1);
    //!
    //! // One file, whole or not at all.
    //! let file = std::env::temp_dir().join(format!("allonym-guide-{}.index", std::process::id()));
    //! index.save(&file)?;
    //! assert_eq!(Index::load(&file, &resolver)?.documents().len(), 1);
    //! # std::fs::remove_file(&file).unwrap();
    //! # Ok::<(), allonym::Error>(())
    //! ```
}

pub mod foreign_mentions {
    //! Bring your own recognizer.
    //!
    //! Between extraction and resolution there is data and no more: whoever has another recognizer makes
    //! [`Mention`](crate::Mention)s of what it finds, and resolves them. Labels of annotated corpora are understood. Sentences
    //! are read for claims if the text is there ([`Extractor::read_claims`](crate::Extractor::read_claims)).
    //!
    //! ```
    //! use allonym::{Corpus, EntityKind, Extraction, Extractor, Mention, Resolver, Span};
    //!
    //! let text = "Selim Vardan, better known as Karim Dossan, left.";
    //! let found = [("PERSON", 0, 12), ("PERSON", 30, 42)]; // of some model
    //! let mut mentions = Vec::new();
    //! for (label, start, end) in found {
    //!     let span = Span::new(start, end);
    //!     mentions.push(Mention::new(&text[span], label.parse::<EntityKind>()?).at(span));
    //! }
    //! let report = Extractor::embedded().read_claims("report", text, mentions);
    //! // A bare list of names resolves as well.
    //! let list = Extraction::new("list", vec![Mention::new("Salim Vardan", EntityKind::Person)]);
    //! let corpus: Corpus = [report, list].into_iter().collect();
    //! assert_eq!(Resolver::embedded().resolve(&corpus).entities().len(), 1);
    //! # Ok::<(), allonym::Error>(())
    //! ```
    //!
    //! A span of characters, as Python counts, or of UTF-16 becomes one of bytes by
    //! [`Unit::to_bytes`](crate::export::Unit::to_bytes). Who wants to add to the crate's own recognizers, and have the evidence
    //! of all of them weighed, writes a [`Recognizer`](crate::extract::Recognizer).
}

pub mod names {
    //! Names alone: pairs, lists, spellings.
    //!
    //! One comparison decides everywhere in the crate, and can be asked by itself. A [`PreparedName`](crate::PreparedName) is
    //! parsed once and compared often; a [`NameList`](crate::NameList) finds the best of many.
    //!
    //! ```
    //! use allonym::name::{Name, romanizations, romanize};
    //! use allonym::{EntityKind, NameList, PreparedName, compare};
    //!
    //! let person = |name| Name::new(name, EntityKind::Person);
    //! let comparison = compare(&person("Moammar Gaddafi"), &person("Muammar Qadhafi"));
    //! assert!(comparison.is_match());
    //! println!("{comparison}"); // the evidence, and its sum
    //!
    //! let list = NameList::new(["Omar Diaby", "Александр Смирнов"], EntityKind::Person);
    //! let asked = PreparedName::new("Aleksandr Smirnov", EntityKind::Person);
    //! assert_eq!(list.best(&asked, 0).map(|(number, _)| number), Some(1));
    //! assert!(list.best(&PreparedName::new("Omar Diab", EntityKind::Person), 0).is_none());
    //!
    //! assert_eq!(romanize("Александр Смирнов"), "aleksandr smirnov");
    //! assert!(romanizations("Смирнов").len() > 1);
    //! ```
    //!
    //! Names that many things bear are one entity's only if something says so: a score is evidence of the names and of nothing
    //! else.
}

pub mod scale {
    //! More text than memory holds, long lists, a million names, threads.
    //!
    //! | much of | use | memory |
    //! |---|---|---|
    //! | documents, once | [`Intake`](crate::resolve::Intake) | the distinct names |
    //! | documents that change | [`Index`](crate::resolve::Index) | the mentions, too |
    //! | names to give one id | [`Dedupe`](crate::resolve::Dedupe) | linear in the names |
    //! | names to ask for one | [`NameList`](crate::NameList) | linear in the names |
    //! | names to find in texts | [`Dictionary`](crate::tables::Dictionary) | some 50 bytes a name |
    //! | entities known | [`Tables::write_to`](crate::Tables::write_to), [`open`](crate::Tables::open) | some 100 bytes a name |
    //!
    //! Documents a batch at a time; what comes out is that of all at once:
    //!
    //! ```
    //! use allonym::resolve::Intake;
    //! use allonym::{Extractor, Resolver, export};
    //!
    //! let reports = [("monday", "Omar Omsen was seen in Harem."), ("tuesday", "Omar Omsin has left Harim.")];
    //! let extractor = Extractor::embedded();
    //! let mut intake = Intake::new(&Resolver::embedded());
    //! for batch in reports.chunks(64) {
    //!     intake.add(&extractor.extract_all(batch));
    //! }
    //! let mut table = Vec::new();
    //! export::gathered_table(&intake.finish(), &mut table)?;
    //! # Ok::<(), std::io::Error>(())
    //! ```
    //!
    //! A list of names:
    //!
    //! ```
    //! use allonym::resolve::Dedupe;
    //! use allonym::{EntityKind, Resolver};
    //!
    //! let mut list = Dedupe::new(&Resolver::embedded());
    //! for name in ["Selim Vardan", "Omar Diab", "Salim Vardan"] {
    //!     list.push(name, EntityKind::Person);
    //! }
    //! let groups = list.group();
    //! assert!(groups.id(0) == groups.id(2) && groups.id(0) != groups.id(1));
    //! ```
    //!
    //! Names found in texts as whole words, overlapping ones too:
    //!
    //! ```
    //! use allonym::tables::Dictionary;
    //!
    //! let dictionary = Dictionary::folded([("Deir ez-Zor", 1), ("Harem", 2)]);
    //! let found: Vec<u32> = dictionary.find("From HAREM to Deir Ez Zor.").map(|found| found.number).collect();
    //! assert_eq!(found, [2, 1]);
    //! ```
    //!
    //! Tables built once, as one file that is opened as it lies:
    //!
    //! ```
    //! use allonym::Tables;
    //!
    //! let tables = Tables::builder().entities("mine.tsv", "id\tkind\tname\nvardan\tperson\tSelim Vardan\n").build()?;
    //! let file = std::env::temp_dir().join(format!("allonym-guide-{}.bin", std::process::id()));
    //! tables.write_to(&file)?;
    //! assert_eq!(Tables::open(&file)?.len(), 1);
    //! # std::fs::remove_file(&file).unwrap();
    //! # Ok::<(), allonym::Error>(())
    //! ```
    //!
    //! # Threads
    //!
    //! The feature `parallel` (on by default, by `rayon`) shares documents and components of names out over threads; it changes
    //! no byte of what comes out. `default-features = false` leaves it and `rayon` out. Extractors, resolvers and tables are
    //! `Send + Sync` and cheap to clone, so threads of one's own may share them as well.
}

pub mod export {
    //! Files for other programs, and a report for people.
    //!
    //! Each format is a function that writes to any `Write` as it goes: [`table`](crate::export::table),
    //! [`json`](crate::export::json) (with a [schema](crate::export::JSON_SCHEMA)), [`json_lines`](crate::export::json_lines),
    //! [`csv`](crate::export::csv), [`skos_ntriples`](crate::export::skos_ntriples), [`ftm`](crate::export::ftm),
    //! [`conll`](crate::export::conll), [`brat`](crate::export::brat), [`displacy`](crate::export::displacy) and more in
    //! [`export`](crate::export).
    //!
    //! ```
    //! use allonym::export::{self, Rows};
    //! use allonym::{Corpus, Extractor, Resolver};
    //!
    //! let texts = ["Omar Omsen left the town of Harem.".to_owned()];
    //! let corpus: Corpus = [Extractor::embedded().extract("a", &texts[0])].into_iter().collect();
    //! let resolution = Resolver::embedded().resolve(&corpus);
    //! let (mut json, mut csv, mut page) = (Vec::new(), Vec::new(), Vec::new());
    //! export::json(&corpus, &resolution, &mut json)?;
    //! export::csv(&corpus, &resolution, Rows::Names, &mut csv)?;
    //! // One page without a network: entities, evidence, documents, and what is open, to be decided by its reader.
    //! export::html(&corpus, &resolution, &texts, &mut page)?;
    //! assert!(page.starts_with(b"<!doctype html>"));
    //! # Ok::<(), std::io::Error>(())
    //! ```
    //!
    //! Formats that show texts return how many mentions have no place in them, which is never silent.
}
