//! Every code that a finding may bear, over the whole program.

use super::codes::ALL;
use crate::check;
use crate::diagnostic::Code;
use crate::{ledger, prose, read, render};

/// All codes, in the order of their ids.
pub fn codes() -> Vec<Code> {
    let stages = [
        read::codes::ALL,
        prose::codes::ALL,
        render::codes::ALL,
        ledger::codes::ALL,
        ALL,
    ];
    let rules = check::RULES.iter().map(|rule| rule.code);
    let mut all: Vec<Code> = stages.into_iter().flatten().copied().chain(rules).collect();
    all.sort_unstable_by_key(|code| code.id);
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::codes;

    #[test]
    fn no_two_faults_share_an_id_or_a_name() {
        let all = codes();
        let ids: BTreeSet<&str> = all.iter().map(|code| code.id).collect();
        let names: BTreeSet<&str> = all.iter().map(|code| code.name).collect();
        let twice = |set: &BTreeSet<&str>, of: &dyn Fn(usize) -> &'static str| -> Vec<&str> {
            let mut set = set.clone();
            (0..all.len())
                .map(of)
                .filter(|one| !set.remove(one))
                .collect()
        };
        assert_eq!(twice(&ids, &|at| all[at].id), [""; 0]);
        assert_eq!(twice(&names, &|at| all[at].name), [""; 0]);
    }

    #[test]
    fn ids_are_a_letter_and_two_digits() {
        for code in codes() {
            let (letter, number) = code.id.split_at(1);
            let is_numbered = number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit());
            assert!(is_numbered && "FCJDTRBLMSA".contains(letter), "{code}");
        }
    }
}
