//! Documents that come and go one by one, and what becomes of the entities each time.
//!
//! `cargo run --example increments`

use allonym::resolve::{Change, Index};
use allonym::{Error, Extractor, Resolver};

fn main() -> Result<(), Error> {
    let extractor = Extractor::embedded();
    let mut index = Index::new(&Resolver::embedded());
    let mut take = |title: &str, step: &dyn Fn(&mut Index) -> Result<Vec<Change>, Error>| {
        println!("{title}");
        for change in step(&mut index)? {
            println!("  {change:?}");
        }
        let names: Vec<String> = index.resolution().entities().iter().map(|entity| entity.name.clone()).collect();
        println!("  now: {}", names.join(", "));
        Ok::<(), Error>(())
    };
    let says = |id: &str, text: &str| extractor.extract(id, text);
    take("Monday comes", &|index| index.add(says("monday", "Selim Vardan spoke in Minsk.")))?;
    take("Tuesday comes", &|index| index.add(says("tuesday", "Karim Dossan spoke in Harem.")))?;
    let link = "Selim Vardan, better known as Karim Dossan, left.";
    take("Wednesday says that both are one", &|index| index.add(says("wednesday", link)))?;
    take("Wednesday is corrected", &|index| Ok(index.replace(says("wednesday", "Selim Vardan left."))))?;
    take("Monday goes", &|index| index.remove("monday"))
}
