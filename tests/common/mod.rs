//! The harness of the end-to-end tests: a project in a folder of its own, the real binary in a sealed environment, and a reader of the PDFs it makes.
//!
//! `project().replace("inputs/…", "old", "new").run(["build"])` copies the minimal project, changes it, and runs `tryk` there.

#![allow(
    dead_code,
    unused_imports,
    reason = "every test crate compiles this module and uses its own part of it"
)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "a harness that cannot go on must stop the test"
)]

mod finding;
mod live;
mod official;
mod pdf;
mod project;
mod ran;

pub use finding::{Finding, findings};
pub use live::Live;
pub use official::official;
pub use pdf::Pdf;
pub use project::{Project, folehaven, project, tests};
pub use ran::{PATIENCE, Ran};
