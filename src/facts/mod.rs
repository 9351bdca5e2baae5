//! Dataset and edition in, a tree of facts out.
//!
//! Comes in: a checked [`Dataset`] and one [`Edition`] of its register. Goes out: the topics that templates and texts see, in which every figure is a [`Fact`].
//! Must not read files; derivations carry their formula and the facts they use.

mod book;
pub mod danish;
mod derive;
pub mod disclosure;
mod fact;
mod labels;
mod node;
mod significance;
mod topics;
mod trend;
mod view;

pub use book::FactBook;
pub use fact::{Fact, FactBasis, FactUnit, Formula, Origin, Quantity};
pub use labels::{Group, Label, label};
pub use node::{Node, Run};
pub use topics::{GENERATOR, former};
pub use trend::change;
pub use view::View;

use crate::model::{Dataset, Edition, Template};

/// What one edition may print.
#[derive(Debug)]
pub struct EditionFacts {
    /// The topics, by name.
    pub topics: Node,
    /// Every fact by id.
    pub book: FactBook,
}

/// Makes the facts that an edition sees.
pub fn edition_facts(data: &Dataset, edition: &Edition, template: &Template) -> EditionFacts {
    let mut view = View::new(data, edition, template);
    let topics = topics::all(&mut view);
    EditionFacts {
        topics,
        book: view.book,
    }
}
