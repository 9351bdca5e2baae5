//! A break of a series is said beside every chart and table that shows both sides of it.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use common::{Ran, folehaven};

const REASON: &str = "Området blev udvidet med to karréer.";

/// Folehaven with breaks in the safety series and in one of the offence types.
fn broken() -> Ran {
    let breaks = format!(r#""breaks": [{{ "year": 2020, "reason": "{REASON}" }}], "#);
    let project = ["insecure", "crime_rate", "burglary"]
        .iter()
        .fold(folehaven(), |project, id| {
            let old = format!(r#""id": "{id}","#);
            project.replace(
                "inputs/folehaven/partnership.json",
                &old,
                &format!("{old} {breaks}"),
            )
        });
    project.run(["build", "-y", "2021"]).clean()
}

#[test]
fn charts_and_tables_say_where_a_series_breaks() {
    let ran = broken();
    for (output, times) in [
        // Under the table of both shares, the chart of one, the chart and table of the rate, and the table of offences.
        ("folehaven/2021/status-styregruppe-2021.pdf", 4),
        // The plan was made before the newer offences were known: under the table of goals, and under the chart of the distance to the city.
        ("folehaven/2021/tryghedsplan-2021.pdf", 2),
    ] {
        let text = ran.pdf(output).text();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words.matches("Brud i serien.").count(), times, "{output}");
        assert!(words.contains("kan ikke sammenlignes med tallene fra årene før."));
        assert!(words.contains(REASON), "{output}");
    }
}
