//! Lines inside a record that may be its end or words of its abstract, until the next line tells.

use super::tag::{TagLine, is_type, kind};
use super::{Outbox, Ris, is_furniture};

/// Lines that end the record or belong to its last field; the next line tells.
pub(super) struct Held {
    pub text: String,
    pub line: u64,
    pub what: What,
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(super) enum What {
    /// An empty `ER`.
    End,
    /// An `ER` with text behind.
    EndWithText,
    /// Counters and headers between records.
    Furniture,
}

/// What the held lines were.
pub(super) enum Verdict {
    Ended,
    Text,
    Undecided,
}

/// Most that is kept of counters and headers in a row, in bytes.
const LONGEST_HELD: usize = 1024;

impl Ris {
    pub(super) fn verdict(&self, held: &Held, text: &str, line: Option<&TagLine>) -> Verdict {
        let begins = line.is_some_and(|line| line.tag == *b"TY" && is_type(line.value));
        let furniture = is_furniture(text);
        let untyped = !self.typed && line.is_some_and(|line| kind(line.tag).is_some());
        let ended = match held.what {
            What::End => begins || furniture || untyped,
            What::EndWithText => begins || furniture,
            What::Furniture if furniture => return Verdict::Undecided,
            What::Furniture => begins || untyped,
        };
        if ended { Verdict::Ended } else { Verdict::Text }
    }

    pub(super) fn end_held(&mut self, held: &Held, out: &mut Outbox) {
        match held.what {
            What::End => {}
            What::EndWithText => self.note_end_text(held.line),
            What::Furniture => self.note_no_end(held.line),
        }
        self.finish(out);
    }

    pub(super) fn hold(&mut self, text: &str, line: u64, what: What) {
        match &mut self.held {
            Some(held) if held.text.len() > LONGEST_HELD => {}
            Some(held) => {
                held.text.push(' ');
                held.text.push_str(text.trim());
            }
            None => self.held = Some(Held { text: text.trim().to_owned(), line, what }),
        }
    }
}
