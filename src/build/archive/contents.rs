//! What goes into a bag, and where: the documents, their sources, the statements of where they come from, and the set.
//!
//! Sources that are as they were when a document was issued lie once, under `data/inputs` and `data/templates`; what was otherwise then lies
//! under `data/earlier/<edition>`. Each document's statement says which file it was made from.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::create::{Desk, Gathered};
use super::documents::Document;
use super::figures::figures;
use super::signed::SignedCopy;
use super::sources::Files;
use crate::archive::{
    Decision, Digests, Draft, Entry, Making, Resource, SET, SET_FORMAT, Set, Signed, Statement,
};
use crate::build::prepare::TOOL;
use crate::build::{Planned, status};
use crate::diagnostic::{Format, print};
use crate::facts::danish;
use crate::model::Basis;
use crate::render;

/// The findings at the time of archiving.
const FINDINGS: &str = "data/findings.json";

impl Desk<'_> {
    /// Puts everything below `data/` and `provenance/` into the draft.
    pub(super) fn contents(&self, gathered: &Gathered, draft: &mut Draft) -> io::Result<Set> {
        for (path, bytes) in &gathered.now {
            draft.add(&format!("data/{path}"), bytes)?;
        }
        let mut findings = Vec::new();
        print(&gathered.findings, Format::Json, false, &mut findings)?;
        draft.add(FINDINGS, &findings)?;
        let stems = stems(self.editions);
        let mut editions = Vec::new();
        for ((planned, document), stem) in self.editions.iter().zip(&gathered.documents).zip(&stems)
        {
            let place = Place { planned, stem };
            editions.push(place.document(document, &gathered.now, draft)?);
        }
        let mut trust = Vec::new();
        let is_signed = |one: &Document| one.signed.is_some() || one.counterparts.is_some();
        if gathered.documents.iter().any(is_signed) {
            for (at, bytes) in self.order.trust.iter().enumerate() {
                trust.push(format!("data/signed/trust/{}.pem", at + 1));
                draft.add(&trust[at], bytes)?;
            }
        }
        let names = self.loaded.partnerships.first().map(|one| &one.data);
        let set = Set {
            format: SET_FORMAT.to_owned(),
            partnership: self.order.partnership.clone(),
            name: names.map_or_else(String::new, |data| {
                data.partnership.names.canonical.value.clone()
            }),
            year: self.order.year,
            tool: TOOL.to_owned(),
            engine: render::engine(),
            figures: names
                .map(|data| figures(data, self.order.year, self.editions, &gathered.documents))
                .unwrap_or_default(),
            editions,
            exceptions: gathered.exceptions.clone(),
            findings: FINDINGS.to_owned(),
            trust,
        };
        draft.add(SET, &set.to_bytes())?;
        Ok(set)
    }
}

/// The names of the documents' files, without endings: as in the output folder, told apart where two are the same.
fn stems(editions: &[Planned<'_>]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let stem = |planned: &Planned<'_>| {
        let file = planned.output.rsplit('/').next().unwrap_or_default();
        let stem = file.trim_end_matches(".pdf");
        match taken.insert(stem.to_lowercase()) {
            true => stem.to_owned(),
            false => format!("{}-{stem}", planned.ident().replace('/', "-")),
        }
    };
    editions.iter().map(stem).collect()
}

/// Where a document goes.
struct Place<'a> {
    planned: &'a Planned<'a>,
    stem: &'a str,
}

