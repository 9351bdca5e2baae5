//! Who takes part and who steers.

use jsonc_parser::ast;

use crate::model::{Administration, Body, BodyRole, MeetingRange, Occasions, Party, Secretariat};
use crate::read::context::Context;
use crate::read::decode::{id, one_of, reference, small_count, text, year};
use crate::read::json::Object;
use crate::read::json::value::list;
use crate::read::json::value::object;
use crate::read::references::Kind;
use crate::read::value::{Raw, Record, Value};

const ROLES: &[(&str, BodyRole)] = &[
    ("steering", BodyRole::Steering),
    ("working", BodyRole::Working),
    ("committee", BodyRole::Committee),
];

/// Decodes an entry of `parties`.
pub(super) fn party(node: &Object<'_>, cx: &mut Context) -> Option<Party> {
    let id = node.need("id", id, cx);
    let name = node.need("name", text, cx);
    let short = node.need("short", text, cx);
    let certificate_names = node.may("certificate_names", list(text), cx);
    Some(Party {
        id: id?,
        name: name?,
        short: short?,
        certificate_names: certificate_names?.unwrap_or_default(),
    })
}

/// Decodes an entry of `administrations`.
pub(super) fn administration(node: &Object<'_>, cx: &mut Context) -> Option<Administration> {
    let id = node.need("id", id, cx);
    let abbreviation = node.need("abbreviation", text, cx);
    let name = node.need("name", text, cx);
    let party = node.need("party", reference(Kind::Party), cx);
    Some(Administration {
        id: id?,
        abbreviation: abbreviation?,
        name: name?,
        party: party?,
    })
}

/// Decodes an entry of `bodies`.
pub(super) fn body(node: &Object<'_>, cx: &mut Context) -> Option<Body> {
    let id = node.need("id", id, cx);
    let name = node.need("name", text, cx);
    let abbreviation = node.may("abbreviation", text, cx);
    let role = node.need("role", one_of(ROLES), cx);
    let meetings_per_year = node.may("meetings_per_year", object(meeting_range), cx);
    let approval = node.may("approval", occasions, cx);
    let status = node.may("status", occasions, cx);
    Some(Body {
        id: id?,
        name: name?,
        abbreviation: abbreviation?,
        role: role?,
        meetings_per_year: meetings_per_year?,
        approval: approval?.unwrap_or(Occasions::Never),
        status: status?.unwrap_or(Occasions::Never),
    })
}

/// Decodes `secretariat`.
pub(super) fn secretariat(node: &Object<'_>, cx: &mut Context) -> Option<Secretariat> {
    let unit = node.need("unit", text, cx);
    let administration = node.need("administration", reference(Kind::Administration), cx);
    Some(Secretariat {
        unit: unit?,
        administration: administration?,
    })
}

fn meeting_range(node: &Object<'_>, cx: &mut Context) -> Option<MeetingRange> {
    let min = node.need("min", small_count, cx);
    let max = node.need("max", small_count, cx);
    Some(MeetingRange {
        min: min?,
        max: max?,
    })
}

/// `"yearly"`, or a list of years.
fn occasions(value: &Value<'_>, cx: &mut Context) -> Option<Occasions> {
    match value.raw {
        Raw::Json(ast::Value::Array(_)) => list(year)(value, cx).map(Occasions::Years),
        Raw::Json(ast::Value::StringLit(_)) => {
            one_of(&[("yearly", ())])(value, cx).map(|_| Occasions::Yearly)
        }
        _ => value.wrong_type("\"yearly\", a list of years or null", cx),
    }
}
