//! What keeps a year from being archived, and what is accepted all the same, with its reason.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::archive::{Exception, codes};
use crate::diagnostic::{Finding, Findings, Severity};

/// What may be accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A document of the year is a draft.
    Draft,
    /// A final document was not issued.
    NotIssued,
    /// A plan lacks an approval.
    Approvals,
    /// A document that is to be signed is not.
    Signatures,
    /// An issued document cannot be made again from its sources.
    Reproduction,
    /// The year before is not archived.
    Chain,
    /// The project has other findings.
    Findings,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::NotIssued,
        Self::Approvals,
        Self::Signatures,
        Self::Reproduction,
        Self::Chain,
        Self::Findings,
    ];

    /// How it is called on the command line and in bags.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::NotIssued => "not-issued",
            Self::Approvals => "approvals",
            Self::Signatures => "signatures",
            Self::Reproduction => "reproduction",
            Self::Chain => "chain",
            Self::Findings => "findings",
        }
    }

    /// How people who read the bag call it, in Danish.
    pub fn danish(self) -> &'static str {
        match self {
            Self::Draft => "Dokumenter, der endnu er udkast",
            Self::NotIssued => "Endelige dokumenter, der ikke er udstedt",
            Self::Approvals => "Manglende godkendelser",
            Self::Signatures => "Manglende underskrifter",
            Self::Reproduction => "Dokumenter, der ikke kan dannes igen af kilderne",
            Self::Chain => "Et tidligere år, der ikke er arkiveret",
            Self::Findings => "Fejl i grundlaget på arkiveringstidspunktet",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An exception that somebody accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// What.
    pub kind: Kind,
    /// Why.
    pub reason: String,
}

impl FromStr for Accepted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, reason) = text.split_once('=').ok_or(
            "an exception is written like signatures=\"signed on paper, case 2018-0106821\"",
        )?;
        let mut kinds = Kind::ALL.into_iter();
        let names: Vec<&str> = Kind::ALL.iter().map(|one| one.name()).collect();
        let kind = kinds.find(|one| one.name() == kind).ok_or_else(|| {
            format!(
                "there is no exception '{kind}'; the kinds are {}",
                names.join(", ")
            )
        })?;
        match reason.trim() {
            "" => Err("an exception needs a reason".to_owned()),
            reason => Ok(Self {
                kind,
                reason: reason.to_owned(),
            }),
        }
    }
}

/// Weighs what is found against what was accepted.
#[derive(Debug, Default)]
pub struct Scales {
    accepted: BTreeMap<Kind, String>,
    used: BTreeMap<Kind, Vec<String>>,
    findings: Findings,
}

impl Scales {
    /// Nothing found yet.
    pub fn new(accepted: &[Accepted]) -> Self {
        let accepted = accepted.iter();
        Self {
            accepted: accepted.map(|one| (one.kind, one.reason.clone())).collect(),
            ..Self::default()
        }
    }

    /// Takes up a finding; an error of a kind that was accepted becomes a warning, and is remembered.
    pub fn put(&mut self, kind: Kind, mut finding: Finding) {
        if finding.severity == Severity::Error {
            if self.accepted.contains_key(&kind) {
                finding.severity = Severity::Warning;
                self.used
                    .entry(kind)
                    .or_default()
                    .push(finding.message.clone());
            } else {
                finding = finding.hint(format!(
                    "`--accept {kind}=REASON` archives it all the same, and the bag says why"
                ));
            }
        }
        self.findings.push(finding);
    }

    /// The exceptions that were needed, and the findings with those that were accepted in vain.
    pub fn weighed(mut self) -> (Vec<Exception>, Findings) {
        for kind in self
            .accepted
            .keys()
            .filter(|kind| !self.used.contains_key(kind))
        {
            self.findings.push(
                Finding::error(
                    codes::NEEDLESS,
                    format!("`--accept {kind}` accepts what is not there"),
                )
                .hint("leave it out: the bag would say that something is wrong with it"),
            );
        }
        let exceptions = self.used.into_iter().map(|(kind, mut accepted)| {
            accepted.sort();
            accepted.dedup();
            Exception {
                reason: self.accepted.get(&kind).cloned().unwrap_or_default(),
                kind: kind.name().to_owned(),
                accepted,
            }
        });
        let exceptions = exceptions.collect();
        self.findings.sort();
        (exceptions, self.findings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_need_a_known_kind_and_a_reason() {
        let accepted: Accepted = "signatures=signed on paper".parse().expect("an exception");
        assert_eq!(accepted.kind, Kind::Signatures);
        for text in ["signatures", "signatures= ", "luck=yes"] {
            assert!(text.parse::<Accepted>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_was_accepted_is_a_warning_and_is_remembered() {
        let accepted = [
            "draft=a trial".parse().expect("one"),
            "chain=first".parse().expect("one"),
        ];
        let mut scales = Scales::new(&accepted);
        scales.put(Kind::Draft, Finding::error(codes::DRAFT, "it is a draft"));
        scales.put(
            Kind::Signatures,
            Finding::error(codes::UNSIGNED, "it is unsigned"),
        );
        let (exceptions, findings) = scales.weighed();
        assert_eq!(exceptions.len(), 1);
        assert_eq!(exceptions[0].accepted, ["it is a draft"]);
        let errors = findings
            .iter()
            .filter(|one| one.severity == Severity::Error);
        let codes: Vec<&str> = errors.map(|one| one.code.id).collect();
        assert_eq!(codes, ["A04", "A07"]);
    }
}
