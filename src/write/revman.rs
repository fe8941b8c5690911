//! Data rows for `RevMan` Web, as CSV: one row a study and analysis. An analysis is an outcome with its time and grade.
//!
//! Ratios go into the generic inverse variance columns, on the log scale. A row whose numbers are withheld says so in
//! `Footnotes`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

use super::book::{Book, Leaf};
use super::csv;
use super::manifest::Manifest;
use super::pool::{self, Context, Slabs, grade, time};
use super::rows::row;
use crate::model::{Finding, Record};

row! {
    /// A row.
    pub struct DataRow<'a> {
        group as "Analysis group": i64,
        number as "Analysis number": i64,
        name as "Analysis name": String,
        subgroup as "Subgroup": &'a str,
        applicability as "Applicability": &'a str,
        study as "Study": String,
        year as "Study year": Option<i64>,
        mean1 as "Experimental mean": Option<f64>,
        sd1 as "Experimental SD": Option<f64>,
        cases1 as "Experimental cases": Option<f64>,
        n1 as "Experimental N": Option<f64>,
        mean2 as "Control mean": Option<f64>,
        sd2 as "Control SD": Option<f64>,
        cases2 as "Control cases": Option<f64>,
        n2 as "Control N": Option<f64>,
        o_e as "O-E": Option<f64>,
        variance as "Variance": Option<f64>,
        giv_mean as "GIV Mean": Option<f64>,
        giv_se as "GIV SE": Option<f64>,
        footnotes as "Footnotes": String,
    }
}

/// A file that is being filled.
pub struct Revman {
    file: BufWriter<File>,
    slabs: Slabs,
    /// Numbers of analyses, by name.
    analyses: HashMap<String, i64>,
    include_inconsistent: bool,
}

impl Revman {
    /// With a head of columns.
    pub fn new(include_inconsistent: bool) -> io::Result<Self> {
        let mut head = Vec::new();
        csv::head::<DataRow>(&mut head);
        let mut file = BufWriter::new(tempfile::tempfile()?);
        file.write_all(&head)?;
        Ok(Self { file, slabs: Slabs::default(), analyses: HashMap::new(), include_inconsistent })
    }

    /// A row without numbers of the analysis that this finding belongs to.
    fn row<'a>(&mut self, context: &Context<'a>, finding: &'a Finding, kind: &str, notes: [&str; 3]) -> DataRow<'a> {
        let outcome: Cow<str> = Context::outcome(finding).replace('_', " ").into();
        let at = time(finding).map(|time| format!("at {time}"));
        let of = grade(finding).map(|grade| format!("grade {grade}"));
        let kind = (!kind.is_empty()).then(|| format!("({kind})"));
        let name: Vec<String> = std::iter::once(outcome.into_owned()).chain(of).chain(at).chain(kind).collect();
        let name = name.join(" ");
        let next = self.analyses.len() as i64 + 1;
        let number = *self.analyses.entry(name.clone()).or_insert(next);
        let notes: Vec<&str> = notes.into_iter().filter(|note| !note.is_empty()).collect();
        DataRow {
            group: 1,
            number,
            name,
            subgroup: "",
            applicability: "",
            study: context.slab.clone(),
            year: context.record.reference.year.map(i64::from),
            mean1: None,
            sd1: None,
            cases1: None,
            n1: None,
            mean2: None,
            sd2: None,
            cases2: None,
            n2: None,
            o_e: None,
            variance: None,
            giv_mean: None,
            giv_se: None,
            footnotes: notes.join("; "),
        }
    }
}

impl Book for Revman {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        if record.error.is_some() || record.findings.is_empty() {
            return Ok(());
        }
        let context = Context::new(record, self.slabs.next(record), self.include_inconsistent);
        let shares = pool::shares(&context);
        let mut rows = Vec::new();
        for pair in pool::pairs(&context, &shares) {
            let (derived, shared) =
                (derived(pair.withheld.is_none() && (pair.first.derived || pair.second.derived)), shared(pair.shared));
            let withheld = pair.withheld.as_deref().unwrap_or_default();
            let mut row = self.row(&context, pair.first.finding, "", [withheld, derived, &shared]);
            if pair.withheld.is_none() {
                (row.cases1, row.n1, row.cases2, row.n2) =
                    (pair.first.xi, pair.first.ni, pair.second.xi, pair.second.ni);
            }
            rows.push(row);
        }
        for means in pool::means(&context) {
            let (first, second) = (&means.first, &means.second);
            let (derived, shared) =
                (derived(means.withheld.is_none() && (first.derived || second.derived)), shared(means.shared));
            let withheld = means.withheld.as_deref().unwrap_or_default();
            let mut row = self.row(&context, first.finding, "mean", [withheld, derived, &shared]);
            if means.withheld.is_none() {
                (row.mean1, row.sd1, row.n1) = (first.value, first.sd, first.n);
                (row.mean2, row.sd2, row.n2) = (second.value, second.sd, second.n);
            }
            rows.push(row);
        }
        for ratio in pool::ratios(&context) {
            let direction = ratio.group.zip(ratio.reference).map(|(a, b)| format!("{} over {}", a.label, b.label));
            let withheld = ratio.withheld.as_deref().unwrap_or_default();
            let notes = [withheld, &direction.unwrap_or_default(), &shared(ratio.shared)];
            let mut row = self.row(&context, ratio.finding, &format!("log {}", ratio.measure), notes);
            (row.giv_mean, row.giv_se) = (ratio.log.map(|log| log.estimate), ratio.log.map(|log| log.error));
            rows.push(row);
        }
        let mut lines = Vec::new();
        csv::rows(rows, &mut lines);
        self.file.write_all(&lines)
    }

    fn finish(self: Box<Self>, _: &Manifest) -> io::Result<Vec<Leaf>> {
        let mut content = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        content.rewind()?;
        Ok(vec![Leaf { name: None, content }])
    }
}

fn derived(derived: bool) -> &'static str {
    if derived { "a number follows from a percentage or a standard error" } else { "" }
}

fn shared(label: &str) -> String {
    if label.is_empty() { String::new() } else { format!("{label} is in several comparisons") }
}
