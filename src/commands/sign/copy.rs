//! `tryk sign copy`: a plain copy for signing services.

use super::{Counter, places, target};
use crate::build::{Desk, Stopped};

impl Counter<'_> {
    pub(super) fn copy(&self, edition: &str) -> Result<Vec<String>, Stopped> {
        let target = target(edition)?;
        let desk = Desk::new(self.project, &target, true, &|event| self.waiting(event))?;
        let paper = desk.open(&target)?;
        let kept = paper.copied()?;
        let mut lines = vec![format!("copied   {}", paper.shown)];
        lines.extend(places(&kept));
        Ok(lines)
    }
}
