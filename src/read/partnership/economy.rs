//! The money of the agreement.

use rust_decimal::Decimal;

use crate::diagnostic::Located;
use crate::model::{Amount, CarryOver, Economy};
use crate::read::context::Context;
use crate::read::decode::{date, decimal, kroner, provenance, text, year};
use crate::read::json::Object;
use crate::read::json::value::{list, object};
use crate::read::value::{Record, Value};

/// Decodes `economy`.
pub(super) fn economy(node: &Object<'_>, cx: &mut Context) -> Option<Economy> {
    let appropriation = node.need(
        "appropriation",
        object(|node, cx| {
            let year = node.need("year", object(amount), cx);
            let period = node.need("period", object(amount), cx);
            Some((year?, period?))
        }),
        cx,
    );
    let secretariat = node.need(
        "secretariat",
        object(|node, cx| {
            let year = node.need("year", object(amount), cx);
            let fte = node.need("fte", object(equivalents), cx);
            Some((year?, fte?))
        }),
        cx,
    );
    let activity_funds = node.need(
        "activity_funds",
        object(|node, cx| node.need("year", object(amount), cx)),
        cx,
    );
    let carry_over = node.need("carry_over", list(object(carried)), cx);
    let ((appropriation_year, appropriation_period), (secretariat_year, secretariat_fte)) =
        (appropriation?, secretariat?);
    Some(Economy {
        appropriation_year,
        appropriation_period,
        secretariat_year,
        secretariat_fte,
        activity_funds_year: activity_funds?,
        carry_over: carry_over?,
    })
}

fn amount(node: &Object<'_>, cx: &mut Context) -> Option<Amount> {
    amount_of(node, whole_kroner, cx)
}

/// Full-time equivalents, which have decimals.
fn equivalents(node: &Object<'_>, cx: &mut Context) -> Option<Amount> {
    amount_of(node, decimal, cx)
}

fn carried(node: &Object<'_>, cx: &mut Context) -> Option<CarryOver> {
    let to_year = node.need("to_year", year, cx);
    let approved = node.may("approved", date, cx);
    let amount = amount(node, cx);
    Some(CarryOver {
        to_year: to_year?,
        amount: amount?,
        approved: approved?,
    })
}

fn amount_of(
    node: &Object<'_>,
    decode: fn(&Value<'_>, &mut Context) -> Option<Located<Decimal>>,
    cx: &mut Context,
) -> Option<Amount> {
    let value = node.need("value", decode, cx);
    let stated = node.may("stated", text, cx);
    let provenance = provenance(node, cx);
    Some(Amount {
        value: value?,
        stated: stated?,
        provenance: provenance?,
    })
}

fn whole_kroner(value: &Value<'_>, cx: &mut Context) -> Option<Located<Decimal>> {
    kroner(value, cx).map(|amount| amount.map(Decimal::from))
}
