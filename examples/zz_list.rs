//! Scratch.
#[path = "common/csv.rs"]
mod csv;
use allonym::resolve::Dedupe;
use allonym::{EntityKind, Resolver, Tables};
fn main() {
    let file = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let begin = std::time::Instant::now();
    let sheet = csv::Sheet::parse(&file, &text, &["name", "type"]).unwrap();
    eprintln!("read {:?}", begin.elapsed());
    let begin = std::time::Instant::now();
    let mut list = Dedupe::new(&Resolver::new(if std::env::args().nth(2).is_some() {
        Tables::embedded()
    } else {
        Tables::none()
    }));
    for row in &sheet.rows {
        list.push(&row.fields[0], row.fields[1].parse::<EntityKind>().unwrap());
    }
    eprintln!("pushed {:?}", begin.elapsed());
    let groups = list.group();
    eprintln!("grouped {:?}", begin.elapsed());
    println!("name,type,entity");
    for (i, row) in sheet.rows.iter().enumerate() {
        let e = groups.id(i).unwrap();
        println!("{},{},{}", csv::quote(&row.fields[0]), row.fields[1], e);
    }
}
