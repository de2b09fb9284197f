//! The tagger beside the `crfs` crate, a linear-chain conditional random field as it is mostly used: features are texts.
//!
//! Both tag the same runs of tokens of the same text by the same features. The peer learns from what the tagger found, in a few
//! rounds: what it finds is not the question here. Its time is that of the labels alone, with the features made and written out
//! before; the tagger's is that of features and labels, without that of cutting the text into tokens and looking up its words.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use allonym::Extractor;
use allonym::extract::tagger::Tagger;
use allonym::token::Tokenized;
use crfs::train::Trainer;
use crfs::{Attribute, Model};

use crate::measure::{self, number, table};
use crate::{Failure, Options};

/// How long the text is, in bytes.
const LENGTH: usize = 1 << 20;

pub fn run(options: &Options) -> Result<(), Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles");
    let mut files: Vec<_> = fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    let articles: String = files.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?.join("\n\n");
    let text = if options.test { articles.clone() } else { articles.repeat(LENGTH / articles.len() + 1) };
    let tokens = Tokenized::new(&text).tokens().len();

    let bare = Extractor::builder().without_own_recognizers().without_document_evidence().without_tagger().build()?;
    let tagging = Extractor::builder()
        .without_own_recognizers()
        .without_document_evidence()
        .tagger(Tagger::embedded())
        .build()?;
    let features = tagging.features(&articles);
    let tokens_of_articles = Tokenized::new(&articles).tokens().len();
    let mut rest = features.tokens.iter();
    let runs: Vec<Vec<Vec<Attribute>>> = features
        .runs
        .iter()
        .map(|run| {
            let tokens = rest.by_ref().take(run.len());
            tokens.map(|t| t.iter().map(|f| Attribute::new(format!("{f:x}"), 1.0)).collect()).collect()
        })
        .collect();
    let found = tagging.extract("articles", &articles);
    let tokenized = Tokenized::new(&articles);
    let label = |i: usize| {
        let span = tokenized.tokens()[i].span;
        let mention = found.mentions.iter().find(|m| m.span.start <= span.start && span.end <= m.span.end);
        mention.map_or("O".to_owned(), |m| {
            let (first, last) = (m.span.start == span.start, m.span.end == span.end);
            let place = ["I", "L", "B", "U"][2 * usize::from(first) + usize::from(last)];
            format!("{place}-{}", m.kind.code())
        })
    };
    let mut trainer = Trainer::averaged_perceptron();
    for (run, list) in features.runs.iter().zip(&runs) {
        let labels: Vec<String> = run.clone().map(label).collect();
        trainer.append(list, &labels)?;
    }
    trainer.params_mut().set_max_iterations(10)?;
    let file = std::env::temp_dir().join(format!("allonym-peers-{}.crfsuite", std::process::id()));
    trainer.train(&file)?;
    let model = fs::read(&file)?;
    fs::remove_file(&file)?;
    let model = Model::new(&model)?;
    let peer = model.tagger()?;
    let without = || drop(black_box(bare.extract("text", &text)));
    let with = || drop(black_box(tagging.extract("text", &text)));
    let labels = || {
        for run in &runs {
            drop(black_box(peer.tag(run)));
        }
    };
    let written = || {
        let mut rest = features.tokens.iter();
        for run in &features.runs {
            let tokens = rest.by_ref().take(run.len());
            let run: Vec<Vec<Attribute>> =
                tokens.map(|t| t.iter().map(|f| Attribute::new(format!("{f:x}"), 1.0)).collect()).collect();
            drop(black_box(peer.tag(&run)));
        }
    };
    let taken = measure::turns(options.runs(), &[&without, &with, &labels, &written]);
    let [without, with, labels, written] = [0, 1, 2, 3].map(|i| taken[i].1);

    let speed = |tokens: usize, time: Duration| tokens as f64 / time.as_secs_f64() / 1e6;
    let own = speed(tokens, with.saturating_sub(without));
    let (labels, written) = (speed(tokens_of_articles, labels), speed(tokens_of_articles, written));
    let each = features.tokens.iter().map(Vec::len).sum::<usize>() as f64 / features.tokens.len() as f64;
    let title = format!(
        "The tagger on {} tokens of news, {} features a token that may belong to a name",
        measure::count(tokens),
        number(each)
    );
    let row = |what: &str, speed: f64| vec![what.to_owned(), number(speed), number(own / speed)];
    let rows = [
        row("allonym, features and labels", own),
        row("crfs, labels alone", labels),
        row("crfs, features written out too", written),
    ];
    table(&title, &["", "M tokens/s", "allonym is so many times as fast"], &rows);
    Ok(())
}
