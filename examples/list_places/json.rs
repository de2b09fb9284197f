//! Reading the packages.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// A JSON file.
pub fn read(path: &Path) -> Result<Value, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?)
}

/// The texts of an object by key, in the order of the keys.
pub fn texts(object: &Value) -> Vec<(String, String)> {
    let fields = object.as_object().into_iter().flatten();
    let mut texts: Vec<_> = fields.filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned()))).collect();
    texts.sort();
    texts
}
