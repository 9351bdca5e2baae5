//! Comparisons in words, computed from the facts so that a sentence cannot contradict its figures.
//!
//! Comes in: two facts of one series. Goes out: a verdict, a word, or a run of words with both figures.
//! *Faldet* and *steget* are said only of significant differences; an untested difference says that its uncertainty is not known.

use std::sync::Arc;

use super::book::FactBook;
use super::fact::{Fact, FactBasis, FactUnit};
use super::node::Run;
use super::significance::{Verdict, of_counts, of_shares};

/// The verdict on a change between two facts of one series.
pub fn verdict(book: &FactBook, old: &Fact, new: &Fact) -> Verdict {
    if book.is_broken(old, new) {
        return Verdict::Untested;
    }
    let (Some(before), Some(after)) = (old.number(), new.number()) else {
        return Verdict::Untested;
    };
    let respondents = |fact: &Fact| book.get(&format!("{}/n", fact.id)).and_then(|n| n.number());
    match (new.unit, respondents(old), respondents(new)) {
        (FactUnit::Percent, Some(old_n), Some(new_n)) => of_shares(before, old_n, after, new_n),
        (FactUnit::Count, _, _) => of_counts(before, after),
        _ => Verdict::Untested,
    }
}

/// The word for a change: `faldet`, `steget`, `på niveau`; for an untested one `lavere`, `højere`, `uændret`;
/// `kan ikke sammenlignes` across a break of the series, `ikke vist` where a figure is not shown.
pub fn word(book: &FactBook, old: &Fact, new: &Fact) -> &'static str {
    if book.is_broken(old, new) {
        return "kan ikke sammenlignes";
    }
    if [old, new]
        .iter()
        .any(|fact| fact.basis == FactBasis::Suppressed)
    {
        return "ikke vist";
    }
    match verdict(book, old, new) {
        Verdict::Fell => "faldet",
        Verdict::Rose => "steget",
        Verdict::Level => "på niveau",
        Verdict::Untested => match (old.number(), new.number()) {
            (Some(before), Some(after)) if after < before => "lavere",
            (Some(before), Some(after)) if after > before => "højere",
            (Some(_), Some(_)) => "uændret",
            _ => "ikke opgjort",
        },
    }
}

/// The clause that follows *andelen er …*: both figures, and no more than can be said of them.
pub fn change(book: &FactBook, old: &Arc<Fact>, new: &Arc<Fact>) -> Vec<Run> {
    let pair = |lead: &str, first: &Arc<Fact>, between: &str, second: &Arc<Fact>, tail: &str| {
        vec![
            Run::text(lead),
            Run::fact(first),
            Run::text(between),
            Run::fact(second),
            Run::text(tail),
        ]
    };
    let both = |lead: &str, tail: &str| pair(lead, old, " til ", new, tail);
    if old.value.is_none() {
        return vec![Run::fact(new)];
    }
    if new.value.is_none() {
        return vec![Run::fact(new)];
    }
    if book.is_broken(old, new) {
        let between = ", som på grund af et brud i serien ikke kan sammenlignes med ";
        return vec![Run::fact(new), Run::text(between), Run::fact(old)];
    }
    if old.value == new.value {
        return vec![Run::text("uændret "), Run::fact(new)];
    }
    match verdict(book, old, new) {
        Verdict::Fell => both("faldet fra ", ""),
        Verdict::Rose => both("steget fra ", ""),
        Verdict::Level => pair(
            "på niveau (",
            new,
            " mod tidligere ",
            old,
            "; forskellen er ikke statistisk sikker)",
        ),
        Verdict::Untested => both("ændret fra ", " (usikkerheden er ikke opgjort)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::facts::fact::Quantity;
    use rust_decimal::Decimal;

    fn share(book: &mut FactBook, year: i32, value: u32, n: Option<u32>) -> Arc<Fact> {
        let place = SourceFile::new("x.csv", "").whole();
        let id = format!("indicators/x/area/{year}");
        if let Some(n) = n {
            let value = Quantity::Number(Decimal::from(n));
            book.given(format!("{id}/n"), value, FactUnit::Count, &place);
        }
        book.given(
            id,
            Quantity::Number(Decimal::from(value)),
            FactUnit::Percent,
            &place,
        )
    }

    fn sentence(runs: &[Run]) -> String {
        let words = runs.iter().map(|run| match run {
            Run::Text(words) => words.clone(),
            Run::Fact(fact, _) => fact.text.replace('\u{a0}', " "),
        });
        words.collect()
    }

    #[test]
    fn nothing_is_compared_across_a_break() {
        let mut book = FactBook::default();
        let high = share(&mut book, 2018, 33, Some(250));
        let low = share(&mut book, 2019, 20, Some(250));
        book.breaks("x", 2019);
        assert_eq!(word(&book, &high, &low), "kan ikke sammenlignes");
        assert!(sentence(&change(&book, &high, &low)).starts_with("20 %, som på grund"));
        assert_eq!(word(&book, &low, &low), "på niveau");
        let hidden = book.suppressed("indicators/x/area/2020", FactUnit::Percent);
        assert_eq!(
            sentence(&change(&book, &low, &hidden)),
            "ikke vist (små tal)"
        );
    }

    #[test]
    fn only_significant_changes_fall_or_rise() {
        let mut book = FactBook::default();
        let high = share(&mut book, 2018, 33, Some(250));
        let low = share(&mut book, 2019, 20, Some(250));
        let near = share(&mut book, 2020, 18, Some(250));
        let unknown = share(&mut book, 2021, 10, None);
        assert_eq!(
            sentence(&change(&book, &high, &low)),
            "faldet fra 33 % til 20 %"
        );
        assert!(
            sentence(&change(&book, &low, &near))
                .starts_with("på niveau (18 % mod tidligere 20 %;")
        );
        assert!(
            sentence(&change(&book, &near, &unknown)).ends_with("(usikkerheden er ikke opgjort)")
        );
        assert_eq!(word(&book, &near, &unknown), "lavere");
    }
}
