//! Reading a PDF the way a verifier must: strictly, from its end, one revision at a time.
//!
//! lopdf reads what most programs would make of a file. A verifier has to refuse what two programs could read differently: a key that stands
//! twice, a stream of another length, two tables of contents, a chain that overlaps. So values and revisions are read here; lopdf unpacks.

mod decode;
mod fault;
mod file;
mod object;
mod pages;
mod parse;
mod revision;
mod scan;
mod section;

pub use fault::{Fault, Kind};
pub use file::{File, LARGEST};
pub use object::{Dictionary, Id, Object, Stream, Text, is_named};
pub use pages::{page_of, pages};
pub use revision::Revision;
pub use section::{Entry, Section};
