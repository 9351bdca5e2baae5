//! As much of JSON Schema (draft 2020-12) as the schemas in `docs/` use, and how they are compared with the doc comments.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What does not fit, each with the pointer of the value. A keyword that it does not know fits nothing.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    check(schema, schema, value, "", &mut faults);
    faults
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    for (keyword, rule) in schema.as_object().unwrap() {
        let fits = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "format" | "additionalProperties" => {
                true
            }
            "$ref" => {
                let target = rule.as_str().unwrap().trim_start_matches('#');
                check(root, root.pointer(target).unwrap(), value, at, faults);
                true
            }
            "type" => types(rule).any(|one| is_type(one, value)),
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "minimum" => value.as_f64() >= rule.as_f64(),
            "minItems" => value
                .as_array()
                .is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value
                .as_array()
                .is_none_or(|items| items.len() as u64 <= rule.as_u64().unwrap()),
            "required" => is_complete(rule, value),
            "properties" => {
                let closed = schema["additionalProperties"] == false;
                properties(root, rule, closed, value, at, faults);
                true
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, item, &format!("{at}/{index}"), faults);
                }
                true
            }
            "anyOf" => matching(root, rule, value) >= 1,
            "oneOf" => matching(root, rule, value) == 1,
            _ => false,
        };
        if !fits {
            faults.push(format!("{at} breaks {keyword} {rule}"));
        }
    }
}

fn types(rule: &Value) -> impl Iterator<Item = &str> {
    let several = rule.as_array().into_iter().flatten();
    std::iter::once(rule)
        .chain(several)
        .filter_map(Value::as_str)
}

fn is_type(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        _ => false,
    }
}

fn is_complete(required: &Value, value: &Value) -> bool {
    let mut names = types(required);
    value
        .as_object()
        .is_none_or(|object| names.all(|name| object.contains_key(name)))
}

fn properties(
    root: &Value,
    rule: &Value,
    closed: bool,
    value: &Value,
    at: &str,
    faults: &mut Vec<String>,
) {
    for (key, item) in value.as_object().into_iter().flatten() {
        match rule.get(key) {
            Some(property) => check(root, property, item, &format!("{at}/{key}"), faults),
            None if closed => faults.push(format!("{at}/{key} is not known")),
            None => {}
        }
    }
}

fn matching(root: &Value, rules: &Value, value: &Value) -> usize {
    let fits = |rule: &&Value| {
        let mut faults = Vec::new();
        check(root, rule, value, "", &mut faults);
        faults.is_empty()
    };
    rules.as_array().unwrap().iter().filter(fits).count()
}

/// The descriptions of a schema by type and field: `FactEntry`, `FactEntry.id`, `OriginEntry.Cell.file`.
pub fn described(schema: &Value, root: &str) -> BTreeMap<String, String> {
    let mut described = BTreeMap::new();
    describe(root, schema, &mut described);
    for (name, one) in schema["$defs"].as_object().unwrap() {
        describe(name, one, &mut described);
        for variant in one["oneOf"].as_array().into_iter().flatten() {
            let kind = variant["properties"]["kind"]["const"].as_str().unwrap();
            let kind = kind[..1].to_uppercase() + &kind[1..];
            describe(&format!("{name}.{kind}"), variant, &mut described);
        }
    }
    described
}

fn describe(name: &str, schema: &Value, described: &mut BTreeMap<String, String>) {
    let mut note = |name: String, of: &Value| {
        described.insert(name, of["description"].as_str().unwrap().to_owned());
    };
    note(name.to_owned(), schema);
    let none = Map::new();
    for (field, property) in schema["properties"].as_object().unwrap_or(&none) {
        // What tells the variants apart is no field.
        if field != "kind" || property.get("const").is_none() {
            note(format!("{name}.{field}"), property);
        }
    }
}

/// The doc comments of a file's types and fields, under the same names.
pub fn documented(source: &str) -> BTreeMap<String, String> {
    let (mut said, mut doc, mut path) = (BTreeMap::new(), Vec::new(), Vec::new());
    for line in source.lines() {
        let (code, depth) = (line.trim(), (line.len() - line.trim_start().len()) / 4);
        if let Some(words) = code.strip_prefix("/// ") {
            doc.push(words);
            continue;
        }
        let declared = code.trim_start_matches("pub ");
        let is_constant = declared.starts_with("const ");
        let declared = declared
            .trim_start_matches("struct ")
            .trim_start_matches("enum ");
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let name = declared.split(|c| !is_name(c)).next().unwrap_or_default();
        if !doc.is_empty() && !name.is_empty() && !is_constant && !code.starts_with('#') {
            path.truncate(depth);
            path.push(name);
            said.insert(path.join("."), doc.join(" "));
        }
        if !code.starts_with('#') {
            doc.clear();
        }
    }
    said
}
