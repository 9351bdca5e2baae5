//! `tryk sign attach`: takes a signature that was made elsewhere.

use super::{Counter, needs_output, note, read, target, told};
use crate::build::{Desk, Paper, Stopped, Target};
use crate::cli::AttachArgs;
use crate::commands::clock;
use crate::diagnostic::Finding;
use crate::sign::append::Base;
use crate::sign::cms::certificate;
use crate::sign::codes;
use crate::sign::job::{self, Job};
use crate::sign::phases::Sealed;
use crate::sign::timestamp;

impl Counter<'_> {
    pub(super) fn attach(&self, args: &AttachArgs) -> Result<Vec<String>, Stopped> {
        let job = Job::read(&read(&args.job.join(job::DESCRIPTION))?)?;
        let resumed = job.resume(read(&args.job.join(job::PDF))?)?;
        let base = resumed.base.clone();
        let sealed = match (&args.cms, &args.signature) {
            (Some(message), _) => {
                let expected = resumed.chain.first();
                let (sealed, warnings) = resumed.prepared.attach(&read(message)?, expected)?;
                self.warn(&warnings)?;
                sealed
            }
            (None, Some(value)) => job.await_value(resumed)?.sealed(&read(value)?)?,
            (None, None) => {
                return Err(Stopped::Failure("give --signature or --cms".to_owned()));
            }
        };
        let sealed = match &args.tsr {
            Some(path) => {
                let token = timestamp::token(&read(path)?, sealed.value())?;
                sealed.stamped(&token)?
            }
            None => self.stamped(sealed, args.stamp.tsa.as_deref())?,
        };
        match &job.edition {
            Some(edition) => {
                let target = target(edition)?;
                needs_output(&target, args.output.as_deref())?;
                let desk = Desk::new(self.project, &target, true, &|event| self.waiting(event))?;
                let paper = desk.open(&target)?;
                if paper.pdf != base {
                    // Signed meanwhile: the very same, perhaps, or by somebody else.
                    let _field =
                        Base::read(paper.pdf.clone(), &paper.shown)?.empty_field(&job.field)?;
                    return Err(outdated(&paper).into());
                }
                finish(&paper, &job.field, sealed, args)
            }
            None => {
                let target = Target::File(args.job.join(job::PDF));
                needs_output(&target, args.output.as_deref())?;
                let desk = Desk::new(self.project, &target, false, &|event| self.waiting(event))?;
                finish(&desk.open(&target)?, &job.field, sealed, args)
            }
        }
    }
}

fn finish(
    paper: &Paper<'_>,
    field: &str,
    sealed: Sealed,
    args: &AttachArgs,
) -> Result<Vec<String>, Stopped> {
    let signer = certificate::subject(sealed.signer());
    let signed = sealed.signed()?;
    let kept = paper.keep(field, &signed.pdf, args.output.as_deref(), clock::now())?;
    let mut lines = told(paper, field, &signer, &kept);
    lines.extend(note(paper, false));
    Ok(lines)
}

fn outdated(paper: &Paper<'_>) -> Box<Finding> {
    let finding = Finding::error(
        codes::OUTDATED,
        format!(
            "{} has been signed by somebody else since this signature was prepared",
            paper.shown
        ),
    );
    Box::new(finding.hint("prepare it again with `tryk sign prepare`, and have it signed again"))
}
