//! The tagged formats (RIS, nbib, Web of Science, enw) in one input, as when exports were put together into one file.
//!
//! The trick: formats change only behind a blank line or an end of record, or at the first line of a RIS or Web of
//! Science record, which no other format has; so a word inside an abstract cannot change them.

use super::enw::Enw;
use super::feed::{Feed, Outbox};
use super::lines::Line;
use super::nbib::Nbib;
use super::ris::Ris;
use super::wos::Wos;
use super::{Format, detect};

/// Reads records of the format at hand.
pub(super) struct Tagged {
    format: Format,
    reader: Box<dyn Feed + Send>,
    /// Whether another format may follow.
    mixed: bool,
    between: bool,
}

impl Tagged {
    /// A reader of `format`, one of those that have tags; none of the others.
    pub fn new(format: Format, mixed: bool) -> Option<Self> {
        Some(Self { format, reader: reader(format)?, mixed, between: true })
    }
}

fn reader(format: Format) -> Option<Box<dyn Feed + Send>> {
    Some(match format {
        Format::Ris => Box::new(Ris::new()),
        Format::Nbib => Box::new(Nbib::new()),
        Format::Wos => Box::new(Wos::new()),
        Format::Enw => Box::new(Enw::new()),
        _ => return None,
    })
}

impl Feed for Tagged {
    fn line(&mut self, line: &Line, out: &mut Outbox) {
        let heads = line.text.starts_with("TY  - ") || line.text.starts_with("FN ");
        let opens = self.between || self.format != Format::Ris && heads;
        if opens
            && self.mixed
            && let Some(format) = detect::opening(&line.text).filter(|&format| format != self.format)
            && let Some(reader) = reader(format)
        {
            self.reader.end(out);
            self.reader = reader;
            self.format = format;
            out.turn_to(format);
        }
        self.reader.line(line, out);
        self.between = line.text.trim_start().is_empty() || line.text.starts_with("ER") || line.text == "EF";
    }

    fn end(&mut self, out: &mut Outbox) {
        self.reader.end(out);
    }
}
