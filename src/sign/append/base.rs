//! A PDF that can be added to.

use lopdf::Document;

use crate::diagnostic::Finding;
use crate::sign::codes;
use crate::sign::field::{self, SignatureField};

/// A PDF that can be added to, with what is in it.
pub struct Base {
    /// Its bytes.
    pub(in crate::sign) bytes: Vec<u8>,
    /// Its objects.
    pub(in crate::sign) document: Document,
}

impl Base {
    /// Reads a PDF; `shown` is what messages call it.
    ///
    /// # Errors
    /// A finding when it is damaged, encrypted, or goes on after its end.
    pub fn read(bytes: Vec<u8>, shown: &str) -> Result<Self, Box<Finding>> {
        let refuse =
            |why: &str| Box::new(Finding::error(codes::UNREADABLE, format!("{shown} {why}")));
        let document = field::parse(&bytes).map_err(|why| refuse(&why))?;
        let end = bytes.trim_ascii_end();
        if !end.ends_with(b"%%EOF") {
            return Err(refuse("has something after its end, or no end"));
        }
        Ok(Self { bytes, document })
    }

    /// Its signature fields.
    pub fn fields(&self) -> Vec<SignatureField> {
        field::in_document(&self.document)
    }

    /// An empty signature field.
    ///
    /// # Errors
    /// A finding when there is none of that name, or it is signed.
    pub fn empty_field(&self, name: &str) -> Result<SignatureField, Box<Finding>> {
        let fields = self.fields();
        let names = |signed: bool| -> Vec<&str> {
            let fitting = fields.iter().filter(|one| one.signed == signed);
            fitting.map(|one| one.name.as_str()).collect()
        };
        let empty = match names(false).as_slice() {
            [] => "no field is empty".to_owned(),
            some => format!("empty fields: {}", some.join(", ")),
        };
        let Some(field) = fields.iter().find(|one| one.name == name) else {
            let message = format!("there is no signature field {name}");
            return Err(Box::new(
                Finding::error(codes::NO_FIELD, message).hint(empty),
            ));
        };
        if field.signed {
            let message = format!("the signature field {name} is signed already");
            return Err(Box::new(Finding::error(codes::SIGNED, message).hint(empty)));
        }
        Ok(field.clone())
    }
}
