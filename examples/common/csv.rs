//! CSV as RFC 4180 has it, read a record at a time.

/// A record and the line that it begins on.
pub struct Record {
    pub line: usize,
    pub fields: Vec<String>,
}

/// All records of a text; quoted fields may hold commas, quotes (doubled) and line breaks.
pub fn records(text: &str) -> Result<Vec<Record>, (usize, &'static str)> {
    let mut records = Vec::new();
    let mut chars = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    let (mut line, mut begun) = (1, 1);
    let mut fields: Vec<String> = Vec::new();
    let mut field = String::new();
    let (mut quoted, mut empty) = (false, true);
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                field.push('"');
                chars.next();
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => (quoted, empty) = (true, false),
            ',' if !quoted => {
                fields.push(std::mem::take(&mut field));
                empty = false;
            }
            '\n' | '\r' if !quoted => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                line += 1;
                if !empty || !field.is_empty() {
                    fields.push(std::mem::take(&mut field));
                    records.push(Record { line: begun, fields: std::mem::take(&mut fields) });
                }
                (begun, empty) = (line, true);
            }
            _ => {
                line += usize::from(c == '\n');
                field.push(c);
                empty = false;
            }
        }
    }
    if quoted {
        return Err((begun, "a quoted field does not end"));
    }
    if !empty || !field.is_empty() {
        fields.push(field);
        records.push(Record { line: begun, fields });
    }
    Ok(records)
}

/// A field as CSV writes it.
#[allow(dead_code, reason = "only writers quote")]
pub fn quote(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

/// A file of named columns.
pub struct Sheet {
    pub columns: Vec<String>,
    pub rows: Vec<Record>,
}

impl Sheet {
    /// Reads a sheet whose header must hold all of `required`; rows of another length are an error.
    pub fn parse(file: &str, text: &str, required: &[&str]) -> Result<Self, String> {
        let mut rows = records(text).map_err(|(line, reason)| format!("{file}:{line}: {reason}"))?;
        if rows.is_empty() {
            return Err(format!("{file}:1: no header (columns: {})", required.join(",")));
        }
        let columns = rows.remove(0).fields;
        if let Some(missing) = required.iter().find(|c| !columns.iter().any(|have| have == *c)) {
            return Err(format!("{file}:1: column '{missing}' is missing"));
        }
        if let Some(row) = rows.iter().find(|r| r.fields.len() != columns.len()) {
            let (have, want) = (row.fields.len(), columns.len());
            return Err(format!("{file}:{}: {have} fields, but the header has {want}", row.line));
        }
        Ok(Self { columns, rows })
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == name)
    }
}
