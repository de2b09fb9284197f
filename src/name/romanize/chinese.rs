//! Names as Chinese reads them: pinyin, the older spelling of Wade and Giles, and Cantonese.

use foldhash::{HashMap, HashMapExt};
use once_cell::sync::OnceCell;

use super::han::reading;
use crate::error::Error;
use crate::tables::tsv::Tsv;

/// Family names, their reading, and how those abroad and in Hong Kong spell them.
const TEXT: &str = include_str!("../../../data/names/chinese_names.tsv");
const FILE: &str = "data/names/chinese_names.tsv";

/// Characters that end the name of a place, an office or a company.
#[rustfmt::skip]
const GENERIC: [char; 66] = [
    '州', '省', '市', '县', '縣', '山', '江', '河', '海', '港', '湾', '灣', '岛', '島', '门', '門', '西', '东', '東',
    '南', '北', '京', '城', '区', '區', '镇', '鎮', '村', '国', '國', '湖', '溪', '岭', '嶺', '口', '关', '關', '庄',
    '莊', '堡', '站', '路', '街', '寺', '庙', '廟', '党', '黨', '军', '軍', '部', '局', '院', '校', '社', '会', '會',
    '司', '团', '團', '报', '報', '雄', '苏', '蘇', '徽',
];
/// Names from abroad and others that begin like a family name.
const NOT_FAMILY: [&str; 24] = [
    "白宫", "白宮", "石家", "马来", "馬來", "马里", "馬里", "马德", "马尼", "罗马", "羅馬", "林肯", "温哥", "伊朗",
    "白俄", "毛里", "安哥", "安卡", "古巴", "高加", "巴格", "华尔", "马其", "马耳",
];

/// Characters that write the sounds of names from abroad and that given names hardly have.
const FROM_ABROAD: &str = "斯尔爾卡蒂姆弗巴拉埃扎萨薩塔库庫伊哈洛尼科坦顿頓兹茲諾诺罗羅瑟莫";

/// A family name's reading and spellings.
#[derive(Debug, Clone, Copy)]
struct Family {
    mandarin: &'static str,
    spellings: &'static str,
}

fn read(text: &'static str) -> Result<HashMap<&'static str, Family>, Error> {
    let columns = ["family", "mandarin", "spellings"];
    let (table, header) = Tsv::with_columns(FILE, text, &columns, &columns)?;
    let mut families = HashMap::new();
    for row in table.rows(header) {
        let row = row?;
        let family = Family { mandarin: row.filled("mandarin")?, spellings: row.get("spellings") };
        families.insert(row.filled("family")?, family);
    }
    Ok(families)
}

fn families() -> &'static HashMap<&'static str, Family> {
    static FAMILIES: OnceCell<HashMap<&'static str, Family>> = OnceCell::new();
    FAMILIES.get_or_init(|| read(TEXT).unwrap_or_default())
}

/// Family names in Latin letters: in pinyin, and as those abroad spell them.
#[expect(clippy::disallowed_methods, reason = "a set is made of them, which has no order")]
pub(in crate::name) fn family_spellings() -> impl Iterator<Item = &'static str> {
    families()
        .values()
        .flat_map(|family| family.spellings.split(' ').chain([family.mandarin]))
        .filter(|s| !s.is_empty())
}

/// A person's family name or both of a married woman's, and how many characters they are; nothing when the word is no
/// person's name.
fn family(word: &[char]) -> Option<(usize, Vec<Family>)> {
    let found = |part: &[char]| families().get(part.iter().collect::<String>().as_str()).copied();
    let rest = |length: usize| word.len().checked_sub(length).filter(|rest| (1..=2).contains(rest));
    if let (Some(double), Some(_)) = (word.get(..2).and_then(found), rest(2)) {
        return Some((2, vec![double]));
    }
    let start: String = word.iter().take(2).collect();
    let foreign = word.iter().skip(1).any(|c| FROM_ABROAD.contains(*c));
    let generic = word.len() == 2 && GENERIC.contains(&word[1]);
    if NOT_FAMILY.contains(&start.as_str()) || foreign || generic {
        return None;
    }
    let first = found(word.get(..1)?)?;
    match word.len() {
        4 => Some((2, vec![first, found(&word[1..2])?])),
        _ => rest(1).map(|_| (1, vec![first])),
    }
}

