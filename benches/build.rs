//! What a build spends its time on: reading and checking, making facts, setting one edition.
#![allow(missing_docs, clippy::expect_used)]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use tryk::build::{Filter, Press, compose, load, planned};
use tryk::project::Project;
use tryk::render;

fn project() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Project {
        inputs: root.join("inputs"),
        templates: root.join("templates"),
        out: root.join("out"),
    }
}

fn stages(criterion: &mut Criterion) {
    let project = project();
    criterion.bench_function("read and check", |bencher| {
        bencher.iter(|| load(black_box(&project), &[]).map(|loaded| loaded.partnerships.len()));
    });
    let loaded = load(&project, &[]).expect("the example's folders");
    criterion.bench_function("facts of every edition", |bencher| {
        bencher.iter(|| planned(black_box(&loaded), &Filter::default()).0.len());
    });
    let press = Press::new(&loaded.templates_root).expect("templates and fonts");
    let filter = Filter {
        documents: vec!["agreement".to_owned()],
        ..Filter::default()
    };
    let (editions, _) = planned(&loaded, &filter);
    let mut group = criterion.benchmark_group("one agreement");
    group.sample_size(10);
    group.bench_function("with an empty cache", |bencher| {
        bencher.iter(|| {
            render::evict();
            compose(&loaded, &press, black_box(&editions[0])).map(|made| made.layout.pages)
        });
    });
    group.bench_function("with a warm cache", |bencher| {
        bencher.iter(|| {
            compose(&loaded, &press, black_box(&editions[0])).map(|made| made.layout.pages)
        });
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
