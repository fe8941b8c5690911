//! What is said on standard error: diagnostics as `file:line: code: message`, failures, the closing line.
//!
//! An export with one bad habit has it in every record, so each code is shown a number of times and then counted.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;

use anstyle::{AnsiColor, Style};

use crate::model::{Diagnostic, Severity};
use crate::write::printable::printable;

use super::config::Chatter;
use super::exit::Failure;
use super::tally::Tally;

const SHOWN_PER_CODE: u64 = 20;
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default();
const NOTE: Style = AnsiColor::Cyan.on_default();

/// Writes reports. If they cannot be written there is nobody to tell, so errors of the writer are let go.
pub struct Reporter<W: Write> {
    out: W,
    chatter: Chatter,
    /// Number seen by code.
    seen: BTreeMap<String, u64>,
}

impl<W: Write> Reporter<W> {
    /// To this writer.
    pub fn new(out: W, chatter: Chatter) -> Self {
        Self { out, chatter, seen: BTreeMap::new() }
    }

    /// Reports what was wrong with a record of the input `path`.
    pub fn diagnostic(&mut self, path: &str, diagnostic: &Diagnostic) {
        let least = match self.chatter {
            Chatter::Quiet => Severity::Error,
            Chatter::Normal => Severity::Warning,
            Chatter::Verbose => Severity::Note,
        };
        if diagnostic.severity < least || self.is_too_many(&diagnostic.code) {
            return;
        }
        let style = match diagnostic.severity {
            Severity::Error => ERROR,
            Severity::Warning => WARNING,
            Severity::Note => NOTE,
        };
        let (path, message) = (printable(path), printable(&diagnostic.message));
        let _ = writeln!(self.out, "{path}:{}: {style}{}{style:#}: {message}", diagnostic.line, diagnostic.code);
    }

    fn is_too_many(&mut self, code: &str) -> bool {
        if self.chatter == Chatter::Verbose {
            return false;
        }
        let Some(seen) = self.seen.get_mut(code) else {
            self.seen.insert(code.to_owned(), 1);
            return false;
        };
        *seen += 1;
        *seen > SHOWN_PER_CODE
    }

    /// Reports an error that is not about one record.
    pub fn error(&mut self, error: impl fmt::Display) {
        let _ = writeln!(self.out, "{ERROR}error{ERROR:#}: {}", printable(&error.to_string()));
    }

    /// Says how many records an input had and what became of them.
    pub fn input(&mut self, path: &str, format: &str, tally: &Tally) {
        if self.chatter == Chatter::Quiet {
            return;
        }
        let (seen, used, bare, skipped) = (tally.seen(), tally.with_abstract, tally.without_abstract(), tally.skipped);
        let path = printable(path);
        let _ = writeln!(
            self.out,
            "{path}: {format}: {seen} seen = {used} used + {bare} without abstract + {skipped} skipped"
        );
    }

    /// Says how many decisions were applied, of each kind, and how many not.
    pub fn decisions(&mut self, applied: usize, kinds: &str, refused: u64) {
        if self.chatter != Chatter::Quiet {
            let _ = writeln!(self.out, "{applied} decisions applied ({kinds}), {refused} not applied");
        }
    }

    /// Says how many records were left out of the table.
    pub fn left_out(&mut self, duplicates: u64) {
        if self.chatter != Chatter::Quiet {
            let _ = writeln!(self.out, "{duplicates} left out of the table as duplicates (--dedupe)");
        }
    }

    /// Says how many diagnostics were only counted, and sums up the run.
    pub fn close(&mut self, tally: &Tally) {
        for (code, seen) in &self.seen {
            if let Some(rest @ 1..) = seen.checked_sub(SHOWN_PER_CODE) {
                let _ = writeln!(self.out, "{rest} more of {code} (--verbose shows all)");
            }
        }
        if self.chatter != Chatter::Quiet {
            let _ = writeln!(self.out, "{tally}");
        }
    }
}

/// Says why a run ended before its time.
pub fn failure(failure: &Failure) {
    let mut out = anstream::stderr();
    match failure {
        Failure::ClosedPipe => {}
        Failure::Usage(error) => {
            let _ = error.print();
        }
        // Already laid out, with its place in the file and a mark under it.
        Failure::Rules(errors) => {
            let _ = writeln!(out, "{errors}");
        }
        other => Reporter::new(out, Chatter::Normal).error(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(chatter: Chatter, report: impl FnOnce(&mut Reporter<&mut Vec<u8>>)) -> String {
        let mut out = Vec::new();
        report(&mut Reporter::new(&mut out, chatter));
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    fn diagnostic(severity: Severity, line: u64) -> Diagnostic {
        Diagnostic::new(severity, "ris.flat", "the record stands on one line", line)
    }

    #[test]
    fn a_diagnostic_says_file_line_and_code() {
        let text = reported(Chatter::Normal, |r| r.diagnostic("a.ris", &diagnostic(Severity::Warning, 3)));
        assert_eq!(text, "a.ris:3: ris.flat: the record stands on one line\n");
    }

    #[test]
    fn what_is_said_depends_on_how_much_was_asked_for() {
        for (chatter, lines) in [(Chatter::Quiet, 1), (Chatter::Normal, 3), (Chatter::Verbose, 4)] {
            let text = reported(chatter, |r| {
                for severity in [Severity::Error, Severity::Warning, Severity::Note] {
                    r.diagnostic("a.ris", &diagnostic(severity, 1));
                }
                r.close(&Tally::default());
            });
            assert_eq!(text.lines().count(), lines, "{chatter:?}: {text}");
        }
    }

    #[test]
    fn very_many_of_a_kind_are_counted() {
        let flood = |r: &mut Reporter<&mut Vec<u8>>| {
            for line in 1..=1000 {
                r.diagnostic("a.ris", &diagnostic(Severity::Warning, line));
            }
            r.diagnostic("a.ris", &Diagnostic::new(Severity::Error, "ris.empty", "nothing in it", 1001));
            r.close(&Tally::default());
        };
        let text = reported(Chatter::Normal, flood);
        assert_eq!(text.lines().count(), 20 + 3);
        assert!(text.contains("a.ris:1001: ris.empty: nothing in it\n980 more of ris.flat (--verbose shows all)\n"));
        assert_eq!(reported(Chatter::Verbose, flood).lines().count(), 1002);
    }

    #[test]
    fn escapes_in_the_input_are_not_passed_on() {
        let bad = Diagnostic::new(Severity::Warning, "ris.tag", "unknown \u{1b}[2J tag", 1);
        assert!(!reported(Chatter::Normal, |r| r.diagnostic("a\u{1b}c", &bad)).contains('\u{1b}'));
    }
}
