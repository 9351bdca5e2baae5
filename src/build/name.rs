//! How people name an edition on the command line: `folehaven/plan/2019`, or `folehaven/plan/2019/r2`.

use std::fmt;
use std::str::FromStr;

use super::editions::Planned;

/// The name of an edition; without a revision it means the newest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionName {
    /// The partnership's folder.
    pub partnership: String,
    /// Template id.
    pub document: String,
    /// Year.
    pub year: i32,
    /// Revision.
    pub revision: Option<u32>,
}

impl FromStr for EditionName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fault =
            || "an edition is named like folehaven/plan/2019 or folehaven/plan/2019/r2".to_owned();
        let parts: Vec<&str> = text.trim_end_matches('/').split('/').collect();
        let (names, revision) = match parts.as_slice() {
            [a, b, c] => ([*a, *b, *c], None),
            [a, b, c, revision] => {
                let number = revision
                    .trim_start_matches('r')
                    .parse()
                    .map_err(|_| fault())?;
                ([*a, *b, *c], Some(number))
            }
            _ => return Err(fault()),
        };
        let [partnership, document, year] = names;
        if partnership.is_empty() || document.is_empty() {
            return Err(fault());
        }
        Ok(Self {
            partnership: partnership.to_owned(),
            document: document.to_owned(),
            year: year.parse().map_err(|_| fault())?,
            revision,
        })
    }
}

impl fmt::Display for EditionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.partnership, self.document, self.year)?;
        match self.revision {
            Some(revision) => write!(f, "/r{revision}"),
            None => Ok(()),
        }
    }
}

impl EditionName {
    /// True for the edition that is meant.
    pub fn means(&self, planned: &Planned<'_>) -> bool {
        let edition = planned.edition;
        planned.partnership.name == self.partnership
            && edition.document == *self.document
            && edition.year == self.year
            && match self.revision {
                Some(revision) => edition.revision == revision,
                None => !planned.is_superseded(),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for name in ["folehaven/plan/2019", "folehaven/plan/2019/r2"] {
            let read: EditionName = name.parse().expect("a name");
            assert_eq!(read.to_string(), name);
        }
        for name in [
            "",
            "plan/2019",
            "f/plan/sidste",
            "f/plan/2019/ny",
            "//2019",
            "a/b/2019/r1/x",
        ] {
            assert!(name.parse::<EditionName>().is_err(), "{name}");
        }
    }
}
