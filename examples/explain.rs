//! Says why two names are, or are not, one entity in some documents.
//!
//! `cargo run --release --example explain -- examples/articles --pair "Omar Omsin" "Diaby"`

mod common;

use std::process::ExitCode;

use allonym::Corpus;

const USAGE: &str = "explain FILE... --pair \"A\" \"B\" [--decisions FILE.jsonl] [--tables DIR|none]";

fn main() -> ExitCode {
    common::run(|| {
        let mut options = common::Options::read(USAGE, &["--pair", "--decisions"], &[])?;
        // The second name follows the option's value as an operand.
        let left = options.value("--pair").ok_or(USAGE)?.to_owned();
        let at = std::env::args().skip_while(|a| a != "--pair" && !a.starts_with("--pair=")).collect::<Vec<_>>();
        let right =
            at.get(if at[0] == "--pair" { 2 } else { 1 }).filter(|r| !r.starts_with("--")).ok_or(USAGE)?.clone();
        if let Some(operand) = options.operands.iter().rposition(|o| *o == right) {
            options.operands.remove(operand);
        }
        if options.operands.is_empty() {
            return Err(USAGE.into());
        }
        let (extractor, resolver) = (options.extractor()?, options.resolver()?);
        let (texts, skipped) = common::texts(&options.operands);
        let corpus: Corpus = texts.iter().map(|t| extractor.extract(&t.id, &t.text)).collect();
        print!("{}", resolver.resolve(&corpus).explain(&left, &right));
        Ok(if skipped { common::SKIPPED } else { common::DONE })
    })
}
