//! The whole extraction, on one core. There is no peer that does the same.

use allonym::Extractor;

use crate::measure::{self, number, table};
use crate::{Options, input, names};

/// How long each text is, in bytes.
const LENGTH: usize = 1 << 20;

pub fn run(options: &Options) {
    let length = if options.test { 1 << 14 } else { LENGTH };
    let texts = [
        ("articles, as one text", input::articles(length)),
        ("generated news, dense with names", input::news(length, 7)),
        ("the news of the search", names::news(length, &names::list(1_000))),
    ];
    let extractor = Extractor::embedded();
    let rows: Vec<Vec<String>> = texts
        .iter()
        .map(|(title, text)| {
            let work = || extractor.extract("text", text).mentions.len();
            let taken = measure::turns(options.runs(), &[&work]);
            let speed = text.len() as f64 / 1e6 / taken[0].1.as_secs_f64();
            vec![(*title).to_owned(), number(speed), measure::count(taken[0].0)]
        })
        .collect();
    table("The whole extraction", &["", "MB/s", "mentions"], &rows);
}
