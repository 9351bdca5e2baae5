//! Folehaven with every example called official, so that its plans can be final. Only tests may do that.

use super::project::{Project, folehaven};

/// The source that the examples are said to have.
const SOURCE: &str = "aftale";

/// A copy of Folehaven whose figures all have a source, and whose plan of 2019 is final.
pub fn official() -> Project {
    let rows = |text: &str| text.replace(";illustrative;\n", &format!(";official;{SOURCE}\n"));
    let unmarked = |text: &str| rows(text.trim_start_matches('\u{feff}'));
    let source = format!(r#""basis": "official", "source": "{SOURCE}""#);
    folehaven()
        .rewrite("inputs/folehaven/activities.csv", |text| {
            let text = unmarked(&text.replace("\r\n", "\n"));
            assert!(!text.contains(";illustrative;"), "an example is left");
            text
        })
        .rewrite("inputs/folehaven/approvals.csv", rows)
        .rewrite("inputs/folehaven/partnership.json", |text| {
            text.replace(r#""basis": "illustrative""#, &source)
        })
        .rewrite("inputs/folehaven/boundary.geojson", |text| {
            text.replace(r#""basis": "illustrative", "source": null"#, &source)
        })
        .replace(
            "inputs/folehaven/documents.csv",
            "plan;2019;1;2019-01-28;draft",
            "plan;2019;1;2019-01-28;final",
        )
}
