//! Lists how Han characters are read in four languages, and writes `data/names/han.tsv`.
//!
//! The folder holds the files of the Unihan database, version 15.0.0, unpacked: `Unihan_Readings.txt`,
//! `Unihan_Variants.txt`, `Unihan_OtherMappings.txt`.
//!
//! `cargo run --release --example list_han_readings -- ../unihan > data/names/han.tsv`

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};

use unicode_normalization::UnicodeNormalization;

/// The properties that the table is made of.
const FILES: [&str; 3] = ["Unihan_Readings.txt", "Unihan_Variants.txt", "Unihan_OtherMappings.txt"];
/// Readings beyond these are those of dictionaries, not of names.
const MOST_MANDARIN: usize = 3;
const MOST_KOREAN: usize = 3;
const MOST_ON: usize = 2;
const MOST_JAPANESE: usize = 5;
/// Readings that names have where the language at large has another one.
#[rustfmt::skip]
const IN_NAMES: [(char, &str); 23] = [
    ('仇', "qiu"), ('佛', "fo"), ('冼', "xian"), ('厦', "xia"), ('廈', "xia"), ('单', "shan"), ('單', "shan"),
    ('晟', "sheng"), ('曾', "zeng"), ('柏', "bai"), ('泌', "bi"), ('秘', "bi"), ('繁', "fan"), ('翟', "zhai"),
    ('臧', "zang"), ('荥', "xing"), ('藏', "zang"), ('蚌', "beng"), ('覃', "qin"), ('重', "chong"), ('長', "chang"),
    ('长', "chang"), ('盖', "ge"),
];

/// Simplified forms of characters that Japan has simplified in its own way.
#[rustfmt::skip]
const OF_JAPANESE: [(char, char); 166] = [
    ('両', '两'), ('亜', '亚'), ('仏', '佛'), ('仮', '假'), ('伝', '传'), ('価', '价'), ('倹', '俭'), ('児', '儿'), ('円', '圆'),
    ('剣', '剑'), ('剤', '剂'), ('労', '劳'), ('効', '效'), ('勧', '劝'), ('勲', '勋'), ('単', '单'), ('厳', '严'), ('収', '收'),
    ('呉', '吴'), ('営', '营'), ('団', '团'), ('図', '图'), ('圧', '压'), ('塁', '垒'), ('塩', '盐'), ('増', '增'), ('壱', '壹'),
    ('売', '卖'), ('変', '变'), ('奨', '奖'), ('嬢', '娘'), ('実', '实'), ('寛', '宽'), ('対', '对'), ('専', '专'), ('嶋', '岛'),
    ('巌', '岩'), ('巣', '巢'), ('帯', '带'), ('庁', '厅'), ('広', '广'), ('廃', '废'), ('弐', '贰'), ('弾', '弹'), ('従', '从'),
    ('徳', '德'), ('徴', '征'), ('恵', '惠'), ('悩', '恼'), ('悪', '恶'), ('懐', '怀'), ('戦', '战'), ('戸', '户'), ('択', '择'),
    ('拠', '据'), ('拡', '扩'), ('挙', '举'), ('挿', '插'), ('掲', '揭'), ('揺', '摇'), ('摂', '摄'), ('撃', '击'), ('斉', '齐'),
    ('斎', '斋'), ('暁', '晓'), ('暦', '历'), ('栄', '荣'), ('桜', '樱'), ('桟', '栈'), ('検', '检'), ('楽', '乐'), ('権', '权'),
    ('歓', '欢'), ('歩', '步'), ('歳', '岁'), ('毎', '每'), ('気', '气'), ('沢', '泽'), ('浄', '净'), ('浜', '滨'), ('涙', '泪'),
    ('渇', '渴'), ('渋', '涩'), ('渓', '溪'), ('満', '满'), ('滝', '泷'), ('瀬', '濑'), ('焼', '烧'), ('犠', '牺'), ('猟', '猎'),
    ('獣', '兽'), ('産', '产'), ('畳', '叠'), ('発', '发'), ('県', '县'), ('砕', '碎'), ('稲', '稻'), ('穂', '穗'), ('穏', '稳'),
    ('窓', '窗'), ('竜', '龙'), ('粋', '粹'), ('粛', '肃'), ('糸', '丝'), ('経', '经'), ('絵', '绘'), ('続', '续'), ('緑', '绿'),
    ('縁', '缘'), ('縄', '绳'), ('縦', '纵'), ('繊', '纤'), ('聴', '听'), ('脳', '脑'), ('臓', '脏'), ('芸', '艺'), ('荘', '庄'),
    ('蔵', '藏'), ('薫', '熏'), ('薬', '药'), ('蛍', '萤'), ('覚', '觉'), ('覧', '览'), ('観', '观'), ('訳', '译'), ('説', '说'),
    ('読', '读'), ('謡', '谣'), ('譲', '让'), ('豊', '丰'), ('賛', '赞'), ('転', '转'), ('軽', '轻'), ('辺', '边'), ('逓', '递'),
    ('遅', '迟'), ('邉', '边'), ('郷', '乡'), ('酔', '醉'), ('醸', '酿'), ('釈', '释'), ('鉄', '铁'), ('鉱', '矿'), ('銭', '钱'),
    ('鋭', '锐'), ('録', '录'), ('関', '关'), ('闘', '斗'), ('陥', '陷'), ('険', '险'), ('隠', '隐'), ('雑', '杂'), ('霊', '灵'),
    ('頼', '赖'), ('顔', '颜'), ('顕', '显'), ('駅', '驿'), ('騒', '骚'), ('験', '验'), ('髄', '髓'), ('髙', '高'), ('鶏', '鸡'),
    ('黒', '黑'), ('黙', '默'), ('齢', '龄'), ('﨑', '崎'),
];

