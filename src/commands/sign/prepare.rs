//! `tryk sign prepare`: for a signature that is made elsewhere.

use std::fs;
use std::io::ErrorKind;

use super::{Counter, certificates, target};
use crate::build::{Desk, Stopped, write_new};
use crate::cli::PrepareArgs;
use crate::sign::cms::certificate;
use crate::sign::job::{self, Job};

impl Counter<'_> {
    pub(super) fn prepare(&self, args: &PrepareArgs) -> Result<Vec<String>, Stopped> {
        let target = target(&args.what.target)?;
        let known = certificates(&args.certificates)?;
        let chain = match known.split_first() {
            Some((signer, others)) => certificate::chain(signer, others),
            None => Vec::new(),
        };
        let desk = Desk::new(self.project, &target, false, &|event| self.waiting(event))?;
        let paper = desk.open(&target)?;
        let prepared = self.prepared(&paper, &args.what, &chain)?;
        let edition = paper.is_edition().then(|| paper.shown.clone());
        let files = Job::files(edition, &args.what.field, &paper.pdf, prepared, chain)?;
        let shown = args.job.display();
        let failed = |error: std::io::Error| match error.kind() {
            ErrorKind::AlreadyExists => {
                Stopped::Failure(format!("{shown} is there already; name a new folder"))
            }
            _ => Stopped::Failure(format!("{shown} could not be written: {error}")),
        };
        fs::create_dir(&args.job).map_err(failed)?;
        // The description comes last, so that a folder without one is unfinished.
        for (name, bytes) in &files {
            write_new(&args.job, name, bytes).map_err(failed)?;
        }
        let named = |name: &str| files.iter().any(|(file, _)| *file == name);
        let mut lines = vec![
            format!(
                "prepared {}, field {}, in {shown}",
                paper.shown, args.what.field
            ),
            format!(
                "either   a CMS message over {shown}/{}: attach it with --cms",
                job::SIGNED_BYTES
            ),
        ];
        if named(job::ATTRIBUTES) {
            lines.push(format!(
                "or       a signature over {shown}/{} (its SHA-256 digest is in {}): attach it with --signature",
                job::ATTRIBUTES,
                job::DIGEST
            ));
        }
        lines.push(format!("then     tryk sign attach {shown} …"));
        Ok(lines)
    }
}
