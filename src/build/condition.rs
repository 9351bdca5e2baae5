//! The condition of every edition: fresh, missing, stale with its reasons, frozen, or faulty.
//!
//! Comes in: a project. Goes out: a condition per edition. Must not write anything, and starts the engine only where digests alone cannot tell.

use serde::Serialize;

use super::digest::sha256;
use super::editions::Planned;
use super::entry;
use super::frozen::{self, Verdict};
use super::load::{Loaded, Press};
use super::one::{Done, Shared};
use super::prepare::prepare;
use super::reason::{FigureChange, Reason, listed};
use super::record::Record;
use super::report::Mode;
use super::signed::{self, Signatures};
use crate::diagnostic::Findings;
use crate::model::Issued;
use crate::project::Project;

/// How an edition stands to what is in the output folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Condition {
    /// What is there is what would be made.
    Fresh,
    /// There is no PDF.
    Missing,
    /// Another PDF would be made.
    Stale {
        /// Why.
        reasons: Vec<Reason>,
    },
    /// Issued: it stays as it is.
    Frozen {
        /// What today's inputs would change in it.
        would: Would,
        /// Who has signed; none when it has no signature fields.
        #[serde(skip_serializing_if = "Option::is_none")]
        signatures: Option<Signatures>,
    },
    /// It has errors, so that no PDF would be made.
    Faulty,
}

/// What today's inputs would change in an issued edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "facts", rename_all = "snake_case")]
pub enum Would {
    /// Nothing.
    Same,
    /// A newer revision has taken its place.
    Superseded,
    /// Its layout alone.
    Layout,
    /// These figures.
    Figures(Vec<FigureChange>),
    /// Its words.
    Words,
    /// Its bytes are lost.
    Lost,
}

impl Condition {
    /// The word for tables.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Missing => "missing",
            Self::Stale { .. } => "stale",
            Self::Frozen { .. } => "frozen",
            Self::Faulty => "faulty",
        }
    }

    /// The reason, when there is something to say.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Fresh | Self::Missing | Self::Faulty => None,
            Self::Stale { reasons } => Some(listed(reasons)),
            Self::Frozen {
                would,
                signatures: None,
            } => Some(would.to_string()),
            Self::Frozen {
                would,
                signatures: Some(signatures),
            } => Some(format!("{would}; {signatures}")),
        }
    }
}

impl std::fmt::Display for Would {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Same => f.write_str("issued"),
            Self::Superseded => f.write_str("issued, replaced by a newer revision"),
            Self::Layout => {
                f.write_str("issued; would be set otherwise, with the same figures and words")
            }
            Self::Words => f.write_str("issued; would differ (words)"),
            Self::Lost => f.write_str("issued; its PDF is lost"),
            Self::Figures(changes) => {
                let reason = Reason::Figures(changes.clone());
                write!(f, "issued; would differ: {reason}")
            }
        }
    }
}

/// The condition of each edition, in their order, and what keeps faulty ones from being made.
///
/// # Errors
/// What kept the templates from being read.
pub fn conditions(
    project: &Project,
    loaded: &Loaded,
    editions: &[Planned<'_>],
) -> Result<Vec<(Condition, Findings)>, Findings> {
    let press = Press::new(&loaded.templates_root)?;
    let record = Record::read(&project.out);
    let shared = Shared {
        project,
        loaded,
        press: &press,
        record: &record,
        mode: Mode::Check,
        looks: false,
    };
    Ok(editions.iter().map(|one| shared.condition(one)).collect())
}

impl Shared<'_> {
    fn condition(&self, planned: &Planned<'_>) -> (Condition, Findings) {
        let prepared = match prepare(self.loaded, self.press, planned) {
            Ok(prepared) => prepared,
            Err(findings) => return (Condition::Faulty, findings),
        };
        let mut done = Done::new(planned);
        if let Some(issued) = planned.issued() {
            return match self.frozen(planned, issued, &prepared, &mut done) {
                Some(condition) => (condition, done.findings),
                None => (Condition::Faulty, done.findings),
            };
        }
        if !self.is_sound(planned) {
            return (Condition::Faulty, Findings::new());
        }
        if !self.project.out.join(&planned.output).is_file() {
            return (Condition::Missing, Findings::new());
        }
        let reasons = self.reasons(planned, &prepared);
        let unclear = reasons
            .iter()
            .all(|one| matches!(one, Reason::Data | Reason::Texts(_)));
        if reasons.is_empty() {
            return (Condition::Fresh, Findings::new());
        }
        let known = self.record.editions.get(&planned.ident());
        let condition = match known.filter(|_| unclear) {
            None => Condition::Stale { reasons },
            // Data that no page shows may have changed: only the engine can tell.
            Some(made) => match self.compose(planned, &prepared, &mut done) {
                Some(composed) if sha256(&composed.pdf) == made.pdf => Condition::Fresh,
                Some(_) => Condition::Stale { reasons },
                None => Condition::Faulty,
            },
        };
        (condition, done.findings)
    }

    fn frozen(
        &self,
        planned: &Planned<'_>,
        issued: &Issued,
        prepared: &super::prepare::Prepared,
        done: &mut Done,
    ) -> Option<Condition> {
        let Some(pdf) = frozen::kept(self.project, &planned.partnership.name, issued) else {
            return Some(Condition::Frozen {
                would: Would::Lost,
                signatures: None,
            });
        };
        let faults = entry::faults(planned, issued, &pdf);
        if !faults.is_empty() {
            done.findings.append(faults);
            return None;
        }
        let signed = planned.signed()?;
        Some(Condition::Frozen {
            would: self.would(planned, issued, prepared, done)?,
            signatures: signed::signatures(planned, &pdf, signed),
        })
    }

    fn would(
        &self,
        planned: &Planned<'_>,
        issued: &Issued,
        prepared: &super::prepare::Prepared,
        done: &mut Done,
    ) -> Option<Would> {
        let verdict = self.verdict(planned, issued, prepared, done)?;
        Some(match verdict {
            Verdict::Same => Would::Same,
            Verdict::Superseded => Would::Superseded,
            Verdict::Layout => Would::Layout,
            Verdict::Figures(changes) => Would::Figures(changes),
            Verdict::Words => Would::Words,
        })
    }
}
