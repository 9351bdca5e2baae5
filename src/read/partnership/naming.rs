//! Names, the area in words, sources and periods.

use chrono::NaiveDate;

use crate::diagnostic::Located;
use crate::model::{Area, AreaKind, Extension, ForbiddenForm, Names, Periods, Source, YearSpan};
use crate::read::context::Context;
use crate::read::decode::{date, id, one_of, reference, text, year};
use crate::read::json::Object;
use crate::read::json::value::{list, object};
use crate::read::references::Kind;
use crate::read::value::Record;

const AREA_KINDS: &[(&str, AreaKind)] = &[
    ("estate", AreaKind::Estate),
    ("deprived_area", AreaKind::DeprivedArea),
    ("urban_renewal", AreaKind::UrbanRenewal),
];

/// Decodes `names`.
pub(super) fn names(node: &Object<'_>, cx: &mut Context) -> Option<Names> {
    let canonical = node.need("canonical", text, cx);
    let short = node.need("short", text, cx);
    let aliases = node.need("aliases", list(text), cx);
    let forbidden = node.may("forbidden", list(object(forbidden_form)), cx);
    Some(Names {
        canonical: canonical?,
        short: short?,
        aliases: aliases?,
        forbidden: forbidden?.unwrap_or_default(),
    })
}

fn forbidden_form(node: &Object<'_>, cx: &mut Context) -> Option<ForbiddenForm> {
    let form = node.need("form", text, cx);
    let instead = node.need("use", text, cx);
    Some(ForbiddenForm {
        form: form?,
        instead: instead?,
    })
}

/// Decodes `area`.
pub(super) fn area(node: &Object<'_>, cx: &mut Context) -> Option<Area> {
    let name = node.need("name", text, cx);
    let kind = node.need("kind", one_of(AREA_KINDS), cx);
    let description = node.need("description", text, cx);
    let district = node.may("district", text, cx);
    let city = node.need("city", text, cx);
    let city_genitive = node.need("city_genitive", text, cx);
    let caveat = node.may("caveat", text, cx);
    Some(Area {
        name: name?,
        kind: kind?,
        description: description?,
        district: district?,
        city: city?,
        city_genitive: city_genitive?,
        caveat: caveat?,
    })
}

/// Decodes an entry of `sources`.
pub(super) fn source(node: &Object<'_>, cx: &mut Context) -> Option<Source> {
    let id = node.need("id", id, cx);
    let title = node.need("title", text, cx);
    let publisher = node.may("publisher", text, cx);
    let url = node.may("url", text, cx);
    let retrieved = node.may("retrieved", date, cx);
    Some(Source {
        id: id?,
        title: title?,
        publisher: publisher?,
        url: url?,
        retrieved: retrieved?,
    })
}

/// Decodes `periods`.
pub(super) fn periods(node: &Object<'_>, cx: &mut Context) -> Option<Periods> {
    let title = node.need("title", object(years), cx);
    let validity = node.need("validity", object(validity), cx);
    let budget = node.need("budget", object(budget), cx);
    let extensions = node.need("extensions", list(object(extension)), cx);
    let ((valid_from, valid_to), (budget_from, budget_to)) = (validity?, budget?);
    Some(Periods {
        title: title?,
        valid_from,
        valid_to,
        budget_from,
        budget_to,
        extensions: extensions?,
    })
}

fn years(node: &Object<'_>, cx: &mut Context) -> Option<YearSpan> {
    let from = node.need("from", year, cx);
    let to = node.need("to", year, cx);
    Some(YearSpan {
        from: from?,
        to: to?,
    })
}

fn validity(
    node: &Object<'_>,
    cx: &mut Context,
) -> Option<(Option<Located<NaiveDate>>, Located<NaiveDate>)> {
    let from = node.may("from", date, cx);
    let to = node.need("to", date, cx);
    Some((from?, to?))
}

fn budget(node: &Object<'_>, cx: &mut Context) -> Option<(Located<NaiveDate>, Located<NaiveDate>)> {
    let from = node.need("from", date, cx);
    let to = node.need("to", date, cx);
    Some((from?, to?))
}

fn extension(node: &Object<'_>, cx: &mut Context) -> Option<Extension> {
    let to = node.need("to", year, cx);
    let decided = node.may("decided", date, cx);
    let source = node.may("source", reference(Kind::Source), cx);
    Some(Extension {
        to: to?,
        decided: decided?,
        source: source?,
    })
}
