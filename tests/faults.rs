//! Faults: every way in which the inputs, templates or arguments can be wrong gives the finding at its place, and no document.
//!
//! A folder under `tests/faults/` is a fault; `tests/faults/generated.rs` has those that cannot be kept as files.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;
#[path = "faults/fixture.rs"]
mod fixture;
#[path = "faults/generated.rs"]
mod generated;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::tests;

/// A test per folder, and the list of them for the guard.
macro_rules! faults {
    ($($name:ident)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];
        $(#[test] fn $name() { check(stringify!($name)); })*
    };
}

faults! {
    ambiguous_thousands
    bad_id
    badly_grouped
    bare_number
    bare_number_of_a_fact
    code_in_text
    comment_in_json
    count_typed_in_words
    damaged_font
    dash_for_nothing
    data_as_source
    date_as_serial
    date_in_words
    date_with_slashes
    decimals_in_kroner
    empty_csv
    empty_json
    empty_name
    endless_loop
    endless_recursion
    english_decimal_point
    english_number
    english_thousands
    escaped_bidi_mark
    exponent_in_cell
    exponent_in_json
    fact_label_on_text
    fact_printed_otherwise
    figure_in_template
    figure_in_text
    folder_of_another_name
    foreign_fact
    heading_of_the_template
    hidden_mark_in_template
    illustrative_in_final
    illustrative_on_many_pages
    image_in_text
    invented_fact
    issued_digest
    issued_figure
    issued_in_the_archive
    issued_of_another_format
    issued_path
    json_syntax
    json_unclosed
    kroner_in_cell
    line_for_excel
    loose_figure
    loose_on_many_pages
    misnamed_file
    missing_alt_text
    missing_column
    missing_glyph
    missing_inputs
    missing_key
    missing_main
    missing_partnership
    missing_template
    missing_templates
    missing_text
    misspelt_column
    misspelt_key
    more_digits_than_exact
    negative_budget
    no_boundary
    no_such_day
    not_a_number
    number_in_quotes
    official_amount_without_source
    official_without_source
    open_polygon
    output_in_the_archive
    output_in_the_archive_by_data
    output_leads_out
    output_leads_out_by_data
    package_import
    percent_sign
    placeholder_syntax
    point_as_boundary
    quote_in_quotes
    r01_period_total
    r02_amounts
    r02_stated
    r03_over_funds
    r04_subtotals
    r05_count_in_words
    r05_no_number_word
    r07_activity
    r07_edition
    r08_approved_late
    r08_unregistered
    r09_too_many_meetings
    r10_no_baseline
    r10_no_figure
    r11_published_too_early
    r12_rate_and_count
    r13_parts_over_total
    r14_kind_of_year
    r14_larger_part
    r14_over_hundred
    r15_typed_trend
    r16_unit_twice
    r18_break_divides_nothing
    r18_compared_across_break
    r20_few_respondents
    r20_small_count
    r21_incomplete_head
    r23_no_status
    r23_second_agreement
    r24_gap
    r24_signatories
    r25_two_cities
    r26_activity
    r26_budget
    r26_meetings
    r27_name_variant
    r28_house_style
    r30_backwards
    r30_gap
    r30_not_issued
    r31_no_row
    r32_changes_nothing
    r32_no_such_figure
    r32_not_as_issued
    r32_printed_by_none
    r33_beside_a_meeting
    r34_no_edition
    r35_older_than_the_document
    r36_decided_twice
    read_of_the_machine
    read_outside_the_root
    register_without_rows
    repeated_activity
    repeated_column
    repeated_edition
    repeated_key
    repeated_number
    repeated_observation
    repeated_signature_field
    repeated_source
    report_without_date
    restatement_of_no_id
    row_too_long
    row_too_short
    same_output
    separated_by_both
    separated_by_nothing
    separated_by_tabs
    silent_restatement
    spaces_in_number
    spreadsheet_error
    swapped_coordinates
    template_of_another_name
    text_of_no_template
    text_reads_files
    too_large
    trailing_comma
    two_boundaries
    two_digit_year
    typst_endless_loop
    typst_endless_recursion
    typst_fault_in_shared
    typst_syntax
    typst_unknown_key
    typst_unknown_variable
    typst_unsettled
    unclosed_quote
    undefined_form
    undefined_placeholder
    unknown_area
    unknown_body
    unknown_cadence
    unknown_column
    unknown_document
    unknown_document_asked
    unknown_filter
    unknown_focus_area
    unknown_font_in_draft
    unknown_font_in_final
    unknown_goal
    unknown_indicator
    unknown_key
    unknown_owner
    unknown_partner
    unknown_partnership
    unknown_party
    unknown_source
    unknown_status
    unknown_text
    usage_no_jobs
    usage_no_year
    usage_unknown_command
    usage_unknown_flag
    wrong_type
    year_of_two_digits
    year_without_edition
}

fn check(name: &str) {
    let folder = name.replace('_', "-");
    let (project, fault) = fixture::read(&folder);
    let ran = fault.check(project);
    fixture::shown(&fixture::folder(&folder), "error", &ran);
}

/// Codes that no fault of a project can bring about when it is built.
const UNREACHABLE: &[(&str, &str)] = &[
    (
        "L02",
        "a form that misreads would be a fault in this program",
    ),
    ("T14", "the engine would have to break down"),
    (
        "F15",
        "the inputs would have to change at every reading; tests/crash.rs changes them under builds",
    ),
    (
        "S11",
        "the appearance is the program's own page; src/sign/tests.rs gives it another",
    ),
];

#[test]
fn every_folder_is_exercised() {
    let entries = fs::read_dir(tests().join("faults")).unwrap();
    let folders: BTreeSet<String> = entries
        .map(Result::unwrap)
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap().replace('-', "_"))
        .collect();
    let names: BTreeSet<String> = NAMES.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(folders, names);
}

#[test]
fn every_code_has_a_fault() {
    let root = tests().join("..");
    let named = |folder: &Path, is_wanted: &dyn Fn(&str) -> bool| {
        let mut codes = BTreeSet::new();
        gather(folder, is_wanted, &mut codes);
        codes
    };
    let mut codes = named(&root.join("src"), &|path| {
        path.ends_with("codes.rs") || path.contains("/check/rules/")
    });
    for (code, why) in UNREACHABLE {
        assert!(codes.remove(*code), "{code}: {why}");
    }
    let found = named(&tests(), &|path| !path.ends_with(".snap"));
    let without: Vec<&String> = codes.difference(&found).collect();
    assert!(without.is_empty(), "{without:?}");
}

/// The codes, such as `R03`, that the texts of some files name.
fn gather(folder: &Path, is_wanted: &dyn Fn(&str) -> bool, codes: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, is_wanted, codes);
        } else if is_wanted(&path.to_string_lossy().replace('\\', "/")) {
            let text = fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&text);
            let words = text.split(|c: char| !c.is_ascii_alphanumeric());
            codes.extend(words.filter(|word| is_code(word)).map(str::to_owned));
        }
    }
}

fn is_code(word: &str) -> bool {
    matches!(word.as_bytes(), [b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9'])
}