/// Whether a word looks like a person's name whose family name is one character.
pub(super) fn begins_with_family(word: &[char]) -> bool {
    family(word).is_some_and(|(length, _)| length == 1)
}

/// The syllables of a word; a character that the table lacks stays as it is.
fn syllables(word: &[char]) -> impl Iterator<Item = String> {
    word.iter().map(|c| match reading(*c) {
        Some(reading) => reading.mandarin.split(' ').next().unwrap_or_default().to_owned(),
        None => c.to_string(),
    })
}

/// A word in pinyin: a person's name as family and given name, each one word, anything else one word.
pub(super) fn pinyin(word: &[char], alone: bool) -> String {
    let plain = |s: String| s.replace('v', "u");
    match family(word).filter(|_| alone) {
        Some((length, families)) => {
            let families = families.iter().map(|family| plain(family.mandarin.to_owned()) + " ");
            families.chain(syllables(&word[length..]).map(plain)).collect()
        }
        None => syllables(word).map(plain).collect(),
    }
}

/// A word as Wade and Giles spell it: hyphens between syllables of a given name.
pub(super) fn wade_giles(word: &[char], alone: bool) -> String {
    let spelled = |part: &[char]| -> Vec<String> { syllables(part).map(|s| wade_giles_syllable(&s)).collect() };
    let (length, first) = match family(word).filter(|_| alone) {
        // Readings of family names are those of the table.
        Some((1, families)) => (1, families.iter().map(|f| wade_giles_syllable(f.mandarin)).collect::<String>() + " "),
        Some((length, families)) => {
            let between = if families.len() > 1 { " " } else { "" };
            (length, spelled(&word[..length]).join(between) + " ")
        }
        None => (0, String::new()),
    };
    first + &spelled(&word[length..]).join("-")
}

/// A word as Hong Kong reads it; nothing when a character has no such reading.
pub(super) fn cantonese(word: &[char], alone: bool) -> Option<String> {
    let read = |c: &char| Some(hong_kong(reading(*c)?.cantonese)).filter(|s| !s.is_empty());
    let (length, first) = match family(word).filter(|_| alone) {
        Some((length, families)) => {
            let spelled = families.iter().filter_map(|f| f.spellings.split(' ').next().filter(|s| !s.is_empty()));
            let spelled = spelled.fold(String::new(), |all, spelling| all + spelling + " ");
            (
                length,
                if spelled.is_empty() {
                    word[..length].iter().map(read).collect::<Option<String>>()? + " "
                } else {
                    spelled
                },
            )
        }
        None => (0, String::new()),
    };
    let rest: Vec<String> = word[length..].iter().map(read).collect::<Option<_>>()?;
    Some(first + &rest.join(if length > 0 { "-" } else { " " }))
}

/// A syllable's first consonant and the rest, by the consonants of a list, the longest first.
fn part<'s>(syllable: &'s str, initials: &[(&'static str, &'static str)]) -> (&'static str, &'static str, &'s str) {
    let found = initials.iter().find_map(|(from, to)| Some((*from, *to, syllable.strip_prefix(from)?)));
    found.unwrap_or(("", "", syllable))
}

/// First consonants of pinyin, and how Wade and Giles write them.
#[rustfmt::skip]
const WADE_GILES_INITIALS: [(&str, &str); 21] = [
    ("zh", "ch"), ("ch", "ch'"), ("sh", "sh"), ("b", "p"), ("p", "p'"), ("m", "m"), ("f", "f"), ("d", "t"),
    ("t", "t'"), ("n", "n"), ("l", "l"), ("g", "k"), ("k", "k'"), ("h", "h"), ("j", "ch"), ("q", "ch'"), ("x", "hs"),
    ("r", "j"), ("z", "ts"), ("c", "ts'"), ("s", "s"),
];

