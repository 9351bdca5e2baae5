//! `economy`: appropriation, secretariat, activity funds, and what each year budgeted and spent.

use std::sync::Arc;

use super::{activities, agreement};
use crate::facts::derive;
use crate::facts::fact::{Fact, FactUnit};
use crate::facts::node::Node;
use crate::facts::view::View;

/// One year's money.
pub struct YearSums {
    /// Carry-over into the year; missing when none was approved.
    pub carry_over: Arc<Fact>,
    /// Activity funds and carry-over.
    pub available: Arc<Fact>,
    /// What the plan's activities budget.
    pub budget: Arc<Fact>,
    /// What they have spent, as far as it was reported.
    pub spent: Arc<Fact>,
    /// Available minus budget.
    pub remainder: Arc<Fact>,
    /// Available minus spent; missing until spending was reported.
    pub unspent: Arc<Fact>,
}

/// The topic.
pub fn topic(view: &mut View<'_>) -> Node {
    let economy = &view.data.partnership.economy;
    let appropriation = amount(view, "appropriation/year", &economy.appropriation_year);
    let period = appropriation_period(view, &appropriation);
    let secretariat = secretariat(view);
    let fte = match view.edition.sees(&economy.secretariat_fte.provenance, None) {
        true => view.book.amount(
            "economy/secretariat/fte",
            &economy.secretariat_fte,
            FactUnit::Fte,
        ),
        false => view.book.missing("economy/secretariat/fte", FactUnit::Fte),
    };
    let funds = activity_funds(view);
    let secretariat_period = over_period(view, "secretariat", &secretariat);
    let funds_period = over_period(view, "activity_funds", &funds);
    let this_year = year(view, view.year());
    let years = years(view);
    Node::map([
        (
            "appropriation",
            Node::map([("year", appropriation.into()), ("period", period.into())]),
        ),
        (
            "secretariat",
            Node::map([
                ("year", secretariat.into()),
                ("period", secretariat_period.into()),
                ("fte", fte.into()),
            ]),
        ),
        (
            "activity_funds",
            Node::map([("year", funds.into()), ("period", funds_period.into())]),
        ),
        ("carry_over", this_year.carry_over.into()),
        ("available", this_year.available.into()),
        ("years", years),
    ])
}

fn amount(view: &mut View<'_>, name: &str, amount: &crate::model::Amount) -> Arc<Fact> {
    let id = format!("economy/{name}");
    if view.edition.sees(&amount.provenance, None) {
        view.book.amount(id, amount, FactUnit::Kroner)
    } else {
        view.book.missing(id, FactUnit::Kroner)
    }
}

/// The appropriation of the period, which rule R01 holds against the years.
fn appropriation_period(view: &mut View<'_>, yearly: &Arc<Fact>) -> Arc<Fact> {
    let total = &view.data.partnership.economy.appropriation_period;
    let period = amount(view, "appropriation/period", total);
    let years = agreement::years(view);
    let formula = format!("{} × {}", yearly.id, years.id);
    view.book.controlled(&period, formula, &[yearly, &years])
}

fn secretariat(view: &mut View<'_>) -> Arc<Fact> {
    let share = &view.data.partnership.economy.secretariat_year;
    amount(view, "secretariat/year", share)
}

/// The funds of a year, which rule R02 holds against what the secretariat leaves of the appropriation.
fn activity_funds(view: &mut View<'_>) -> Arc<Fact> {
    let economy = &view.data.partnership.economy;
    let funds = amount(view, "activity_funds/year", &economy.activity_funds_year);
    let appropriation = amount(view, "appropriation/year", &economy.appropriation_year);
    let secretariat = secretariat(view);
    let formula = format!("{} − {}", appropriation.id, secretariat.id);
    let inputs = [&appropriation, &secretariat];
    view.book.controlled(&funds, formula, &inputs)
}

fn over_period(view: &mut View<'_>, name: &str, yearly: &Arc<Fact>) -> Arc<Fact> {
    let years = agreement::years(view);
    let id = format!("economy/{name}/period");
    derive::product(&mut view.book, id, FactUnit::Kroner, yearly, &years)
}

/// The money of one year, as far as the edition sees it.
pub fn year(view: &mut View<'_>, year: i32) -> YearSums {
    let rows = view.activities(year);
    let budgets: Vec<Arc<Fact>> = rows
        .iter()
        .map(|row| activities::budget(view, row))
        .collect();
    let spent: Vec<Arc<Fact>> = rows
        .iter()
        .map(|row| activities::spent(view, row))
        .collect();
    let funds = activity_funds(view);
    let carry_over = carry_over(view, year);
    let book = &mut view.book;
    let id = |name: &str| format!("economy/{year}/{name}");
    let kroner = FactUnit::Kroner;
    let available = derive::sum(
        book,
        id("available"),
        kroner,
        &[Arc::clone(&funds), Arc::clone(&carry_over)],
    );
    let budget = derive::sum(book, id("budget"), kroner, &budgets);
    let spent = derive::sum(book, id("spent"), kroner, &spent);
    let remainder = derive::difference(book, id("remainder"), kroner, &available, &budget);
    let unspent = derive::difference(book, id("unspent"), kroner, &available, &spent);
    YearSums {
        carry_over,
        available,
        budget,
        spent,
        remainder,
        unspent,
    }
}

fn carry_over(view: &mut View<'_>, year: i32) -> Arc<Fact> {
    let id = format!("economy/{year}/carry_over");
    let entries = &view.data.partnership.economy.carry_over;
    let visible = entries.iter().find(|one| {
        let approved = one.approved.as_ref().map(|day| day.value);
        one.to_year == year && view.edition.sees(&one.amount.provenance, approved)
    });
    match visible {
        Some(one) => {
            let amount = view.book.amount(id, &one.amount, FactUnit::Kroner);
            match &one.approved {
                Some(day) => view.book.known(&amount, day.value),
                None => amount,
            }
        }
        None => view.book.missing(id, FactUnit::Kroner),
    }
}

fn years(view: &mut View<'_>) -> Node {
    let first = view.data.partnership.periods.title.from.value;
    let place = view.edition.year.place.clone();
    let nodes: Vec<Node> = (first..=view.year())
        .map(|one| {
            let sums = year(view, one);
            let funds = activity_funds(view);
            let year = view.book.year(format!("year/{one}"), one, &place);
            Node::map([
                ("year", year.into()),
                ("funds", funds.into()),
                ("carry_over", sums.carry_over.into()),
                ("available", sums.available.into()),
                ("budget", sums.budget.into()),
                ("spent", sums.spent.into()),
                ("remainder", sums.remainder.into()),
                ("unspent", sums.unspent.into()),
            ])
        })
        .collect();
    nodes.into()
}
