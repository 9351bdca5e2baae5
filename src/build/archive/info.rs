//! `bag-info.txt`: who, when, how long, and what the bag follows on.
//!
//! Comes in: the order, the editions and the set. Goes out: the lines in their order. Must not decide what is kept.

use super::create::Desk;
use super::told;
use crate::archive::{Info, Set};

impl Desk<'_> {
    /// The lines of a bag of a name.
    pub(super) fn info(&self, name: &str, set: &Set) -> Info {
        let order = self.order;
        let mut info = Info::default();
        let unit = self
            .editions
            .last()
            .map_or("", |one| one.edition.unit.value.as_str());
        info.add("Source-Organization", unit);
        info.add("Bagging-Date", order.day.to_string());
        info.add("External-Identifier", name);
        info.add(
            "Retention-Class",
            order.retention.class.as_deref().unwrap_or("not decided"),
        );
        let until = order.retention.until.map(|day| day.to_string());
        info.add("Retain-Until", until.as_deref().unwrap_or("not decided"));
        info.add(
            "Legal-Hold",
            if order.retention.legal_hold {
                "yes"
            } else {
                "no"
            },
        );
        info.add("Personal-Data", self.personal_data(set));
        for (label, bag) in [
            ("Previous-Bag", self.previous()),
            ("Supplements-Bag", self.earlier()),
        ] {
            if let Some(bag) = bag {
                info.add(label, &bag.name);
                info.add(&format!("{label}-SHA512"), &bag.seal);
            }
        }
        for (label, value) in told::lines(set) {
            info.add(label, value);
        }
        info
    }

    /// Whose names the inputs and the signed documents hold.
    fn personal_data(&self, set: &Set) -> String {
        let data = self.loaded.partnerships.iter().map(|one| &one.data);
        let named = |data: &crate::model::Dataset| {
            let mut kinds = Vec::new();
            if data.signatories.iter().any(|one| one.name.is_some()) {
                kinds.push("signatories");
            }
            if data.editions.iter().any(|one| one.case_officer.is_some()) {
                kinds.push("case officers");
            }
            kinds
        };
        let mut kinds: Vec<&str> = data.flat_map(named).collect();
        let mut editions = set.editions.iter();
        if editions.any(|one| one.signed.is_some() || one.counterparts.is_some()) {
            kinds.push("those who signed");
        }
        match kinds.as_slice() {
            [] => "no".to_owned(),
            kinds => format!("yes, ordinary: {}", kinds.join(", ")),
        }
    }
}
