//! R02: activity funds and secretariat make up the yearly appropriation, on exact kroner.

use rust_decimal::Decimal;

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::facts::danish::{decimal, whole};
use crate::model::Amount;

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "Activity funds plus the secretariat's part equal the yearly appropriation, on exact kroner. A rounded form that a source states (`stated`) lies within half of its last digit of the exact amount.",
    why: "1.200.000 kr. minus 0,3 mio. kr. looks like 900.000 kr.; only the exact amounts show that 870.000 kr. is right.",
    example: "`activity_funds.year` 880000 beside `secretariat.year` 330000 and `appropriation.year` 1200000.",
    correct: "Correct the amount that is wrong in partnership.json; keep rounded forms in `stated`, never in `value`.",
    check,
};

const CODE: Code = Code::new(
    "R02",
    "secretariat-and-activities",
    "activity funds and secretariat do not make up the yearly appropriation",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let economy = &checked.data.partnership.economy;
    let (total, funds, secretariat) = (
        &economy.appropriation_year,
        &economy.activity_funds_year,
        &economy.secretariat_year,
    );
    let sum = funds.value.value + secretariat.value.value;
    if sum != total.value.value {
        findings.push(
            Finding::error(
                CODE,
                format!(
                    "activity funds of {} kr. and {} kr. for the secretariat make {} kr., but the appropriation is {} kr. a year",
                    whole(funds.value.value),
                    whole(secretariat.value.value),
                    whole(sum),
                    whole(total.value.value)
                ),
            )
            .at(&funds.value.place, "activity funds")
            .and(&secretariat.value.place, "secretariat")
            .and(&total.value.place, "appropriation")
            .hint("one of the three exact amounts is wrong; a rounded form belongs in `stated`"),
        );
    }
    for amount in [total, funds, secretariat, &economy.appropriation_period] {
        stated(amount, findings);
    }
}

/// Compares a stated form such as `0,3 mio. kr.` with the exact amount.
fn stated(amount: &Amount, findings: &mut Findings) {
    let Some(stated) = &amount.stated else { return };
    let exact = amount.value.value;
    let Some((value, decimals)) = parse(&stated.value) else {
        findings.push(
            Finding::error(
                CODE,
                format!("the stated form '{}' is no amount", stated.value),
            )
            .at(&stated.place, "not an amount")
            .expected("a form such as `0,3 mio. kr.` or `330.000 kr.`"),
        );
        return;
    };
    let million = stated.value.contains("mio");
    let scale = if million {
        Decimal::from(1_000_000)
    } else {
        Decimal::ONE
    };
    let half = scale / Decimal::from(2) / Decimal::from(10_u64.pow(decimals));
    if (value * scale - exact).abs() > half {
        findings.push(
            Finding::error(
                CODE,
                format!(
                    "the stated form '{}' does not fit the exact amount of {} kr.",
                    stated.value,
                    whole(exact)
                ),
            )
            .at(&stated.place, "stated form")
            .and(&amount.value.place, "exact amount")
            .hint(format!(
                "the amount would round to {} {}",
                decimal(exact / scale, decimals),
                if million { "mio. kr." } else { "kr." }
            )),
        );
    }
}

/// The number that a stated form begins with, and its decimals.
fn parse(text: &str) -> Option<(Decimal, u32)> {
    let number = text
        .split_whitespace()
        .next()?
        .replace('.', "")
        .replace(',', ".");
    let value: Decimal = number.parse().ok()?;
    Some((value, value.scale()))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn stated_forms_are_read() {
        assert_eq!(
            parse("0,3 mio. kr.").map(|(value, decimals)| (value.to_string(), decimals)),
            Some(("0.3".to_owned(), 1))
        );
        assert_eq!(
            parse("330.000 kr.").map(|(value, _)| value.to_string()),
            Some("330000".to_owned())
        );
        assert_eq!(parse("om lidt"), None);
    }
}
