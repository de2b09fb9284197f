//! Seeded text and names: the same on every machine and in every run. The peers' bench takes them, too.

/// The sample articles, as five outlets would write them.
pub const ARTICLES: [&str; 5] = [
    include_str!("../../examples/articles/01-wire.txt"),
    include_str!("../../examples/articles/02-daily.txt"),
    include_str!("../../examples/articles/03-magazine.txt"),
    include_str!("../../examples/articles/04-local-agency.txt"),
    include_str!("../../examples/articles/05-analysis.txt"),
];

/// The sample articles, over and over, until there are `bytes` of them.
pub fn articles(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 2_000);
    for article in ARTICLES.iter().cycle() {
        if text.len() >= bytes {
            break;
        }
        text.push_str(article);
        text.push('\n');
    }
    text
}

/// A generator of numbers (`SplitMix64`), so that no seed of the system comes in.
#[derive(Clone, Debug)]
pub struct Seeded(u64);

impl Seeded {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or_default()
    }

    /// Once in `often` times.
    pub fn once_in(&mut self, often: usize) -> bool {
        self.below(often) == 0
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Given names, each with its other spellings.
const GIVEN: [&[&str]; 24] = [
    &["Ahmed", "Ahmad", "Ahmet"],
    &["Muhammad", "Mohammed", "Mohamed", "Mohammad"],
    &["Yusuf", "Yousef", "Youssef"],
    &["Hussein", "Hussain", "Husayn"],
    &["Khaled", "Khalid"],
    &["Umar", "Omar"],
    &["Nasser", "Nasir"],
    &["Dmitry", "Dmitri", "Dmitriy"],
    &["Alexei", "Aleksei", "Alexey"],
    &["Sergei", "Sergey"],
    &["Oleksandr", "Olexandr"],
    &["Yevgeny", "Evgeny", "Yevgeni"],
    &["Catherine", "Katherine"],
    &["Stephen", "Steven"],
    &["Jose", "José"],
    &["Francois", "François"],
    &["Ibrahim", "Ebrahim"],
    &["Fatima", "Fatimah"],
    &["Layla", "Leila", "Laila"],
    &["Samir", "Sameer"],
    &["Tariq", "Tarek", "Tareq"],
    &["Viktor", "Victor"],
    &["Marta"],
    &["Ingrid"],
];

/// Family names: a first and a second half, each with its other spellings.
const HEADS: [&[&str]; 20] = [
    &["al-Kh", "Al Kh", "el-Kh"],
    &["al-Sh", "Al-Sh", "ash-Sh"],
    &["Bar"],
    &["Dem", "Diem"],
    &["Fer"],
    &["Gol"],
    &["Has", "Hass"],
    &["Jab"],
    &["Kor"],
    &["Lind"],
    &["Mar"],
    &["Nov"],
    &["Ost"],
    &["Pet"],
    &["Qad", "Kad"],
    &["Rost"],
    &["Sal"],
    &["Tur"],
    &["Vol"],
    &["Zam"],
];
const TAILS: [&[&str]; 12] = [
    &["abani", "abany"],
    &["awi", "aoui"],
    &["enko"],
    &["ersen"],
    &["iani"],
    &["idze"],
    &["ouri", "uri"],
    &["ovich", "ovic"],
    &["ovsky", "ovski", "ovskiy"],
    &["uddin", "eddine"],
    &["ullah", "ollah"],
    &["velli"],
];

const TOWNS: [&str; 12] = ["Har", "Sel", "Bur", "Kef", "Ard", "Mal", "Tor", "Dal", "Ver", "Ost", "Lim", "Gar"];
const TOWN_ENDS: [&str; 10] = ["mina", "qin", "grad", "vale", "stan", "aya", "osk", "ebba", "illa", "oun"];

const REALMS: [&str; 10] =
    ["Northern", "Coastal", "Highland", "Eastern", "Western", "Mountain", "Valley", "Desert", "Riverside", "Island"];
const MATTERS: [&str; 10] = [
    "Liberation", "Development", "Human Rights", "Reconstruction", "Press", "Trade", "Health", "Water", "Election",
    "Education",
];
const BODIES: [&str; 8] = ["Front", "Council", "Observatory", "Agency", "Party", "Brigade", "University", "Committee"];

/// Somebody, or something, under all the names that the documents give it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bearer {
    pub given: usize,
    pub head: usize,
    pub tail: usize,
}