type Properties = BTreeMap<String, String>;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("give the folder of the Unihan database")?;
    let mut characters: BTreeMap<char, Properties> = BTreeMap::new();
    for file in FILES {
        let text = fs::read_to_string(format!("{folder}/{file}"))?;
        for line in text.lines().filter(|l| l.starts_with("U+")) {
            let mut fields = line.splitn(3, '\t');
            let (Some(code), Some(key), Some(value)) = (fields.next(), fields.next(), fields.next()) else {
                return Err(format!("{file}: {line}").into());
            };
            if let Some(c) = character(code) {
                characters.entry(c).or_default().insert(key.to_owned(), value.to_owned());
            }
        }
    }
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "char\tmandarin\tcantonese\tkorean\tjapanese\tsimplified")?;
    for (c, properties) in &characters {
        let (mandarin, cantonese) = (mandarin(*c, properties), cantonese(properties));
        // Compatibility characters fold to the ordinary ones before they are looked up.
        if !is_common(properties) || c.nfkc().ne([*c]) || mandarin.is_empty() {
            continue;
        }
        let (korean, japanese) =
            (of_either(properties, &characters, korean), of_either(properties, &characters, japanese));
        let simplified = simplified(*c, properties).map(String::from).unwrap_or_default();
        writeln!(out, "{c}\t{mandarin}\t{cantonese}\t{korean}\t{japanese}\t{simplified}")?;
    }
    Ok(out.flush()?)
}

/// The character of `U+4E00`, or of `U+4E00<kMatthews`.
fn character(code: &str) -> Option<char> {
    let digits = code.trim_start_matches("U+").split('<').next()?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

/// Whether a standard of China, Taiwan, Japan or Korea holds the character among the common ones.
fn is_common(of: &Properties) -> bool {
    let number = |key: &str, radix: u32| of.get(key).and_then(|v| u32::from_str_radix(v, radix).ok());
    // GB 2312: level 1 is rows 16 to 55. Big5: level 1 is A440 to C67E. JIS X 0208: level 1 is rows 16 to 47.
    number("kGB0", 10).is_some_and(|n| (1600..5600).contains(&n))
        || number("kBigFive", 16).is_some_and(|n| (0xA440..=0xC67E).contains(&n))
        || number("kJis0", 10).is_some_and(|n| n < 4800)
        // The general list of China: 3,500 characters in common use, 3,000 more for names and science.
        || of.get("kTGH").and_then(|v| v.split(':').nth(1)?.parse::<u32>().ok()).is_some_and(|n| n <= 6500)
        || ["kJoyoKanji", "kJinmeiyoKanji", "kKSC0", "kKoreanEducationHanja"].iter().any(|k| of.contains_key(*k))
}

/// The readings of a list, each once, no more than `most`.
fn listed(readings: impl IntoIterator<Item = String>, most: usize) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for reading in readings {
        if list.len() < most && !reading.is_empty() && !list.contains(&reading) {
            list.push(reading);
        }
    }
    list
}

