//! `index.html`: the bag for people, readable in any browser without a network.
//!
//! Comes in: what there is to say as JSON. Goes out: one page, in which every value is escaped. Must not name anything outside the bag.

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use serde_json::Value as Json;

/// The page with its placeholders.
const PAGE: &str = include_str!("index.html");

/// The bytes of the page.
///
/// # Errors
/// What the page asks for and `view` does not have.
pub fn html(view: &Json) -> Result<Vec<u8>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // A reference has no character that HTML minds.
    environment.add_filter("path", |text: String| {
        Value::from_safe_string(super::path::reference(&text))
    });
    environment.add_template("index.html", PAGE)?;
    let page = environment
        .get_template("index.html")?
        .render(value(view))?;
    Ok(page.into_bytes())
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::from(()),
        Json::Bool(truth) => Value::from(*truth),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::from(whole),
            None => Value::from(number.to_string()),
        },
        Json::String(text) => Value::from(text.clone()),
        Json::Array(items) => items.iter().map(value).collect(),
        Json::Object(fields) => {
            Value::from_pairs(fields.iter().map(|(key, one)| (key.clone(), value(one))))
        }
    }
}
