//! What a signing service or an archive would refuse in a PDF, found before it is sent.
//!
//! Comes in: bytes and a profile. Goes out: refusals, each with its object and page. Must not change the file, and must survive any bytes.
//! The rules are what is known from outside: the service or the archive itself has the last word.

mod archive;
mod nemlogin;
mod walk;

use serde::Serialize;

use crate::sign::pdf::{Fault, File, page_of};
use walk::Part;

/// Whose rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// The state's signing service NemLog-in, whose software development kit checks documents against a white list of PDF names.
    Nemlogin,
    /// A long-term archive that takes PDF/A.
    Archive,
}

/// Something that would be refused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Refusal {
    /// The page, from 1, when it belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// The object, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<u32>,
    /// The rule, a stable code.
    pub rule: &'static str,
    /// What is there.
    pub what: String,
    /// How to do without it.
    pub instead: &'static str,
}

/// A rule: its code, and what to do instead.
struct Rule {
    code: &'static str,
    instead: &'static str,
}

impl Rule {
    fn refuses(&'static self, part: Option<&Part<'_>>, what: impl Into<String>) -> Refusal {
        Refusal {
            page: None,
            object: part.map(|part| part.object),
            rule: self.code,
            what: what.into(),
            instead: self.instead,
        }
    }
}

const STRUCTURE: Rule = Rule {
    code: "structure",
    instead: "make the PDF again; a damaged or ambiguous file is refused everywhere",
};

/// Everything that would be refused, by page and object; nothing when the file may go.
pub fn preflight(bytes: &[u8], profile: Profile) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if let Err(fault) = judge(bytes, profile, &mut refusals) {
        refusals.push(STRUCTURE.refuses(None, fault.to_string()));
    }
    refusals.sort();
    refusals.dedup();
    refusals
}

fn judge(bytes: &[u8], profile: Profile, refusals: &mut Vec<Refusal>) -> Result<(), Fault> {
    let file = File::read(bytes)?;
    let last = file.revisions().len() - 1;
    walk::objects(&file, last, &mut |part| match profile {
        Profile::Nemlogin => nemlogin::judge(part, refusals),
        Profile::Archive => archive::judge(part, refusals),
    })?;
    let catalog = file.catalog(last)?;
    match profile {
        Profile::Nemlogin => nemlogin::whole(&file, refusals),
        Profile::Archive => archive::whole(&file, &catalog, refusals)?,
    }
    for refusal in refusals.iter_mut().take(LOCATED) {
        refusal.page = refusal
            .object
            .and_then(|object| page_of(&file, object, last));
    }
    Ok(())
}

/// How many refusals are located; a file with more is hopeless anyway.
const LOCATED: usize = 200;
