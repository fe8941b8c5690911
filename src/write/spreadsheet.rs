//! Text cells that a spreadsheet shows and does not run.
//!
//! A cell that opens with a formula sign is a program to Excel and Calc, also after white space. Such a cell
//! gets an apostrophe in front. Numbers are written by us and never pass here, so that negative ones stay numbers.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

/// A cell of text.
#[derive(Debug, Clone, Default)]
pub struct Text<'a>(pub Cow<'a, str>);

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if opens_with_formula_sign(&self.0) {
            return serializer.collect_str(&format_args!("'{}", self.0));
        }
        serializer.serialize_str(&self.0)
    }
}

fn opens_with_formula_sign(text: &str) -> bool {
    let formula = |c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(formula)
}

/// A cell with a number: the shortest decimal that gives it, `34` and not `34.0`.
#[derive(Debug, Clone, Copy)]
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formula_signs_are_guarded_wherever_a_spreadsheet_sees_them() {
        for bad in ["=1+1", "+cmd", "-2+3", "@SUM(A1)", " =HYPERLINK(\"x\")", "\t=1", "\rx", "＝1"] {
            assert!(opens_with_formula_sign(bad), "{bad:?}");
        }
        for good in ["", "remission = 3", "34/43", "≥ 3", "(–2)"] {
            assert!(!opens_with_formula_sign(good), "{good:?}");
        }
    }
}
