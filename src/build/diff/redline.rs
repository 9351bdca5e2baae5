//! The redline: a PDF for the meeting that shows what differs, made by `templates/redline` from values like every other document.
//!
//! Comes in: what differs. Goes out: the bytes of a PDF/A-3a that carries the comparison as `diff.json` instead of a ledger. Must not write anything.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::Answer;
use super::compared::{Compared, FigureDiffers};
use super::invented::{Figures, Part};
use super::json::json;
use super::side::{From, SideEntry};
use crate::build::editions::Planned;
use crate::build::load::Press;
use crate::diagnostic::{Finding, Findings};
use crate::facts::{FactUnit, GENERATOR, Group, Node, Quantity, danish};
use crate::ledger::{ChangeKind, FactEntry};
use crate::render::{Attachment, Job, codes, render};
use crate::wording::{Kind, Mark, ParagraphChange};

/// The template. Its folder has no `template.json`, so that it is no kind of document of the register.
const MAIN: &str = "/redline/main.typ";

/// What the template is given as `/data.json`.
#[derive(Serialize)]
struct Data<'a> {
    edition: Head<'a>,
    partnership: Partnership<'a>,
    document: &'a str,
    old: SideData,
    new: SideData,
    figures: Vec<GroupData>,
    texts: Vec<TextData<'a>>,
    /// True when only the layout differs.
    only_layout: bool,
    identical: bool,
}

/// What the shared page asks for.
#[derive(Serialize)]
struct Head<'a> {
    title: String,
    unit: Option<&'a str>,
    name: &'static str,
    draft: bool,
    doc_no: Option<()>,
    date: Fact,
}

/// The topic of the register, or what a PDF alone knows.
#[derive(Serialize)]
#[serde(untagged)]
enum Partnership<'a> {
    Topic(&'a Node),
    Named { name: &'a str, short: &'a str },
}

#[derive(Serialize)]
struct SideData {
    from: From,
    draft: bool,
    revision: Fact,
    date: Fact,
    issued: Option<Fact>,
}

#[derive(Serialize)]
struct GroupData {
    name: &'static str,
    rows: Vec<RowData>,
}

#[derive(Serialize)]
struct RowData {
    label: Vec<Part>,
    old: Option<Fact>,
    new: Option<Fact>,
    difference: Option<String>,
    kind: ChangeKind,
    old_pages: Option<String>,
    new_pages: Option<String>,
}

#[derive(Serialize)]
struct TextData<'a> {
    kind: Kind,
    section: &'a str,
    label: Option<&'a str>,
    old_page: Option<String>,
    new_page: Option<String>,
    figures_only: bool,
    runs: Vec<RunData>,
}

/// Words with one mark, the invented figures apart.
#[derive(Serialize)]
struct RunData {
    mark: Mark,
    parts: Vec<Part>,
}

/// A figure as `shared/fact.typ` prints it.
#[derive(Serialize)]
struct Fact {
    fact: String,
    text: String,
    value: Option<String>,
    unit: String,
    basis: String,
    illustrative: bool,
    forms: BTreeMap<&'static str, String>,
}

/// Makes the redline of an answer; the edition of the register, when there is one, tells who sends it.
///
/// # Errors
/// Why it cannot be made.
pub fn make(
    press: &Press,
    answer: &Answer,
    compared: &Compared,
    planned: Option<&Planned<'_>>,
) -> Result<Vec<u8>, Findings> {
    if press.files.get(MAIN).is_none() {
        return Err([no_template()].into_iter().collect());
    }
    let data = data(compared, planned);
    let data = serde_json::to_vec(&data).expect("its keys are texts");
    let ident = format!("{}/redline/{}", answer.edition, compared.old.sha256);
    let job = Job {
        files: &press.files,
        fonts: press.fonts()?,
        main: MAIN,
        data: &data,
        ident: &ident,
        date: compared.new.edition.date.parse().unwrap_or_default(),
        generator: GENERATOR,
    };
    let attachment = Attachment {
        name: "diff.json",
        bytes: json(std::slice::from_ref(answer)),
        media_type: "application/json",
        description: "Hver ændring med værdier, oprindelse og sider",
        relationship: "data",
    };
    let rendered = render(&job, &|_| Ok(vec![attachment.clone()]))?;
    Ok(rendered.pdf)
}

fn no_template() -> Finding {
    Finding::error(
        codes::TYPST_ERROR,
        "templates/redline/main.typ is missing, which sets redlines",
    )
    .hint("take it from the templates that tryk comes with")
}

fn data<'a>(compared: &'a Compared, planned: Option<&'a Planned<'_>>) -> Data<'a> {
    let new = &compared.new;
    let topic = planned.and_then(|one| one.facts.topics.get("partnership"));
    let id = new.edition.partnership.as_str();
    Data {
        edition: Head {
            title: format!("Ændringer i {}", new.edition.title),
            unit: planned.map(|one| one.edition.unit.value.as_str()),
            name: "Ændringer",
            draft: new.edition.status == "draft",
            doc_no: None,
            date: day("redline/date", &new.edition.date),
        },
        partnership: topic.map_or(
            Partnership::Named {
                name: id,
                short: id,
            },
            Partnership::Topic,
        ),
        document: &new.edition.title,
        old: side("old", &compared.old),
        new: side("new", new),
        figures: groups(compared),
        texts: compared
            .texts
            .iter()
            .map(|one| text(compared, one))
            .collect(),
        only_layout: !compared.identical && compared.says_the_same(),
        identical: compared.identical,
    }
}

