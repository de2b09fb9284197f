//! JSON that no browser takes for markup, wherever in a page it stands.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// Writes what could end an element or begin a comment, `<`, `>` and `&`, and the line ends that scripts know beyond those of
/// JSON, as escapes.
struct Inert(CompactFormatter);

impl Formatter for Inert {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices() {
            let escape: &[u8] = match c {
                '<' => b"\\u003c",
                '>' => b"\\u003e",
                '&' => b"\\u0026",
                '\u{2028}' => b"\\u2028",
                '\u{2029}' => b"\\u2029",
                _ => continue,
            };
            out.write_all(&fragment.as_bytes()[written..at])?;
            out.write_all(escape)?;
            written = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }
}

/// Writes a value.
pub(super) fn write(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Inert(CompactFormatter)))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_json_still() {
        for text in ["", "a", "<", "</script><!--&amp;-->\u{2028}x\u{2029}", "\"<\\>\"", "é<é>é\u{0}\u{1f}]]>"] {
            let mut out = Vec::new();
            super::write(&vec![text], &mut out).unwrap();
            let written = String::from_utf8(out).unwrap();
            assert!(!written.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{written}");
            assert_eq!(serde_json::from_str::<Vec<String>>(&written).unwrap(), [text]);
        }
    }
}
