//! Tokens and sentences, with their places in the text.
//!
//! One pass over the characters. Tokens are ordered, disjoint and on character boundaries; white space belongs to none.
//! What a name may begin or end at is a token boundary, so hyphen chains are taken apart (`al-Qaeda-linked` is five
//! tokens) and a possessive `'s` stands alone.
//!
//! # Limits
//!
//! A run of Han, kana, Thai or another script written without spaces is one token. A sentence that ends in an
//! abbreviation (`... of Acme Corp. The ...`) is told from one that does not by the word that follows.
//!
//! # Examples
//!
//! ```
//! use allonym::token::{TokenKind, Tokenized};
//!
//! let text = "Al-Sharaa's visit, on www.sana.sy";
//! let kinds: Vec<TokenKind> = Tokenized::new(text).tokens().iter().map(|token| token.kind).collect();
//! assert_eq!(kinds[3], TokenKind::Possessive);
//! assert_eq!(kinds.last(), Some(&TokenKind::Link));
//! ```

use crate::span::Span;

mod scan;
mod sentences;

pub use sentences::{Sentence, Style};

/// What a token is made of.
///
/// # Examples
///
/// ```
/// use allonym::token::{TokenKind, Tokenized};
///
/// let kinds = |text| Tokenized::new(text).tokens().iter().map(|token| token.kind).collect::<Vec<_>>();
/// assert_eq!(kinds("U.S. 7,000 @sohr"), [TokenKind::Initialism, TokenKind::Number, TokenKind::Handle]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Letters, perhaps with digits, marks and apostrophes inside.
    Word,
    /// Letters each followed by a full stop: `U.S.`, `a.k.a.`
    Initialism,
    /// Digits, perhaps with separators inside.
    Number,
    /// A possessive `'s`.
    Possessive,
    /// One punctuation character.
    Punctuation,
    /// Any other visible character, such as an emoji or a lone combining mark.
    Symbol,
    /// An address: URL, domain or e-mail.
    Link,
    /// A `@handle` or `#hashtag`.
    Handle,
    /// An HTML tag or entity.
    Markup,
}

/// How the letters of a token are cased.
///
/// # Examples
///
/// ```
/// use allonym::token::{Shape, Tokenized};
///
/// let shapes = |text| Tokenized::new(text).tokens().iter().map(|token| token.shape).collect::<Vec<_>>();
/// assert_eq!(shapes("Idlib SOHR WaPo iPhone"), [Shape::Capital, Shape::Upper, Shape::Camel, Shape::Inner]);
/// assert!(Shape::Camel.is_capitalized() && !Shape::Inner.is_capitalized());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// No letter, or a script without case.
    Uncased,
    /// `idlib`
    Lower,
    /// `Idlib`, `O'Brien`
    Capital,
    /// `SOHR`, `U.S.`; two letters or more
    Upper,
    /// `J`
    Initial,
    /// `WaPo`, `McDonald`: a capital first, more inside.
    Camel,
    /// `iPhone`
    Inner,
}

impl Shape {
    /// Whether the first letter is a capital.
    #[must_use]
    pub fn is_capitalized(self) -> bool {
        matches!(self, Self::Capital | Self::Upper | Self::Initial | Self::Camel)
    }
}

/// The white space before a token.
///
/// # Examples
///
/// ```
/// use allonym::token::{Gap, Tokenized};
///
/// let gaps: Vec<Gap> = Tokenized::new("Idlib\n\nIt fell.").tokens().iter().map(|token| token.gap).collect();
/// assert_eq!(gaps, [Gap::Paragraph, Gap::Paragraph, Gap::Space, Gap::None]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// None: it touches the token before.
    None,
    /// White space within a line.
    Space,
    /// One line break.
    Line,
    /// A blank line, or the start of the text.
    Paragraph,
}

/// A word, number, sign or the like.
///
/// # Examples
///
/// ```
/// use allonym::token::Tokenized;
///
/// let text = "Idlib fell.";
/// let tokenized = Tokenized::new(text);
/// let token = tokenized.tokens()[0];
/// assert_eq!(&text[token.span], "Idlib");
/// assert!(token.is_word() && token.is_capitalized());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its place, in bytes.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// How its letters are cased.
    pub shape: Shape,
    /// What is before it.
    pub gap: Gap,
}

impl Token {
    /// Whether it is a word or an initialism.
    #[must_use]
    pub fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Initialism)
    }

    /// Whether it is a word or an initialism with a capital first.
    #[must_use]
    pub fn is_capitalized(&self) -> bool {
        self.is_word() && self.shape.is_capitalized()
    }
}

/// A text cut into tokens and sentences.
///
/// # Cost
///
/// Linear in the text; about 40 bytes a token.
///
/// # Examples
///
/// ```
/// use allonym::token::Tokenized;
///
/// let text = "The al-Qaeda-linked group left the U.S. on Monday. It's over.";
/// let tokenized = Tokenized::new(text);
/// let words: Vec<&str> = tokenized.tokens().iter().map(|t| &text[t.span]).collect();
/// assert_eq!(words[..9], ["The", "al", "-", "Qaeda", "-", "linked", "group", "left", "the"]);
/// assert_eq!(words[9], "U.S.");
/// assert_eq!(tokenized.sentences().len(), 2);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Tokenized {
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
}

impl Tokenized {
    /// Cuts a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let tokens = scan::scan(text);
        let sentences = sentences::split(text, &tokens);
        Self { tokens, sentences }
    }

    /// The tokens, in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The sentences, in order; together they hold every token once.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }
}

/// Whether the character is one of the signs that are written for an apostrophe or for ayn and hamza.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '`' | '´' | '＇' | 'ʹ')
}

/// Whether the character joins the parts of a hyphenated word.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '־' | '－')
}

/// Whether the character opens or closes a quotation.
pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '＂' | '‘' | '’' | '\'' | '‚')
}
