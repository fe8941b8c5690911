//! throwaway
use trialtab::{
    extract::Extractor,
    model::{Bibliography, Reference},
};
fn main() {
    let t0 = std::time::Instant::now();
    let ex = match Extractor::built_in() {
        Ok(p) => p,
        Err(e) => {
            println!("{e}");
            return;
        }
    };
    eprintln!("pack {:?}", t0.elapsed());
    let path = std::env::args().nth(1).unwrap();
    let mode = std::env::args().nth(2).unwrap_or_default();
    let only = std::env::args().nth(3).unwrap_or_default();
    let data = std::fs::read_to_string(path).unwrap();
    let t0 = std::time::Instant::now();
    let mut n = 0;
    use std::io::Write;
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    for line in data.lines() {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        if !only.is_empty() && v["id"].as_str() != Some(&only) {
            continue;
        }
        let r = Reference {
            id: v["id"].as_str().map(Into::into),
            bibliography: Bibliography {
                title: v["title"].as_str().map(Into::into),
                abstract_text: v["abstract"].as_str().map(Into::into),
                ..Default::default()
            },
            ..Default::default()
        };
        n += 1;
        if mode == "-q" {
            std::hint::black_box(ex.extract(&r));
            continue;
        }
        if mode != "-x" {
            writeln!(out, "{}", serde_json::to_string(&ex.extract(&r)).unwrap()).unwrap();
            continue;
        }
        let e = ex.explain(&r);
        let text = r.bibliography.abstract_text.as_deref().unwrap_or_default();
        let cs: Vec<char> = text.chars().collect();
        let lit = |s: &trialtab::model::Span| cs[s.start as usize..s.end as usize].iter().collect::<String>();
        writeln!(out, "== {} {:?}", e.record.id, e.record.reference.title).unwrap();
        for g in &e.record.groups {
            writeln!(
                out,
                "   {} {:?} {:?} {:?} n={:?} {}",
                g.id,
                g.kind,
                g.role,
                g.basis,
                g.n.as_ref().map(|n| n.value),
                g.label
            )
            .unwrap();
        }
        for s in &e.sentences {
            writeln!(out, " {:?} {}\n      {}", s.section, lit(&s.at), s.masked).unwrap();
            for f in &s.findings {
                let x = &e.record.findings[f.finding.index()];
                let q =
                    |q: &Option<trialtab::model::Quantity>| q.as_ref().map(|q| q.text.clone()).unwrap_or("-".into());
                writeln!(
                    out,
                    "      -> {} {:?} {} [{}] {:?} est={} ev={} tot={} iv={} t={} g={} grp={} p={} {:?} {:?}",
                    x.id,
                    x.kind,
                    x.outcome.id.clone().unwrap_or("?".into()),
                    x.outcome.text,
                    x.measure,
                    q(&x.estimate),
                    q(&x.events),
                    q(&x.total),
                    x.interval
                        .as_ref()
                        .map(|i| format!("{:?} {}..{}", i.kind, q(&i.low), q(&i.high)))
                        .unwrap_or("-".into()),
                    x.time.as_ref().map(|t| t.text.clone()).unwrap_or("-".into()),
                    x.grade.as_ref().map(|t| t.text.clone()).unwrap_or("-".into()),
                    x.group.map(|g| g.to_string()).unwrap_or("-".into()),
                    x.p.as_ref().map(|p| p.text.clone()).unwrap_or("-".into()),
                    x.bound_by,
                    f.rules
                )
                .unwrap();
            }
        }
    }
    out.flush().unwrap();
    eprintln!("{n} in {:?}", t0.elapsed());
}