/// A syllable of pinyin in the spelling of Wade and Giles.
fn wade_giles_syllable(pinyin: &str) -> String {
    let (initial, written, rest) = part(pinyin, &WADE_GILES_INITIALS);
    let vowels = match (initial, rest) {
        ("zh" | "ch" | "sh" | "r", "i") => "ih",
        ("z", "i") => return "tzu".to_owned(),
        ("c", "i") => return "tz'u".to_owned(),
        ("s", "i") => return "szu".to_owned(),
        ("", "yi") => "i",
        ("", "you") => "yu",
        ("", "ye") => "yeh",
        ("", "yan") => "yen",
        ("", "yue") => "yueh",
        ("", "yong") => "yung",
        ("" | "g" | "k" | "h", "e") => "o",
        ("", "er") => "erh",
        (_, "ian") => "ien",
        (_, "ie") => "ieh",
        (_, "iong") => "iung",
        (_, "ong") => "ung",
        (_, "ue" | "ve") => "ueh",
        ("g" | "k", "ui") => "uei",
        ("g" | "k" | "h" | "sh", "uo") => "uo",
        (_, "uo") => "o",
        (_, "v") => "u",
        _ => rest,
    };
    format!("{written}{vowels}")
}

/// First consonants of jyutping, and how Hong Kong writes them in names.
#[rustfmt::skip]
const HONG_KONG_INITIALS: [(&str, &str); 19] = [
    ("gw", "kw"), ("kw", "kw"), ("ng", "ng"), ("b", "p"), ("p", "p"), ("m", "m"), ("f", "f"), ("d", "t"), ("t", "t"),
    ("n", "n"), ("l", "l"), ("g", "k"), ("k", "k"), ("h", "h"), ("w", "w"), ("z", "ch"), ("c", "ch"), ("s", "s"),
    ("j", "y"),
];

/// A syllable of jyutping as Hong Kong spells it in names.
fn hong_kong(jyutping: &str) -> String {
    let (initial, written, rest) = part(jyutping, &HONG_KONG_INITIALS);
    let written = match (initial, rest) {
        ("z" | "c", "ang" | "oi" | "e" | "eoi" | "o" | "im" | "i") => "ts",
        ("j", "i" | "ing" | "ik" | "in" | "it" | "im" | "ip" | "iu") => "y",
        ("s", "oeng" | "yu" | "yun" | "ing" | "ik") if rest != "ing" => "sh",
        _ => written,
    };
    let vowels = match rest {
        "aa" => "a",
        "aai" => "ai",
        "aau" => "au",
        "aam" => "am",
        "aan" => "an",
        "aang" => "ang",
        "aap" => "ap",
        "aat" => "at",
        "aak" => "ak",
        "oe" => "eu",
        "oeng" => "eung",
        "oek" => "euk",
        "eoi" => "ui",
        "eon" => "un",
        "eot" => "ut",
        "ou" if initial != "s" => "o",
        "ou" => "o",
        "yun" => "uen",
        "yut" => "uet",
        "yu" => "u",
        _ => rest,
    };
    format!("{written}{vowels}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_parses_and_stands_in_order() {
        assert!(read(TEXT).is_ok_and(|families| families.len() > 150));
        let keys: Vec<&str> = TEXT.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "sorted, each once");
    }

    #[test]
    fn spells_syllables() {
        for (pinyin, spelled) in [
            ("xi", "hsi"),
            ("jin", "chin"),
            ("ping", "p'ing"),
            ("cai", "ts'ai"),
            ("zi", "tzu"),
            ("zhi", "chih"),
            ("guo", "kuo"),
            ("duo", "to"),
            ("gui", "kuei"),
            ("lve", "lueh"),
            ("dong", "tung"),
            ("qian", "ch'ien"),
            ("yan", "yen"),
            ("er", "erh"),
        ] {
            assert_eq!(wade_giles_syllable(pinyin), spelled, "{pinyin}");
        }
        for (jyutping, spelled) in [
            ("zoeng", "cheung"),
            ("zang", "tsang"),
            ("jam", "yam"),
            ("kyun", "kuen"),
            ("can", "chan"),
            ("gwok", "kwok"),
            ("lei", "lei"),
            ("jyun", "yuen"),
        ] {
            assert_eq!(hong_kong(jyutping), spelled, "{jyutping}");
        }
    }
}
