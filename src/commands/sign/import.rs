//! `tryk sign import`: takes a whole PDF that a signing service gave back.

use super::{Counter, needs_output, note, read, target, told};
use crate::build::{Desk, Paper, Stopped};
use crate::cli::ImportArgs;
use crate::commands::clock;
use crate::sign::returned;

impl Counter<'_> {
    pub(super) fn import(&self, args: &ImportArgs) -> Result<Vec<String>, Stopped> {
        let target = target(&args.edition)?;
        needs_output(&target, args.output.as_deref())?;
        let bytes = read(&args.returned)?;
        let desk = Desk::new(self.project, &target, true, &|event| self.waiting(event))?;
        let paper = desk.open(&target)?;
        if let Some(copy) = paper.copy().filter(|copy| bytes.starts_with(copy)) {
            return self.counterpart(args, &paper, copy, &bytes);
        }
        let found = returned::judge(&paper.pdf, &bytes, args.field.as_deref())?;
        self.warn(&found.warnings)?;
        let output = args.output.as_deref();
        let kept = paper.keep(&found.field, &bytes, output, clock::now())?;
        let mut lines = told(&paper, &found.field, &found.signer, &kept);
        lines.extend(note(&paper, false));
        Ok(lines)
    }

    /// Takes a copy that one party signed alone.
    fn counterpart(
        &self,
        args: &ImportArgs,
        paper: &Paper<'_>,
        copy: &[u8],
        returned: &[u8],
    ) -> Result<Vec<String>, Stopped> {
        let (signers, expected) = (paper.signers(), args.field.as_deref());
        let now = u64::try_from(clock::now().and_utc().timestamp()).unwrap_or(0);
        let found = returned::judge_copy(copy, returned, &signers, expected, now)?;
        self.warn(&found.warnings)?;
        let output = args.output.as_deref();
        let kept = paper.keep_counterpart(&found, returned, output)?;
        let mut lines = told(paper, &found.field, &found.signer, &kept);
        lines.extend(note(paper, true));
        Ok(lines)
    }
}
