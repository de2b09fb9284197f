//! The Arabic article, as romanizations write it.

/// Articles that begin a name when a hyphen ties them to its capital: `al-Jolani`.
pub(crate) const ARTICLES: [&str; 20] = [
    "al", "el", "ul", "an", "ar", "as", "at", "az", "ash", "ad", "ed", "er", "es", "et", "ez", "esh", "adh", "ath",
    "ur", "us",
];

/// Whether a word is an Arabic article, in any case.
pub(crate) fn is_article(word: &str) -> bool {
    matches!(word.len(), 2 | 3) && ARTICLES.iter().any(|article| article.eq_ignore_ascii_case(word))
}