impl Bearer {
    /// One of `GIVEN * HEADS * TAILS` people; different numbers are different people with different names.
    pub fn numbered(number: usize) -> Self {
        // Steps that share no factor with the lengths spread neighbours over the lists.
        let given = number * 5 % GIVEN.len();
        let head = (number / GIVEN.len() * 7 + number) % HEADS.len();
        let tail = (number / (GIVEN.len() * HEADS.len()) * 5 + number) % TAILS.len();
        Self { given, head, tail }
    }

    pub fn family(&self, seeded: &mut Seeded) -> String {
        format!("{}{}", seeded.pick(HEADS[self.head]), seeded.pick(TAILS[self.tail]))
    }

    pub fn full(&self, seeded: &mut Seeded) -> String {
        format!("{} {}", seeded.pick(GIVEN[self.given]), self.family(seeded))
    }
}

/// Syllables between the halves of family names.
const MIDDLES: [&str; 16] =
    ["", "ab", "ad", "al", "am", "an", "ar", "eb", "el", "em", "er", "il", "in", "ol", "om", "ur"];

/// The name of a made-up person, whose family name is one of some thousands.
pub fn person(seeded: &mut Seeded) -> String {
    let given = if seeded.once_in(2) {
        let given = seeded.below(GIVEN.len());
        (*seeded.pick(GIVEN[given])).to_owned()
    } else {
        format!("{}{}", seeded.pick(&TOWNS), seeded.pick(&TOWN_ENDS))
    };
    let (head, tail) = (seeded.below(HEADS.len()), seeded.below(TAILS.len()));
    let middle = seeded.pick(&MIDDLES);
    format!("{given} {}{middle}{}", seeded.pick(HEADS[head]), seeded.pick(TAILS[tail]))
}

/// The name of a made-up town.
pub fn town(number: usize) -> String {
    format!("{}{}", TOWNS[number % TOWNS.len()], TOWN_ENDS[(number / TOWNS.len() + number) % TOWN_ENDS.len()])
}

/// The name of a made-up organization, and its acronym.
pub fn body(number: usize) -> (String, String) {
    let realm = REALMS[number % REALMS.len()];
    let matter = MATTERS[(number / REALMS.len() + number) % MATTERS.len()];
    let body = BODIES[number / 3 % BODIES.len()];
    let name = format!("{realm} {matter} {body}");
    let acronym = name.split(' ').filter_map(|word| word.chars().next()).collect();
    (name, acronym)
}

/// News of people, towns and bodies that change from report to report, until there are `bytes` of it.
pub fn news(bytes: usize, seed: u64) -> String {
    let mut seeded = Seeded::new(seed);
    let mut text = String::with_capacity(bytes + 2_000);
    while text.len() < bytes {
        report(&mut text, &mut seeded);
    }
    text
}

fn report(text: &mut String, seeded: &mut Seeded) {
    const OFFICES: [&str; 5] = ["President", "Foreign Minister", "General", "spokesman", "Judge"];
    const DEEDS: [&str; 5] = [
        "said on Monday that the talks would go on",
        "denied the report",
        "left the city before dawn, residents said",
        "told reporters that 1,200 people had been counted",
        "met officials who did not want to be named",
    ];
    let (one, two) = (Bearer::numbered(seeded.below(5_000)), Bearer::numbered(seeded.below(5_000)));
    let (name, acronym) = body(seeded.below(800));
    let (near, far) = (town(seeded.below(120)), town(seeded.below(120)));
    let sentences = [
        format!("{} {} {}.", seeded.pick(&OFFICES), one.full(seeded), seeded.pick(&DEEDS)),
        format!("The {name} ({acronym}) said that the road from {near} to the town of {far} was closed."),
        format!("“We saw nothing,” said {}, who lives near {far}.", two.full(seeded)),
        format!("{} {}, and the {acronym} agreed.", one.family(seeded), seeded.pick(&DEEDS)),
        format!("Two weeks earlier, {} had gone to Paris and Geneva.", two.family(seeded)),
    ];
    for sentence in &sentences {
        text.push_str(sentence);
        text.push(' ');
    }
    text.push_str("\n\n");
}
