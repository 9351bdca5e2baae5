//! The documents of a year as they go into a bag, each with what it was made from; and what speaks against archiving them.
//!
//! Comes in: the planned editions of the year. Goes out: documents in memory; findings go onto the scales.
//! Must not write, nor make a document that was issued anew in place of the issued bytes.

use std::collections::BTreeMap;

use super::exceptions::{Kind, Scales};
use super::rebuild::{Failed, rebuild};
use super::signed::{self, Fields, Policy, SignedCopy};
use super::sources::{self, Files};
use crate::archive::{Field, codes, pdf};
use crate::build::one::{Done, Shared};
use crate::build::{EditionName, Planned, frozen, prepare};
use crate::diagnostic::{Finding, Findings};
use crate::ledger;
use crate::model::{EditionStatus, Issued};

/// The rule on approvals.
const APPROVALS: &str = "R08";

/// A document of the year.
#[derive(Debug)]
pub struct Document {
    /// The PDF as it was built.
    pub pdf: Vec<u8>,
    /// The ledger that it carries.
    pub ledger: Vec<u8>,
    /// The published figures that it carries.
    pub data: Vec<u8>,
    /// What it was made from.
    pub sources: Files,
    /// The program that made it, and the engine.
    pub made_by: (String, String),
    /// True when its sources give its bytes again.
    pub reproduced: bool,
    /// The fields for signatures, by id.
    pub fields: Fields,
    /// The signed copy.
    pub signed: Option<SignedCopy>,
    /// The plain copy with those of it that one party each signed alone.
    pub counterparts: Option<SignedCopy>,
}

/// Gathers the documents of a year.
pub struct Gatherer<'a> {
    /// What all editions share.
    pub shared: &'a Shared<'a>,
    /// The sources as they are now.
    pub now: &'a Files,
    /// How signatures are judged.
    pub policy: &'a Policy,
}

impl Gatherer<'_> {
    /// The document of an edition; none when there is none to be had, which is an error on the scales that no exception mends.
    pub fn document(
        &self,
        planned: &Planned<'_>,
        scales: &mut Scales,
        fatal: &mut Findings,
    ) -> Option<Document> {
        let mut document = match planned.issued() {
            Some(issued) => self.issued(planned, issued, scales, fatal)?,
            None => self.unissued(planned, scales, fatal)?,
        };
        let name = name(planned);
        let rebuilt = rebuild(&document.sources, &name);
        document.reproduced = rebuilt.as_ref().is_ok_and(|one| one.pdf == document.pdf);
        if !document.reproduced {
            scales.put(Kind::Reproduction, not_reproduced(planned, &rebuilt.err()));
        }
        let claims = pdf::claims(&document.pdf).unwrap_or_default();
        document.fields = claims
            .fields
            .into_iter()
            .map(|(id, label)| field(planned, id, label))
            .collect();
        if !document.fields.is_empty() && planned.edition.status == EditionStatus::Final {
            self.signature(planned, &mut document, scales);
        }
        Some(document)
    }

    /// The bytes that were issued, and their sources at that time.
    fn issued(
        &self,
        planned: &Planned<'_>,
        issued: &Issued,
        scales: &mut Scales,
        fatal: &mut Findings,
    ) -> Option<Document> {
        let project = self.shared.project;
        let Some(pdf) = frozen::kept(project, &planned.partnership.name, issued) else {
            fatal.push(frozen::lost(planned, issued));
            return None;
        };
        weigh(self.shared.work(planned).findings, scales);
        let kept = sources::as_issued(project, &planned.partnership.name, issued);
        let made_by = (issued.making.tool.clone(), issued.making.engine.clone());
        let sources = kept.unwrap_or_else(|| self.now.clone());
        carried(planned, pdf, sources, made_by, fatal)
    }

    /// What today's inputs give, of an edition that was not issued.
    fn unissued(
        &self,
        planned: &Planned<'_>,
        scales: &mut Scales,
        fatal: &mut Findings,
    ) -> Option<Document> {
        let edition = planned.edition;
        if edition.status == EditionStatus::Draft {
            let message = format!("{} is a draft", planned.ident());
            let finding = Finding::error(codes::DRAFT, message)
                .at(&edition.status.place, "still a draft")
                .hint("call it final in documents.csv when it is approved, and issue it with `tryk issue`");
            scales.put(Kind::Draft, finding);
        } else {
            let message = format!("{} is final, but was not issued", planned.ident());
            let finding = Finding::error(codes::NOT_ISSUED, message)
                .at(&edition.row, "not in issued.json")
                .hint(format!("`tryk issue {}` closes it", planned.ident()));
            scales.put(Kind::NotIssued, finding);
        }
        let mut done = Done::new(planned);
        let composed = match prepare(self.shared.loaded, self.shared.press, planned) {
            Ok(prepared) => self.shared.compose(planned, &prepared, &mut done),
            Err(findings) => {
                done.findings.append(findings);
                None
            }
        };
        let Some(composed) = composed else {
            fatal.append(done.findings);
            return None;
        };
        weigh(done.findings, scales);
        let made_by = (prepare::TOOL.to_owned(), crate::render::engine());
        carried(planned, composed.pdf, self.now.clone(), made_by, fatal)
    }

    fn signature(&self, planned: &Planned<'_>, document: &mut Document, scales: &mut Scales) {
        let fields = &document.fields;
        // A damaged record has kept the bag from being made already.
        let Some(record) = planned.signed() else {
            return;
        };
        document.signed = signed::copy(record, &document.pdf, fields, self.policy);
        document.counterparts = signed::counterparts(record, fields, self.policy);
        let both = [&document.signed, &document.counterparts];
        let mut both = both.into_iter().flatten();
        if both.clone().any(|copy| copy.judged.verdict == "passed") {
            return;
        }
        let found = both.next();
        let what = match found {
            Some(copy) => {
                let mut reasons = copy.judged.reasons.clone();
                reasons.sort();
                reasons.dedup();
                format!("its signed copy does not hold: {}", reasons.join("; "))
            }
            None if planned.is_superseded() => return,
            None => format!(
                "there is no signed copy of it ({} fields)",
                document.fields.len()
            ),
        };
        let message = format!("{} is to be signed, but {what}", planned.ident());
        let finding = Finding::error(codes::UNSIGNED, message)
            .at(&planned.edition.row, "this edition")
            .hint(match found {
                Some(_) => "`--trust root.pem` names an authority whose certificates are believed; `tryk verify` tells more",
                None => "`tryk sign` signs it or takes in what was signed elsewhere",
            });
        scales.put(Kind::Signatures, finding);
    }
}

