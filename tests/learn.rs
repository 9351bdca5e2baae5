//! learn
mod common;
#[path = "faults/fixture.rs"]
mod fixture;
#[test]
fn learn() {
    let mut names: Vec<String> = std::fs::read_dir(common::tests().join("faults"))
        .unwrap()
        .map(|e| e.unwrap())
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in names {
        let (project, fault) = fixture::read(&name);
        let project = fixture::with_old_pdfs(project);
        let begun = std::time::Instant::now();
        let ran = project.run(&fault.run);
        println!(
            "@@@ {name} exit {} (expected {}) {:?}",
            ran.code,
            fault.exit,
            begun.elapsed()
        );
        let writes: Vec<String> = ran
            .outputs()
            .into_iter()
            .filter(|o| ran.project.bytes(&format!("out/{o}")) != b"the PDF of the last run")
            .collect();
        if writes != {
            let mut w = fault.writes.clone();
            w.sort();
            w
        } {
            println!("WRITES {writes:?}, expected {:?}", fault.writes);
        }
        for f in ran.findings() {
            println!("{}", fixture::line(&f));
        }
        println!("{}\n-- stdout\n{}", ran.stderr, ran.stdout);
    }
}
