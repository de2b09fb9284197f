//! Names in other scripts with the spellings that they must get: `golden/romanize.txt`, which anyone can extend; and
//! what holds for any text.

use allonym::name::{romanizations, romanize};
use proptest::prelude::*;

const GOLDEN: &str = include_str!("golden/romanize.txt");

/// What each part of an odd name is taken from.
const ODD: [&str; 44] = [
    "", " ", "-", "'", "\u{301}", "\u{200d}", "\u{640}", "a", "Я", "ъ", "ʼ", "Σ", "ς", "ال", "ا", "\u{651}", "׳", "״",
    "א", "ן", "ու", "ი", "क", "्", "़", "ि", "ং", "ক", "เ", "ก", "์", "อ", "ห", "김", "\u{1100}", "\u{11a8}", "ㄱ", "ッ",
    "ー", "々", "金", "沢", "ት", "👨",
];

#[test]
fn golden_rows_are_spelled_right() {
    let mut wrong = Vec::new();
    for (i, row) in GOLDEN.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let fields: Vec<&str> = row.split('\t').collect();
        let [verb, _, name, spelling] = fields[..] else { panic!("golden/romanize.txt:{}: not four fields", i + 1) };
        let found = match verb {
            "best" => romanize(name) == spelling,
            "among" => romanizations(name).iter().any(|s| s == spelling),
            _ => panic!("golden/romanize.txt:{}: unknown verb '{verb}'", i + 1),
        };
        if !found {
            wrong.push(format!("golden/romanize.txt:{}: {name}: {spelling}: {:?}", i + 1, romanizations(name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What holds for the spellings of any text.
fn check(name: &str) {
    let all = romanizations(name);
    assert!((1..=8).contains(&all.len()), "{name:?}: {all:?}");
    assert_eq!(all[0], romanize(name), "{name:?}");
    assert!(all.iter().enumerate().all(|(i, s)| !all[..i].contains(s)), "{name:?}: {all:?}");
    // A ligature of Arabic is eighteen letters.
    assert!(all.iter().all(|s| s.len() <= 16 * name.len() + 16), "{name:?}: {all:?}");
}

#[test]
fn every_character_and_pair_is_spelled() {
    for c in (0..=0x3_FFFF).filter_map(char::from_u32) {
        check(c.encode_utf8(&mut [0; 4]));
    }
    for a in ODD {
        for b in ODD {
            check(&format!("{a}{b}"));
        }
    }
}

#[test]
fn long_names_take_time_in_proportion() {
    for part in ODD {
        let long = part.repeat(20_000);
        check(&long);
        check(&format!("{part} ").repeat(5_000));
    }
}

proptest! {
    #[test]
    fn any_text_is_spelled(parts in prop::collection::vec(prop::sample::select(ODD.to_vec()), 0..24), any in any::<String>()) {
        check(&parts.concat());
        check(&any);
    }
}
