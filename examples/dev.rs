//! throwaway
use trialtab::{find, rules::{RulePack, flatten}, text::Text, model::Field};
fn main() {
    let t0 = std::time::Instant::now();
    let pack = match RulePack::built_in() { Ok(p) => p, Err(e) => { println!("{e}"); return } };
    eprintln!("pack {:?}", t0.elapsed());
    let path = std::env::args().nth(1).unwrap();
    let quiet = std::env::args().nth(2).as_deref() == Some("-q");
    let data = std::fs::read_to_string(path).unwrap();
    let t0 = std::time::Instant::now();
    let mut n = 0;
    for line in data.lines() {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let Some(a) = v["abstract"].as_str() else { continue };
        let text = Text::new(Field::Abstract, a, pack.sections());
        let terms = pack.terms().find(text.folded(), &flatten(text.folded()));
        if !quiet { println!("== {}", v["id"]); }
        for s in text.sentences() {
            let mut m = find::mentions(&pack, text.folded(), s, &terms);
            find::rewrite_findings(&pack, &mut m);
            if !quiet { println!("   {}\n      {}", &text.folded()[s.start..s.end], m.text()); }
        }
        n += 1;
    }
    eprintln!("{n} in {:?}", t0.elapsed());
}
