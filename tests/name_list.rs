//! A list of names answers what comparing them one by one does.

use allonym::{EntityKind, NameList, PreparedName, Weights};
use proptest::prelude::*;

const FLOORS: [i32; 9] = [-40_000, -30_000, -12_000, -5_000, -1_000, 0, 2_500, 6_000, 20_000];

fn check(names: Vec<PreparedName>, queries: &[PreparedName], floors: &[i32]) {
    let list: NameList = names.iter().cloned().collect();
    for query in queries {
        let weights: Vec<i32> = names.iter().map(|name| query.weight(name)).collect();
        for &floor in floors {
            let expected: Vec<(usize, i32)> =
                weights.iter().copied().enumerate().filter(|(_, weight)| *weight > floor).collect();
            assert_eq!(list.matches(query, floor), expected, "{} over {floor}", query.name().surface);
            assert_eq!(list.best(query, floor), query.best_of(&names, floor), "{} over {floor}", query.name().surface);
            for (name, weight) in names.iter().zip(&weights) {
                assert!(query.may_exceed(name, floor) || *weight <= floor, "{}", name.name().surface);
            }
        }
    }
}

const NAMES: &[&str] = &[
    "Ahmed al-Sharaa",
    "Ahmad al-Sharra",
    "al-Sharaa",
    "Sharaa, Ahmed Hussein",
    "A. H. Sharaa",
    "Abu Talha",
    "أحمد الشرع",
    "Abu Mohammed al-Jolani",
    "Ben Haddou",
    "Benhaddou",
    "Mohamed Benhaddou",
    "Mohamed Ben Haddou",
    "George W. Bush",
    "George Bush Jr.",
    "George Bush III",
    "G. Bush",
    "毛泽东",
    "毛澤東",
    "Mao Zedong",
    "Mao Tse-tung",
    "김정은",
    "金正恩",
    "Kim Jong Un",
    "Kim Jong-un",
    "Kim Jong-il",
    "Bill Clinton",
    "William Clinton",
    "Clinton",
    "Tim Smith",
    "Tom Smith",
    "Ng",
    "Li Na",
    "Na Li",
    "",
    "-",
    "1 2 3",
    "Владимир Зеленский",
    "Volodymyr Zelensky",
    "Zelenskyy",
    "Зеленский",
    "Abd al-Rahman al-Rashed",
    "Abdurrahman Rashid",
    "عبد الرحمن الراشد",
    "アントニオ・グテーレス",
    "Antonio Guterres",
    "José Antonio Díaz",
    "Jose Diaz Antonio",
    "Syrian Observatory for Human Rights",
    "SOHR",
    "Libyan National Army",
    "LNA",
    "44th Brigade",
    "Brigade 45",
    "Ministry of Defence",
    "Ministère de la Défense",
    "Ministry of Finance",
    "Northern Syria",
    "Syria",
    "Southern Syria",
    "Deir ez-Zor",
    "Deir Ezzor",
    "Deirezzor (Syria)",
    "دير الزور",
    "Дамаск",
    "Damascus",
    "Dimashq",
];

#[test]
fn odd_names_of_every_kind() {
    let of = |kind| NAMES.iter().map(move |name| PreparedName::new(name, kind));
    for kind in EntityKind::ALL {
        let names: Vec<PreparedName> = of(kind).collect();
        check(names.clone(), &names, &FLOORS);
    }
    let mixed: Vec<PreparedName> = EntityKind::ALL.into_iter().flat_map(of).collect();
    check(mixed.clone(), &mixed[..20], &[-40_000, -30_000, 0]);
    check(mixed.clone(), &mixed[mixed.len() - 20..], &[-30_001, 0]);
    check(Vec::new(), &mixed[..2], &FLOORS);
}

#[test]
fn other_weights() {
    let names: Vec<PreparedName> = NAMES.iter().map(|name| PreparedName::new(name, EntityKind::Person)).collect();
    let changes = [
        ("person prior", 5_000),
        ("person conflict given", 900),
        ("person variant slope", -500),
        ("person absent middle", 700),
        ("person nickname", 3_000),
        ("person given only", 2_000),
        ("person joined", 4_000),
        ("person variant ending", 3_000),
        ("person reordered", 2_500),
        ("person initial", 9_000),
        ("person lone base", 15_000),
        ("person cross base", 4_000),
    ];
    for (name, weight) in changes {
        let mut weights = Weights::embedded().clone();
        *weights.get_mut(name).expect("a weight") = weight;
        let list = NameList::with_weights(names.iter().cloned(), weights.clone());
        for query in &names {
            for floor in [-10_000, 0, 4_000] {
                let weigh = names.iter().map(|other| query.weight_with(other, &weights)).enumerate();
                let expected: Vec<(usize, i32)> = weigh.filter(|(_, weight)| *weight > floor).collect();
                assert_eq!(list.matches(query, floor), expected, "{name} {} {floor}", query.name().surface);
            }
        }
    }
}

#[test]
fn measured_names() {
    let names = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/names");
    for folder in ["dev", "train"] {
        let Ok(files) = std::fs::read_dir(names.join(folder)) else { continue };
        let mut files: Vec<_> = files.flatten().map(|file| file.path()).collect();
        files.sort();
        for file in files {
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            let rows: Vec<&str> = text.lines().skip(1).collect();
            let step = (rows.len() / if cfg!(debug_assertions) { 40 } else { 100 }).max(1);
            let mut list = Vec::new();
            for row in rows.iter().step_by(step) {
                let mut fields = row.split(',').map(|field| field.trim_matches('"'));
                let Some(kind) = fields.next().and_then(|kind| kind.parse().ok()) else { continue };
                list.extend(fields.take(2).map(|name| PreparedName::new(name, kind)));
            }
            let queries: Vec<PreparedName> = list.iter().step_by(23).cloned().collect();
            check(list, &queries, &[-8_000, -2_000, 0, 4_000]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 10 } else { 32 }, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_names(
        texts in prop::collection::vec("([A-Z]?[a-z]{0,7}|[a-e]{1,3}|\\PC{0,4}|[а-я]{1,6}|al-|bin|Jr\\.|[A-Z]\\.)( ([A-Z][a-z]{0,7}|[a-c]{1,4}|\\PC{0,4}|Ben|III)){0,4}", 1..24),
        floor in -30_500..9_000,
    ) {
        for kind in EntityKind::ALL {
            let names: Vec<PreparedName> = texts.iter().map(|text| PreparedName::new(text, kind)).collect();
            check(names.clone(), &names, &[floor, 0]);
        }
    }
}
