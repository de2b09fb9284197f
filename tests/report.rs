//! The report as a page: what it holds is data to a browser, whatever the names, and stands where it says.

use allonym::{
    Claim, Corpus, EntityKind, Extraction, Extractor, Mention, Relation, Resolution, Resolver, Span, export,
};
use serde_json::Value;

/// Names that would do something where they are taken for something else than text.
const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "\"><img src=x onerror=alert(3)>",
    "O'Neil \"The Rat\" `${alert(4)}`",
    "Ray ]]> <![CDATA[ Charles",
    "Anna <!--<script> Berg",
    "Tom &lt;b&gt; &amp; Jerry",
    "Rami \u{202e}gpj.exe\u{202c} Haddad",
    "Line\u{2028}Break\u{2029}Two",
    "Nul\0 Bell\u{7} Back\\slash\\",
    "{{data}} {{script}}",
    "𐍈𐌰𐌹𐍂𐌰𐌱𐌰 İzmir 👩‍🚀",
];

fn page(corpus: &Corpus, resolution: &Resolution, texts: &[String]) -> String {
    let mut out = Vec::new();
    export::html(corpus, resolution, texts, &mut out).expect("memory takes all");
    String::from_utf8(out).expect("a page is UTF-8")
}

/// The elements that hold data, by id, and the page without what they hold.
fn split(page: &str) -> (Vec<(String, Value)>, String) {
    let (mut data, mut frame) = (Vec::new(), String::new());
    let mut parts = page.split("<script type=\"application/json\" id=\"data-");
    frame.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (id, rest) = part.split_once("\">").expect("an element has an end");
        let (json, rest) = rest.split_once("</script>").expect("an element is closed");
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{id} could end its element");
        data.push((id.to_owned(), serde_json::from_str(json).unwrap_or_else(|e| panic!("{id}: {e}"))));
        frame.push_str(rest.strip_prefix('\n').unwrap_or(rest));
    }
    (data, frame)
}

fn get<'d>(data: &'d [(String, Value)], id: &str) -> &'d Value {
    &data.iter().find(|(own, _)| own == id).unwrap_or_else(|| panic!("no {id}")).1
}

/// Each mention's surface form, cut out of the text by the page's numbers; `None` where it has no place.
fn cut(data: &[(String, Value)], document: usize) -> Vec<Option<String>> {
    let text = data.iter().find(|(id, _)| *id == format!("t{document}")).and_then(|(_, text)| text.as_str());
    let units: Vec<u16> = text.unwrap_or_default().encode_utf16().collect();
    let numbers = get(data, "documents")[document][1].as_array().expect("numbers");
    let place = |at: &Value| usize::try_from(at.as_i64().expect("a number")).ok();
    let surface = |five: &[Value]| Some(String::from_utf16_lossy(&units[place(&five[0])?..place(&five[1])?]));
    numbers.chunks(5).map(surface).collect()
}

#[test]
fn names_and_texts_are_data() {
    let mut text = String::new();
    let mut mentions = Vec::new();
    for name in HOSTILE {
        text += "It was ";
        let start = text.len();
        text += name;
        mentions.push(Mention::new(name, EntityKind::Person).at(Span::new(start, text.len())));
        text += ", they said. ";
    }
    let long = "x".repeat(10_000);
    mentions.push(Mention::new(long.as_str(), EntityKind::Organization));
    let mut document = Extraction::new("</script><b>.txt", mentions);
    document.claims.push(Claim::new(0, 1, Relation::SameAs, "</script>", "</script><i>"));
    let corpus: Corpus = [document].into_iter().collect();
    let resolution = Resolver::embedded().resolve(&corpus);
    let (data, frame) = split(&page(&corpus, &resolution, &[text.clone()]));
    let (empty, plain) = split(&page(&Corpus::new(), &Resolver::embedded().resolve(&Corpus::new()), &[]));
    assert_eq!(frame, plain, "data changes the page itself");
    assert_eq!(data.len(), empty.len() + 1, "the text is one element more");
    assert_eq!(get(&data, "t0").as_str(), Some(text.as_str()));
    let entities = get(&data, "entities").as_array().expect("a list");
    let aliases: Vec<&str> =
        entities.iter().flat_map(|e| e[4].as_array().expect("names")).filter_map(|alias| alias[0].as_str()).collect();
    for name in HOSTILE.iter().copied().chain([long.as_str()]) {
        assert!(aliases.contains(&name), "{name} is lost");
    }
    let surfaces = cut(&data, 0);
    for (surface, name) in surfaces.iter().zip(HOSTILE) {
        assert_eq!(surface.as_deref(), Some(name));
    }
    assert_eq!(surfaces[HOSTILE.len()], None, "it stands nowhere");
}

#[test]
fn every_mention_is_cut_out_by_its_numbers() {
    let texts = [
        "👩‍🚀 İdlib — Omar Omsen left the town of Harem. Omsin, also known as Omar Diaby, is free.".to_owned(),
        "Fighters of Omar Omsin in Harim, Syria. 𐍈 Damascus denied it.".to_owned(),
    ];
    let extractor = Extractor::embedded();
    let corpus: Corpus = texts.iter().enumerate().map(|(i, text)| extractor.extract(&format!("{i}"), text)).collect();
    let resolution = Resolver::embedded().resolve(&corpus);
    let page = page(&corpus, &resolution, &texts);
    let (data, _) = split(&page);
    for (d, document) in corpus.documents().iter().enumerate() {
        assert!(document.mentions.len() > 2);
        let wanted: Vec<Option<String>> = document.mentions.iter().map(|m| Some(m.surface.clone())).collect();
        assert_eq!(cut(&data, d), wanted);
    }
    // Each link and each open decision carries evidence that sums up to its weight.
    for (list, evidence, weight) in [("links", 5, 4), ("near", 5, 4), ("review", 5, 4)] {
        for item in get(&data, list).as_array().expect("a list") {
            let pieces = item[evidence].as_array().expect("evidence");
            let sum: i64 = pieces.iter().filter_map(|piece| piece[3].as_i64()).sum();
            assert_eq!(Some(sum), item[weight].as_i64(), "{list}: {item}");
        }
    }
}

#[test]
fn what_another_extractor_got_wrong_does_no_harm() {
    let text = "Omar Omsen é Omar Omsen".to_owned();
    let at = |name: &str, start, end| Mention::new(name, EntityKind::Person).at(Span::new(start, end));
    let mentions = vec![
        at("Omar Omsen", 14, 24),
        at("Omsen", 5, 10),
        at("Omar Omsen", 0, 10),
        at("é", 12, 13),
        at("Omar", 900, 904),
        at("Khalid", 0, 10),
    ];
    let corpus: Corpus = [Extraction::new("a", mentions.clone()), Extraction::new("b", mentions)].into_iter().collect();
    let resolution = Resolver::embedded().resolve(&corpus);
    // The second document has no text, and there is one text too many.
    let (data, _) = split(&page(&corpus, &resolution, &[text, String::new(), "unused".to_owned()]));
    let placed = |surface: &str| Some(surface.to_owned());
    assert_eq!(cut(&data, 0), [placed("Omar Omsen"), None, placed("Omar Omsen"), None, None, None]);
    assert_eq!(cut(&data, 1), [None, None, None, None, None, None]);
    assert!(data.iter().all(|(id, _)| id != "t1" && id != "t2"));
}
