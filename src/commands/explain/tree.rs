//! A formula as a tree down to the cells.

use super::origin::place;
use crate::diagnostic::visible;
use crate::ledger::{OriginEntry, Trace};

/// More facts than these are not written out in a row.
const ROW: usize = 6;

/// The branches below a formula, a line each.
pub(super) fn branches(inputs: &[Trace]) -> Vec<String> {
    let mut lines = Vec::new();
    grow(inputs, "", &mut lines);
    lines
}

fn grow(inputs: &[Trace], before: &str, lines: &mut Vec<String>) {
    let width = |of: &dyn Fn(&Trace) -> usize| inputs.iter().map(of).max().unwrap_or(0);
    let text = width(&|one| said(one).chars().count());
    let id = width(&|one| one.id.chars().count());
    for (at, one) in inputs.iter().enumerate() {
        let is_last = at + 1 == inputs.len();
        let (branch, below) = if is_last {
            ("└─ ", "   ")
        } else {
            ("├─ ", "│  ")
        };
        let (said, name) = (said(one), visible(&one.id));
        let line = format!(
            "{before}{branch}{said:>text$}  {name:<id$}  {}",
            source(one)
        );
        lines.push(line.trim_end().to_owned());
        grow(&one.inputs, &format!("{before}{below}"), lines);
    }
}

fn said(one: &Trace) -> String {
    let text = one.text.as_deref().unwrap_or("?");
    visible(text).into_owned()
}

/// Where one fact comes from, in a few words.
fn source(one: &Trace) -> String {
    match &one.origin {
        Some(OriginEntry::Derived { .. }) if one.again => "as above".to_owned(),
        Some(OriginEntry::Derived { formula, .. }) => in_figures(formula, &one.inputs),
        Some(OriginEntry::Absent) => "no figure".to_owned(),
        Some(cell) => place(cell).unwrap_or_default(),
        None => "not in this ledger".to_owned(),
    }
}

/// A formula with the figures in the place of the ids, such as `= 1.200.000 kr. − 330.000 kr.`
pub(super) fn in_figures(formula: &str, inputs: &[Trace]) -> String {
    let sum: Vec<&str> = inputs.iter().map(|one| one.id.as_str()).collect();
    if inputs.len() > ROW && formula == sum.join(" + ") {
        return format!("= the sum of these {}", inputs.len());
    }
    let mut terms: Vec<&Trace> = inputs.iter().collect();
    // The longest id first: one may be the beginning of another.
    terms.sort_by_key(|one| std::cmp::Reverse(one.id.len()));
    terms.retain(|one| !one.id.is_empty());
    let filled = terms.iter().fold(formula.to_owned(), |formula, one| {
        formula.replace(&one.id, one.text.as_deref().unwrap_or("?"))
    });
    format!("= {}", visible(&filled))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(id: &str, text: &str) -> Trace {
        Trace {
            id: id.to_owned(),
            text: Some(text.to_owned()),
            origin: Some(OriginEntry::Absent),
            again: false,
            inputs: Vec::new(),
        }
    }

    #[test]
    fn figures_stand_in_the_place_of_ids() {
        let inputs = [leaf("a/b", "1"), leaf("a/b/margin", "2")];
        assert_eq!(in_figures("a/b/margin − a/b", &inputs), "= 2 − 1");
        let many: Vec<Trace> = (0..9).map(|at| leaf(&format!("x/{at}"), "1")).collect();
        let ids: Vec<&str> = many.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(in_figures(&ids.join(" + "), &many), "= the sum of these 9");
    }

    #[test]
    fn branches_are_aligned() {
        let mut sum = leaf("sum", "30 kr.");
        sum.origin = Some(OriginEntry::Derived {
            formula: "a + bb".to_owned(),
            inputs: Vec::new(),
        });
        sum.inputs = vec![leaf("a", "10 kr."), leaf("bb", "20 kr.")];
        insta::assert_snapshot!(branches(&[sum, leaf("other", "5 kr.")]).join("\n"), @r"
        ├─ 30 kr.  sum    = 10 kr. + 20 kr.
        │  ├─ 10 kr.  a   no figure
        │  └─ 20 kr.  bb  no figure
        └─  5 kr.  other  no figure
        ");
    }
}