/// Pinyin without tones, `v` for `ü`: the reading in names, the customary one, then those of dictionaries of today's
/// language.
fn mandarin(c: char, of: &Properties) -> String {
    let get = |key: &str| of.get(key).map(String::as_str).unwrap_or_default();
    let in_names = IN_NAMES.iter().filter(|(of, _)| *of == c).map(|(_, reading)| (*reading).to_owned());
    let customary = get("kMandarin").split(' ').take(1).map(toneless);
    let spoken = get("kHanyuPinlu").split(' ').filter_map(|r| r.split('(').next()).map(toneless);
    let standard = get("kTGHZ2013").split(' ').filter_map(|r| r.split(':').nth(1)?.split(',').next()).map(toneless);
    listed(in_names.chain(customary).chain(spoken).chain(standard), MOST_MANDARIN).join(" ")
}

/// A pinyin syllable without its tone.
fn toneless(syllable: &str) -> String {
    let mut out = String::new();
    for c in syllable.nfd() {
        match c {
            // The two dots of ü.
            '\u{308}' if out.ends_with('u') => {
                out.pop();
                out.push('v');
            }
            c if c.is_ascii_lowercase() => out.push(c),
            _ => {}
        }
    }
    out
}

/// Jyutping without tones.
fn cantonese(of: &Properties) -> String {
    let readings = of.get("kCantonese").map(String::as_str).unwrap_or_default().split(' ');
    listed(readings.map(|r| r.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()), 1).join(" ")
}

/// What a property gives for a character, or else for the traditional form of it.
fn of_either(of: &Properties, all: &BTreeMap<char, Properties>, property: fn(&Properties) -> String) -> String {
    let own = property(of);
    if !own.is_empty() {
        return own;
    }
    let forms = of.get("kTraditionalVariant").map(String::as_str).unwrap_or_default().split(' ').filter_map(character);
    forms.filter_map(|form| all.get(&form)).map(property).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The syllables of Korean; those used in names alone come last.
fn korean(of: &Properties) -> String {
    let readings = of.get("kHangul").map(String::as_str).unwrap_or_default().split(' ');
    listed(readings.filter_map(|r| r.split(':').next().map(|s| s.nfc().collect())), MOST_KOREAN).join(" ")
}

/// The readings of Japanese, on before kun, long vowels short; only characters that a Japanese standard holds.
fn japanese(of: &Properties) -> String {
    if !["kJis0", "kJoyoKanji", "kJinmeiyoKanji"].iter().any(|k| of.contains_key(*k)) {
        return String::new();
    }
    let get = |key: &str| of.get(key).map(String::as_str).unwrap_or_default().split(' ');
    let on = listed(get("kJapaneseOn").map(short_vowels), MOST_ON);
    let kun = get("kJapaneseKun").map(|r| stem(&r.to_ascii_lowercase()));
    listed(on.into_iter().chain(kun), MOST_JAPANESE).join(" ")
}

/// A romanized reading in lower case, long `o` and `u` short as news writes them.
fn short_vowels(reading: &str) -> String {
    let reading = reading.to_ascii_lowercase();
    reading.replace("ou", "o").replace("oo", "o").replace("uu", "u")
}

/// The part of a kun reading that names use: adjectives without their ending.
fn stem(reading: &str) -> String {
    let adjective = ["ai", "ii", "oi", "ui"].iter().any(|ending| reading.ends_with(ending));
    let stem = if let Some(stem) = reading.strip_suffix("shii") {
        stem
    } else if adjective && reading.len() > 3 {
        &reading[..reading.len() - 1]
    } else {
        reading
    };
    short_vowels(stem)
}

/// The simplified form, when it is another character.
fn simplified(c: char, of: &Properties) -> Option<char> {
    let of_japanese = OF_JAPANESE.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
    let mut forms =
        of.get("kSimplifiedVariant").map(String::as_str).unwrap_or_default().split(' ').filter_map(character);
    of_japanese.or_else(|| forms.find(|form| *form != c))
}
