//! Names against a list, as those who screen customers or passengers do: the best bearer of each, and why.
//!
//! `cargo run --example screen`

use allonym::{EntityKind, NameList, PreparedName};

const LISTED: [&str; 6] =
    ["Omar Diaby", "Ahmad al-Sharra", "Muammar Qadhafi", "Viktor Orlenko", "Александр Смирнов", "Hafez al-Assad"];
const ASKED: [&str; 6] =
    ["Omar Diab", "Ahmed al-Sharaa", "Moammar Gaddafi", "Orlenko, Victor", "Aleksandr Smirnov", "Bashar al-Assad"];
/// Two to one, in 1/1000 log2 odds; 0 is even.
const FLOOR: i32 = 1_000;

fn main() {
    // Laid out once, asked often: most names of a long list are never compared letter by letter.
    let list = NameList::new(LISTED, EntityKind::Person);
    for asked in ASKED {
        let name = PreparedName::new(asked, EntityKind::Person);
        let Some((number, _)) = list.best(&name, FLOOR) else {
            println!("{asked}: none");
            continue;
        };
        let comparison = name.compare(&list.names()[number]);
        println!("{asked}: {}, {:.3}", comparison.right, comparison.score());
        for evidence in &comparison.evidence {
            println!("  {evidence}");
        }
    }
}
