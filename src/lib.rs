//! `tryk` turns a safety partnership's structured inputs and Typst templates into its official Danish PDFs.
//!
//! Data flows one way: [`read`] → [`model`] → [`check`] → [`facts`] → [`prose`] → [`render`], composed only in [`build`] and [`commands`].
//! `docs/architecture.md` has the plan.

pub mod archive;
pub mod build;
pub mod check;
pub mod cli;
pub mod commands;
pub mod diagnostic;
pub mod facts;
pub mod ledger;
pub mod model;
pub mod project;
pub mod prose;
pub mod read;
pub mod render;
pub mod sign;
pub mod wording;