fn side(name: &str, side: &SideEntry) -> SideData {
    let revision = Quantity::Number(side.edition.revision.into());
    SideData {
        from: side.from,
        draft: side.edition.status == "draft",
        revision: made(
            &format!("redline/{name}/revision"),
            &revision,
            FactUnit::Count,
        ),
        date: day(&format!("redline/{name}/date"), &side.edition.date),
        issued: side
            .issued
            .as_ref()
            .map(|issued| day(&format!("redline/{name}/issued"), issued)),
    }
}

fn day(id: &str, date: &str) -> Fact {
    let date: NaiveDate = date.parse().unwrap_or_default();
    made(id, &Quantity::Date(date), FactUnit::Date)
}

fn made(id: &str, value: &Quantity, unit: FactUnit) -> Fact {
    let forms = danish::forms(value, unit);
    let exact = match value {
        Quantity::Number(number) => number.normalize().to_string(),
        Quantity::Date(day) => day.to_string(),
        Quantity::Years(from, to) => format!("{from}/{to}"),
    };
    Fact {
        fact: id.to_owned(),
        text: forms.text,
        value: Some(exact),
        unit: unit.name().to_owned(),
        basis: "derived".to_owned(),
        illustrative: false,
        forms: forms.named,
    }
}

/// The figures of the data that a page prints, by what readers look for.
fn groups(compared: &Compared) -> Vec<GroupData> {
    const OTHERS: &str = "Øvrige tal";
    let names = Group::ALL.map(Group::name).into_iter().chain([OTHERS]);
    let printed = |one: &&FigureDiffers| one.change.is_printed();
    let group = |name: &'static str| {
        let figures = compared.of_the_data().filter(printed);
        let figures = figures.filter(|one| one.group.unwrap_or(OTHERS) == name);
        GroupData {
            name,
            rows: figures.map(|one| row(compared, one)).collect(),
        }
    };
    names
        .map(group)
        .filter(|group| !group.rows.is_empty())
        .collect()
}

fn row(compared: &Compared, figure: &FigureDiffers) -> RowData {
    let change = &figure.change;
    RowData {
        label: label(compared, figure),
        old: change.old.as_ref().map(fact),
        new: change.new.as_ref().map(fact),
        difference: change.difference.as_ref().map(|one| unbreakable(&one.text)),
        kind: change.kind,
        old_pages: pages(&figure.old_pages),
        new_pages: pages(&figure.new_pages),
    }
}

/// The name of a figure, or else the words that it stands in: the first cell of its row, or its sentence.
fn label(compared: &Compared, figure: &FigureDiffers) -> Vec<Part> {
    let plain = |text: &str| {
        vec![Part {
            text: text.to_owned(),
            illustrative: None,
        }]
    };
    if let Some(name) = &figure.name {
        return plain(name);
    }
    let sides = [&figure.change.new, &figure.change.old];
    let printed = sides.into_iter().zip(compared.printed.iter().rev());
    let mut printed =
        printed.filter_map(|(fact, all)| Some((fact.as_ref()?.printed.first()?, all)));
    let Some((one, all)) = printed.next() else {
        return plain(&figure.change.id);
    };
    let first = one.around.split(" | ").next().unwrap_or(&one.around);
    all.parts(&[first], Some(one.page))
        .into_iter()
        .flatten()
        .collect()
}

fn fact(entry: &FactEntry) -> Fact {
    Fact {
        fact: entry.id.clone(),
        text: unbreakable(&entry.text),
        value: entry.value.clone(),
        unit: entry.unit.clone(),
        basis: entry.basis.clone(),
        illustrative: entry.illustrative,
        forms: BTreeMap::new(),
    }
}

fn text<'a>(compared: &Compared, change: &'a ParagraphChange) -> TextData<'a> {
    TextData {
        kind: change.kind,
        section: &change.section,
        label: change.label.as_deref(),
        old_page: change.old_page.map(|page| page.to_string()),
        new_page: change.new_page.map(|page| page.to_string()),
        figures_only: change.figures_only,
        runs: runs(compared, change),
    }
}

/// What is removed is read in the old document, everything else in the new one.
fn runs(compared: &Compared, change: &ParagraphChange) -> Vec<RunData> {
    let parts_without = |other: Mark, figures: &Figures, page: Option<usize>| {
        let page = page.filter(|_| change.kind != Kind::Figure);
        let runs = change.runs.iter().filter(|run| run.mark != other);
        let label = change.label.as_deref().unwrap_or_default();
        let texts = std::iter::once(label).chain(runs.map(|run| run.text.as_str()));
        let parts = figures.parts(&texts.collect::<Vec<_>>(), page);
        let mut parts = parts.into_iter().skip(1);
        let of_run = move |mark: Mark| if mark == other { None } else { parts.next() };
        let marks = change.runs.iter().map(|run| run.mark);
        marks.map(of_run).collect::<Vec<_>>()
    };
    let [old, new] = &compared.printed;
    let old = parts_without(Mark::Added, old, change.old_page);
    let new = parts_without(Mark::Removed, new, change.new_page);
    let runs = change.runs.iter().zip(old.into_iter().zip(new));
    let runs = runs.map(|(run, (old, new))| RunData {
        mark: run.mark,
        parts: new.or(old).unwrap_or_default(),
    });
    runs.collect()
}

fn pages(pages: &[usize]) -> Option<String> {
    let pages: Vec<String> = pages.iter().map(ToString::to_string).collect();
    (!pages.is_empty()).then(|| danish::and_list(&pages))
}

fn unbreakable(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}
