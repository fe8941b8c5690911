//! The page that text for a reader is laid out on.

use std::fmt;

use anstyle::{AnsiColor, Style};

use crate::model::Verdict;

/// Headings and titles.
pub const STRONG: Style = Style::new().bold();
/// What is there for those who look for it.
pub const FAINT: Style = Style::new().dimmed();
/// Marks under evidence.
pub const EVIDENCE: Style = AnsiColor::Cyan.on_default();
/// What cannot be right.
pub const WRONG: Style = AnsiColor::Red.on_default();
/// What is worth a look.
pub const DOUBTFUL: Style = AnsiColor::Yellow.on_default();
/// What was recomputed and agrees.
pub const RIGHT: Style = AnsiColor::Green.on_default();

/// Width and colour of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Columns.
    pub width: usize,
    /// Whether to use colour. Nothing is told by colour alone.
    pub colour: bool,
}

impl Page {
    /// `text` in a style, or as it is on a page without colour.
    pub fn paint<T: fmt::Display>(self, style: Style, text: T) -> Painted<T> {
        Painted { style: if self.colour { style } else { Style::new() }, text }
    }
}

/// Text in a style.
pub struct Painted<T> {
    style: Style,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.style.render(), self.text, self.style.render_reset())
    }
}

/// The sign and style of a verdict.
pub fn mark(verdict: Verdict) -> (&'static str, Style) {
    match verdict {
        Verdict::Inconsistent => ("✗", WRONG),
        Verdict::Suspicious => ("?", DOUBTFUL),
        Verdict::Consistent => ("✓", RIGHT),
        Verdict::NotCheckable => ("·", FAINT),
    }
}
