//! Names of people of which each word stands for itself: most names of most lists.
//!
//! `Omar Diaby`, `George W. Bush`: words of ASCII letters none of which is a particle, title, article or part of a compound, in
//! no language that writes the family's name first. What a word is in such a name does not depend on how the name is
//! written, so each word is read once. What comes out is what [`Name::new`](super::Name::new) reads.

use foldhash::{HashMap, HashMapExt};

use super::parse::plain::{self, Order, Seat};
use super::{Part, Role};
use crate::tables::{Flags, Lexicon, Tables};

/// Names of more words are read as others are.
const MOST_WORDS: usize = 8;

/// Words that were met in names, each read once.
#[derive(Debug)]
pub(crate) struct PlainWords {
    lexicon: Tables,
    words: Vec<Word>,
    /// By their letters, folded.
    numbers: HashMap<Box<str>, u32>,
}

#[derive(Debug)]
struct Word {
    part: Part,
    flags: Flags,
    /// Nothing, when it is more than a word.
    plain: bool,
    /// As the first of several it may be a family name.
    eastern: bool,
}

impl PlainWords {
    pub fn new() -> Self {
        Self { lexicon: Tables::none(), words: Vec::new(), numbers: HashMap::new() }
    }

    /// A word as the only part of a name.
    pub fn part(&self, word: u32) -> &Part {
        &self.words[word as usize].part
    }

    /// Reads a name: its words with their roles, and its folded text. Says no when it is no plain one.
    pub fn read(&mut self, surface: &str, text: &mut String, words: &mut Vec<(u32, Role)>) -> bool {
        text.clear();
        words.clear();
        for word in surface.split(' ') {
            let initial = word.strip_suffix('.').filter(|letter| letter.len() == 1);
            let letters = initial.unwrap_or(word);
            let is_plain = !letters.is_empty() && letters.bytes().all(|b| b.is_ascii_alphabetic());
            // Two or three capitals may be initials written together.
            let shouted = matches!(letters.len(), 2 | 3) && letters.bytes().all(|b| b.is_ascii_uppercase());
            if !is_plain || shouted || words.len() == MOST_WORDS {
                return false;
            }
            if !words.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(letters);
            text[start..].make_ascii_lowercase();
            let number = self.number(&text[start..]);
            let known = &self.words[number as usize];
            if !known.plain {
                return false;
            }
            words.push((number, known.part.role));
        }
        let first = words.first().map(|(word, _)| &self.words[*word as usize]);
        if first.is_none_or(|first| first.eastern && (2..=4).contains(&words.len())) {
            return false;
        }
        self.roles(words);
        true
    }

    fn roles(&self, words: &mut [(u32, Role)]) {
        let seat = |(word, role): (u32, Role)| {
            let word = &self.words[word as usize];
            Seat { text: &word.part.text, role, flags: word.flags }
        };
        let mut seats = [Seat { text: "", role: Role::Particle, flags: Flags::default() }; MOST_WORDS];
        for (to, &from) in seats.iter_mut().zip(words.iter()) {
            *to = seat(from);
        }
        match plain::order(&seats[..words.len()], None, false) {
            Order::Single(only) => words[only].1 = Role::Mononym,
            Order::Family(family) => {
                for i in family {
                    if words[i].1 == Role::Given {
                        words[i].1 = Role::Family;
                    }
                }
            }
            Order::Particles | Order::Given => {}
        }
    }

    fn number(&mut self, folded: &str) -> u32 {
        if let Some(&number) = self.numbers.get(folded) {
            return number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let word = word(folded, self.lexicon.lexicon());
        self.words.push(word);
        self.numbers.insert(folded.into(), number);
        number
    }
}

fn word(folded: &str, lexicon: &Lexicon) -> Word {
    let part = plain::part(folded, lexicon);
    let flags = lexicon.word(&part.text);
    Word { part, flags, plain: plain::is_plain(folded, lexicon), eastern: plain::is_eastern_family(folded) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::EntityKind;
    use crate::name::{Name, fold};

    #[test]
    fn reads_as_the_parser_does() {
        let mut plain = PlainWords::new();
        let (mut text, mut words) = (String::new(), Vec::new());
        let mut read = 0;
        let tables = Tables::embedded();
        let listed = tables.entities().flat_map(|entity| entity.aliases().map(|alias| alias.name));
        let further = [
            "Omar Diaby", "George W. Bush", "K. M. Smith", "Putin V. V.", "Putin Vladimir Vladimirovich",
            "Orban Viktor", "Gabriel Garcia Marquez", "omar diaby", "OMAR DIABY", "Cher", "U Thant", "Malcolm X",
            "Xi Jinping", "Abdulaziz Saud", "Nuri Al Maliki", "Salah Aldin", "King Charles", "Ivan Ivanovich Petrov",
            "J R R Tolkien", "AJ Smith", "Um Kim",
        ];
        for name in listed.chain(further) {
            if !plain.read(name, &mut text, &mut words) {
                continue;
            }
            read += 1;
            assert_eq!(text, fold(name), "{name}");
            let parsed = Name::new(name, EntityKind::Person);
            let own: Vec<Part> = words.iter().map(|&(word, role)| Part { role, ..plain.part(word).clone() }).collect();
            assert_eq!(own, parsed.parts, "{name}");
            assert!(parsed.readings.is_empty(), "{name}");
        }
        assert!(read > 3_000, "{read} plain names");
    }
}
