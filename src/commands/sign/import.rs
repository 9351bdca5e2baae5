//! `tryk sign import`: takes a whole PDF that a signing service gave back.

use super::{Counter, needs_output, read, target, told};
use crate::build::{Desk, Stopped};
use crate::cli::ImportArgs;
use crate::sign::append::Base;
use crate::sign::returned;

impl Counter<'_> {
    pub(super) fn import(&self, args: &ImportArgs) -> Result<Vec<String>, Stopped> {
        let target = target(&args.edition)?;
        needs_output(&target, args.output.as_deref())?;
        let bytes = read(&args.returned)?;
        let desk = Desk::new(self.project, &target, true, &|event| self.waiting(event))?;
        let paper = desk.open(&target)?;
        let sent = Base::read(paper.pdf.clone(), &paper.shown)?;
        let returned = Base::read(bytes.clone(), &args.returned.display().to_string())?;
        let found = returned::judge(&sent, &returned, args.field.as_deref())?;
        self.warn(&found.warnings)?;
        let kept = paper.keep(&found.field.name, &bytes, args.output.as_deref())?;
        Ok(told(&paper, &found.field.name, &found.signer, &kept))
    }
}