/// The name of an edition with its revision.
pub fn name(planned: &Planned<'_>) -> EditionName {
    let edition = planned.edition;
    EditionName {
        partnership: planned.partnership.name.clone(),
        document: edition.document.value.clone(),
        year: edition.year.value,
        revision: Some(edition.revision.value),
    }
}

/// A field with who must sign it.
fn field(planned: &Planned<'_>, id: String, label: String) -> (String, Field) {
    let data = &planned.partnership.data;
    let mut signatories = data.signatories.iter();
    let signatory = signatories.find(|one| one.field.value == id);
    let field = Field {
        name: signatory.and_then(|one| Some(one.name.as_ref()?.value.clone())),
        organisation: signatory.map_or_else(|| label.clone(), |one| one.organisation.value.clone()),
        certificate_names: signatory
            .into_iter()
            .flat_map(|one| data.partnership.certificate_names(&one.party.value))
            .collect(),
        label,
    };
    (id, field)
}

/// Puts the findings of a run onto the scales.
pub fn weigh(findings: Findings, scales: &mut Scales) {
    for finding in findings {
        let kind = if finding.code.id == APPROVALS {
            Kind::Approvals
        } else {
            Kind::Findings
        };
        scales.put(kind, finding);
    }
}

/// A document with what its PDF carries.
fn carried(
    planned: &Planned<'_>,
    pdf: Vec<u8>,
    sources: Files,
    made_by: (String, String),
    fatal: &mut Findings,
) -> Option<Document> {
    let files = ["ledger.json", "data.json"].map(|name| ledger::attached(&pdf, name));
    let [Some(ledger), Some(data)] = files else {
        let message = format!("{} carries no ledger", planned.output);
        fatal.push(Finding::error(ledger::codes::NO_LEDGER, message).at(&planned.edition.row, ""));
        return None;
    };
    Some(Document {
        pdf,
        ledger,
        data,
        sources,
        made_by,
        reproduced: false,
        fields: BTreeMap::new(),
        signed: None,
        counterparts: None,
    })
}

fn not_reproduced(planned: &Planned<'_>, failed: &Option<Failed>) -> Finding {
    let why = match failed {
        None => "what they give has other bytes".to_owned(),
        Some(Failed::Io(error)) => error.to_string(),
        Some(Failed::Findings(findings)) => findings
            .iter()
            .next()
            .map_or_else(String::new, |one| one.message.clone()),
    };
    let message = format!(
        "{} cannot be made again from the sources that are kept of it: {why}",
        planned.ident()
    );
    let place = match planned.issued() {
        Some(issued) => &issued.sha256.place,
        None => &planned.edition.row,
    };
    Finding::error(codes::NOT_REPRODUCED, message)
        .at(place, "these bytes")
        .hint("put back the file …sources.tar that `tryk issue` kept beside the PDF, or the inputs and templates as they were")
}
