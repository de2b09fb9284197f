//! The formats that a resolution can be written in.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use allonym::export::{self, Rows, Unit};
use allonym::resolve::Gathered;
use allonym::{Corpus, Resolution};

use crate::common;
use crate::paint::{self, Painted};
use crate::whole::write_whole;

const KNOWN: [&str; 14] = [
    "table", "html", "json", "jsonl", "csv", "tsv", "csv-names", "tsv-names", "ntriples", "jsonld", "ftm", "conll",
    "brat", "displacy",
];

/// A format, and what goes with it.
pub struct Format {
    name: &'static str,
    /// What IRIs begin with.
    base: String,
    /// The file that is written, or the folder for a format that is more than one; else standard output.
    out: Option<PathBuf>,
}

impl Format {
    /// The format that the options ask for; that of none is the table.
    pub fn read(options: &common::Options) -> Result<Self, String> {
        let wanted = options.value("--format").unwrap_or("table");
        let name = KNOWN.into_iter().find(|known| *known == wanted);
        let name = name.ok_or_else(|| format!("--format {wanted}: unknown format ({})", KNOWN.join(", ")))?;
        let out = options.value("--out").map(PathBuf::from);
        match (name, &out) {
            ("brat", None) => return Err("--format brat writes several files: it needs --out DIR".to_owned()),
            ("brat", Some(dir)) if !dir.is_dir() => return Err(format!("--out {}: no folder", dir.display())),
            (_, Some(file)) if name != "brat" && file.is_dir() => {
                return Err(format!("--out {}: is a folder", file.display()));
            }
            _ => {}
        }
        let base = options.value("--base").unwrap_or("urn:allonym:").to_owned();
        Ok(Self { name, base, out })
    }

    /// Whether it is written from the documents; else documents may be let go once they are taken in.
    pub fn needs_documents(&self) -> bool {
        !matches!(self.name, "table" | "json")
    }

    /// Whether it is written from the texts of the documents, too.
    pub fn needs_texts(&self) -> bool {
        matches!(self.name, "html" | "conll" | "brat" | "displacy")
    }

    /// Whether it tells of single mentions.
    pub fn needs_mentions(&self) -> bool {
        self.name != "table"
    }

    /// Writes what was gathered of documents that were let go.
    pub fn write_gathered(&self, gathered: &Gathered) -> Result<(), Box<dyn Error>> {
        self.to_out(|out| match self.name {
            "json" => export::gathered_json(gathered, out),
            _ => export::gathered_table(gathered, out),
        })
    }

    /// Writes a resolution; returns how many mentions the format cannot hold.
    pub fn write(&self, corpus: &Corpus, resolution: &Resolution, texts: &[String]) -> Result<usize, Box<dyn Error>> {
        if let ("brat", Some(dir)) = (self.name, &self.out) {
            return brat(corpus, resolution, texts, dir);
        }
        self.to_out(|out| {
            match self.name {
                "html" => export::html(corpus, resolution, texts, out)?,
                "json" => export::json(corpus, resolution, out)?,
                "jsonl" => export::json_lines(corpus, resolution, out)?,
                "csv" => export::csv(corpus, resolution, Rows::Mentions, out)?,
                "tsv" => export::tsv(corpus, resolution, Rows::Mentions, out)?,
                "csv-names" => export::csv(corpus, resolution, Rows::Names, out)?,
                "tsv-names" => export::tsv(corpus, resolution, Rows::Names, out)?,
                "ntriples" => export::skos_ntriples(resolution, &self.base, out)?,
                "jsonld" => export::skos_jsonld(resolution, &self.base, out)?,
                "ftm" => return export::ftm(corpus, resolution, out),
                "conll" => return export::conll(corpus, resolution, texts, out),
                "displacy" => return export::displacy(corpus, resolution, texts, Unit::Chars, out),
                _ => export::table(resolution, out)?,
            }
            Ok(0)
        })
    }

    /// Writes to the file, whole or not at all, or to standard output.
    fn to_out<T>(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> Result<T, Box<dyn Error>> {
        let Some(file) = &self.out else {
            let colored = self.name == "table" && paint::wanted();
            return Ok(write(&mut Painted::new(BufWriter::new(io::stdout().lock()), colored))?);
        };
        let mut told = None;
        write_whole(&file.to_string_lossy(), |part| {
            let mut out = BufWriter::new(part);
            told = Some(write(&mut out)?);
            out.flush()?;
            Ok(true)
        })?;
        Ok(told.ok_or("nothing was written")?)
    }
}

/// Writes the text and the annotations of each document under its number and the last part of its id.
fn brat(corpus: &Corpus, resolution: &Resolution, texts: &[String], dir: &Path) -> Result<usize, Box<dyn Error>> {
    let mut left_out = 0;
    fs::write(dir.join("annotation.conf"), export::BRAT_CONFIG)?;
    for (number, document) in corpus.documents().iter().enumerate() {
        let last = document.id.rsplit(['/', '\\']).next().unwrap_or_default();
        let last = last.strip_suffix(".txt").unwrap_or(last).replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        // So long as a file may be named.
        let stem = format!("{:04}-{}", number + 1, &last[..last.len().min(100)]);
        let text = texts.get(number).map_or("", String::as_str);
        fs::write(dir.join(format!("{stem}.txt")), text)?;
        let mut out = BufWriter::new(File::create(dir.join(format!("{stem}.ann")))?);
        left_out += export::brat(corpus, resolution, number, text, &mut out)?;
        out.flush()?;
    }
    Ok(left_out)
}
