//! The units that offsets into a text are counted in.

use crate::span::Span;

/// What offsets into a text count. The crate's own spans count bytes; Python counts characters, JavaScript and Java UTF-16.
///
/// # Examples
///
/// ```
/// use allonym::Span;
/// use allonym::export::Unit;
///
/// let text = "🚀 İdlib";
/// let span = Span::new(5, 11);
/// assert_eq!(&text[span], "İdlib");
/// assert_eq!(Unit::Chars.of_bytes(text, span), Some(Span::new(2, 7)));
/// assert_eq!(Unit::Utf16.of_bytes(text, span), Some(Span::new(3, 8)));
/// assert_eq!(Unit::Utf16.to_bytes(text, Span::new(3, 8)), Some(span));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Characters: Unicode scalar values.
    Chars,
    /// Code units of UTF-16: a character beyond U+FFFF, such as most emoji, is two.
    Utf16,
}

impl Unit {
    /// All units.
    pub const ALL: [Self; 3] = [Self::Bytes, Self::Chars, Self::Utf16];

    /// A span of bytes in this unit; `None` when it lies outside the text or cuts a character.
    ///
    /// # Cost
    ///
    /// Linear in the text before the span's end.
    #[must_use]
    pub fn of_bytes(self, text: &str, span: Span) -> Option<Span> {
        let inside = text.get(span.start..span.end)?;
        let start = self.length(&text[..span.start]);
        Some(Span::new(start, start + self.length(inside)))
    }

    /// A span of this unit in bytes; `None` when it lies outside the text or cuts a character.
    ///
    /// # Cost
    ///
    /// Linear in the text before the span's end.
    #[must_use]
    pub fn to_bytes(self, text: &str, span: Span) -> Option<Span> {
        let byte = |wanted: usize| {
            let mut counted = 0;
            let ends = text.char_indices().map(|(at, c)| (at + c.len_utf8(), self.of_char(c)));
            let mut places = std::iter::once((0, 0)).chain(ends);
            places.find_map(|(at, length)| {
                counted += length;
                (counted >= wanted).then_some((at, counted == wanted))
            })
        };
        match (byte(span.start)?, byte(span.end)?) {
            ((start, true), (end, true)) if start <= end => Some(Span { start, end }),
            _ => None,
        }
    }

    fn of_char(self, c: char) -> usize {
        match self {
            Self::Bytes => c.len_utf8(),
            Self::Chars => 1,
            Self::Utf16 => c.len_utf16(),
        }
    }

    fn length(self, text: &str) -> usize {
        match self {
            Self::Bytes => text.len(),
            Self::Chars => text.chars().count(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }
}

/// Turns the bytes of one text into a unit, in one pass when they come in order.
pub(super) struct Offsets<'t> {
    text: &'t str,
    unit: Unit,
    byte: usize,
    counted: usize,
}

impl<'t> Offsets<'t> {
    pub(super) fn new(text: &'t str, unit: Unit) -> Self {
        Self { text, unit, byte: 0, counted: 0 }
    }

    /// The span, which must be one of the text, in the unit.
    pub(super) fn of(&mut self, span: Span) -> Span {
        let start = self.at(span.start);
        Span::new(start, self.at(span.end))
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.counted) = (0, 0);
        }
        self.counted += self.unit.length(self.text.get(self.byte..byte).unwrap_or_default());
        self.byte = byte;
        self.counted
    }
}
