//! `p.range`: a p lies between 0 and 1.

use crate::model::{Op, Verdict};

use super::catalogue::P_RANGE;
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::Study;

/// Judges every printed p, once however many findings it stands on.
pub fn check(study: &Study, sheet: &mut Sheet) {
    for all in study.by_p(|_| true) {
        let Some(p) = study.p_of(all[0]) else { continue };
        let (verdict, message) = if p.value > 1.0 || p.value < 0.0 {
            (study.flag(P_RANGE, true), format!("{} is no probability.", p.text))
        } else if p.value == 0.0 && p.op != Op::Greater && p.op != Op::AtLeast {
            (Verdict::Suspicious, format!("{}: a p cannot be 0; with so many digits it is below a limit.", p.text))
        } else {
            (Verdict::Consistent, format!("{} lies between 0 and 1.", p.text))
        };
        let row = Row::new(P_RANGE, verdict, message).findings(&all).reported_text(&p.text);
        sheet.push(row.expected(Range { low: 0.0, high: 1.0 }));
    }
}