impl Place<'_> {
    fn document(&self, document: &Document, now: &Files, draft: &mut Draft) -> io::Result<Entry> {
        let path = |ending: &str| format!("data/documents/{}{ending}", self.stem);
        let (pdf, ledger, data) = (path(".pdf"), path(".ledger.json"), path(".data.json"));
        let mut subject = Vec::new();
        for (path, bytes) in [
            (&pdf, &document.pdf),
            (&ledger, &document.ledger),
            (&data, &document.data),
        ] {
            subject.push(Resource::file(path, &draft.add(path, bytes)?));
        }
        let sources = self.sources(&document.sources, now, draft)?;
        let (edition, ident) = (self.planned.edition, self.planned.ident());
        let making = Making {
            ident: &ident,
            tool: &document.made_by.0,
            engine: &document.made_by.1,
        };
        let mut kept = |copy: &Option<SignedCopy>| -> io::Result<Option<Signed>> {
            copy.as_ref()
                .map(|copy| self.signed(copy, draft))
                .transpose()
        };
        let (signed, counterparts) = (kept(&document.signed)?, kept(&document.counterparts)?);
        let statement = format!("provenance/{}.intoto.json", self.stem);
        draft.add(
            &statement,
            &Statement::new(&making, subject, sources).to_bytes(),
        )?;
        Ok(Entry {
            document: edition.document.value.clone(),
            revision: edition.revision.value,
            title: self.planned.title.clone(),
            date: edition.date.value.to_string(),
            status: status(edition).to_owned(),
            issued: self
                .planned
                .issued()
                .map(|one| one.issued.value.to_string()),
            superseded: self.planned.is_superseded(),
            case_no: edition.case_no.as_ref().map(|one| one.value.clone()),
            doc_no: edition.doc_no.as_ref().map(|one| one.value.clone()),
            reason: edition.reason.value.clone(),
            pages: pages(&document.pdf),
            decisions: self.decisions(),
            fields: document.fields.clone(),
            signed,
            counterparts,
            reproduced: document.reproduced,
            ident,
            pdf,
            ledger,
            data,
            statement,
        })
    }

    /// Adds the sources that are not as they are now, and says where each lies.
    fn sources(
        &self,
        sources: &Files,
        now: &Files,
        draft: &mut Draft,
    ) -> io::Result<Vec<Resource>> {
        let edition = self.planned.edition;
        let folder = format!(
            "data/earlier/{}-{}-r{}",
            edition.document.value, edition.year.value, edition.revision.value
        );
        let mut resources = Vec::new();
        for (path, bytes) in sources {
            let (place, digests) = if now.get(path) == Some(bytes) {
                (format!("data/{path}"), Digests::of(bytes))
            } else {
                let place = format!("{folder}/{path}");
                let digests = draft.add(&place, bytes)?;
                (place, digests)
            };
            resources.push(Resource::source(path, &place, &digests));
        }
        Ok(resources)
    }

    /// Adds a signed copy, or copies that one party each signed alone, with the report on them.
    fn signed(&self, copy: &SignedCopy, draft: &mut Draft) -> io::Result<Signed> {
        let name = |part: &str| format!("data/signed/{}{part}", self.stem);
        let (pdf, report) = match copy.copies.is_empty() {
            true => (name(".pdf"), name(".verification.json")),
            false => (
                name("-til-underskrift.pdf"),
                name("-eksemplarer.verification.json"),
            ),
        };
        draft.add(&pdf, &copy.pdf)?;
        let mut copies = Vec::new();
        for (field, bytes) in &copy.copies {
            let path = name(&format!("-eksemplar-{field}.pdf"));
            draft.add(&path, bytes)?;
            copies.push(path);
        }
        let mut bytes = serde_json::to_vec_pretty(&copy.judged.report)?;
        bytes.push(b'\n');
        draft.add(&report, &bytes)?;
        Ok(Signed {
            pdf,
            copies,
            report,
            verdict: copy.judged.verdict.to_owned(),
            signers: copy.judged.signers.clone(),
        })
    }

    fn decisions(&self) -> Vec<Decision> {
        let (data, edition) = (&self.planned.partnership.data, self.planned.edition);
        let bodies: BTreeMap<&str, &str> = data
            .partnership
            .bodies
            .iter()
            .map(|body| (body.id.value.as_str(), body.name.value.as_str()))
            .collect();
        let mine = data.approvals.iter().filter(|one| {
            one.document.value == edition.document.value
                && one.year.value == edition.year.value
                && one.revision.value == edition.revision.value
        });
        let decision = |one: &crate::model::Approval| Decision {
            body: bodies
                .get(one.body.value.as_str())
                .map_or_else(|| one.body.value.clone(), |name| (*name).to_owned()),
            date: one.date.value.to_string(),
            decision: danish::decision_kind(one.decision.value).to_owned(),
            illustrative: one.provenance.basis.value == Basis::Illustrative,
        };
        mine.map(decision).collect()
    }
}

fn pages(pdf: &[u8]) -> usize {
    crate::archive::pdf::pages(pdf).unwrap_or_default()
}
