//! `tryk explain FACT-ID`: a fact and everything that prints it or rests on it.

use crate::common::project;
use crate::{BUILT, explained};

#[test]
fn a_fact_by_its_id() {
    let ran = BUILT
        .run(["explain", "indicators/insecure/lunden/2018"])
        .clean();
    insta::assert_snapshot!("fact", ran.stdout);
}

#[test]
fn a_fact_that_only_others_rest_on() {
    let said = explained(&BUILT, &["economy/secretariat/year"]);
    insta::assert_snapshot!("printed-nowhere", said);
    let ran = BUILT
        .run(["explain", "economy/secretariat/years"])
        .failed(1);
    insta::assert_snapshot!("no-such-fact", ran.stderr);
    let ran = project()
        .run(["explain", "economy/secretariat/year"])
        .failed(2);
    insta::assert_snapshot!("nothing-built", ran.stderr);
}
