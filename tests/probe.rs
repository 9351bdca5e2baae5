//! probe
mod common;
#[test]
fn probe() {
    let ran = common::project().run(["build"]);
    println!("{}{}", ran.stdout, ran.stderr);
    for o in ran.outputs() {
        let p = ran.pdf(&o);
        println!(
            "== {o} {} {} {:?} {:?} {}\n{}",
            p.lang(),
            p.is_tagged(),
            p.declares("pdfaid:part"),
            p.declares("pdfuaid:part"),
            p.title(),
            p.text()
        );
    }
    for arg in std::env::var("PDFS").unwrap_or_default().split_whitespace() {
        let p = common::Pdf::read(&std::fs::read(arg).unwrap());
        for (i, t) in p.pages().iter().enumerate() {
            println!("--- {arg} {i}\n{t}");
        }
    }
}
