//! XML exports, one record at a time.
//!
//! The trick: a format is only a table from paths of elements to fields ([`Schema`]); one reader walks the events,
//! collects the text below such an element, whatever tags stand inside it, and expands no entity but the characters
//! of HTML, so that no entity can grow.

mod endnote;
mod input;
mod pubmed;

use std::io::Read;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

pub(super) use self::endnote::EndnoteXml;
use self::input::XmlInput;
pub(super) use self::pubmed::PubmedXml;
use super::draft::Draft;
use super::feed::Outbox;
use super::{Item, ReadError};
use crate::model::Bibliography;
use crate::model::Severity::Warning;

/// Longest text of one field.
const LONGEST_FIELD: usize = 16 << 20;
/// Most elements that are open at once; deeper ones are passed over.
const MOST_OPEN: usize = 64;
/// Errors after which an input is given up.
const MANY_ERRORS: usize = 1000;

/// What the elements of a format mean.
pub(super) trait Schema {
    /// Tells fields apart.
    type Field: Copy + PartialEq;

    /// Whether the element called `name` is a record.
    fn is_record(name: &str) -> bool;
    /// The field that the element at `path` (names between slashes, itself last) holds.
    fn field(path: &str, element: &Element) -> Option<Self::Field>;
    /// Words put before the text of the element.
    fn label(_element: &Element) -> Option<String> {
        None
    }
    /// The reference that the fields describe.
    fn bibliography(draft: &mut Draft<Self::Field>) -> Bibliography;
}

/// An element's attributes.
pub(super) struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// Value of the attribute called `name`.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let attribute = self.0.try_get_attribute(name).ok()??;
        Some(super::markup::plain(&attribute.value))
    }
}

/// Reads an XML export from `R`.
pub(super) struct Xml<R, S: Schema> {
    reader: Reader<XmlInput<R>>,
    out: Outbox,
    draft: Draft<S::Field>,
    /// Names of the open elements, and where in it each begins.
    path: String,
    open: Vec<usize>,
    /// Length of `path` at the record and at the field that is being read.
    record: Option<usize>,
    field: Option<(S::Field, usize)>,
    text: String,
    errors: usize,
    ended: bool,
    error: Option<ReadError>,
}

impl<R: Read, S: Schema> Xml<R, S> {
    pub fn new(input: R, out: Outbox) -> Self {
        let mut reader = Reader::from_reader(XmlInput::new(input));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            out,
            draft: Draft::new(),
            path: String::new(),
            open: Vec::new(),
            record: None,
            field: None,
            text: String::new(),
            errors: 0,
            ended: false,
            error: None,
        }
    }

    fn step(&mut self, buffer: &mut Vec<u8>) {
        buffer.clear();
        match self.reader.read_event_into(buffer) {
            Ok(Event::Start(element)) => self.open(&element),
            Ok(Event::Empty(element)) => {
                self.open(&element);
                self.close(element.name().as_ref());
            }
            Ok(Event::End(element)) => self.close(element.name().as_ref()),
            Ok(Event::Text(text)) => self.text(&text.into_inner()),
            Ok(Event::CData(text)) => self.text(&text.into_inner()),
            Ok(Event::GeneralRef(name)) => {
                self.text("&");
                self.text(&name.into_inner());
                self.text(";");
            }
            Ok(Event::Eof) => self.end(),
            Ok(_) => {}
            Err(quick_xml::Error::Io(source)) => {
                let source = std::io::Error::new(source.kind(), source.to_string());
                self.error = Some(self.out.failed(self.reader.get_ref().line, source));
                self.end();
            }
            Err(error) => self.broken(&error.to_string()),
        }
    }

    fn open(&mut self, element: &BytesStart) {
        let name = element.name();
        let name = name.as_ref();
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            self.loose_sign(element);
            return;
        }
        if self.open.len() == MOST_OPEN {
            return;
        }
        self.open.push(self.path.len());
        self.path.push('/');
        self.path.push_str(name);
        let element = Element(element);
        if self.record.is_none() {
            if S::is_record(name) {
                self.begin();
            }
            return;
        }
        if self.field.is_some() {
            self.text(" ".repeat(usize::from(!is_inline(name))).as_str());
            return;
        }
        if let Some(field) = S::field(&self.path, &element) {
            self.field = Some((field, self.path.len()));
            self.text.clear();
            self.text.extend(S::label(&element));
        }
    }

    /// A `<` that stands for "less than" and took the next tag for its own.
    fn loose_sign(&mut self, element: &BytesStart) {
        let whole: &str = element;
        let Some((text, tag)) = whole.rsplit_once('<') else {
            self.text("<");
            self.text(whole);
            self.text(">");
            return;
        };
        self.text("<");
        self.text(text);
        if let Some(name) = tag.strip_prefix('/') {
            self.close(name.trim());
        }
        let message = "a < that begins no tag was read as text";
        self.draft.note(Warning, "xml.syntax", message, self.reader.get_ref().line);
    }

    fn close(&mut self, name: &str) {
        let mut end = self.path.len();
        let Some(nth) = self.open.iter().rposition(|&at| {
            let found = &self.path[at + 1..end] == name;
            end = at;
            found
        }) else {
            return;
        };
        let at = self.open[nth];
        self.path.truncate(at);
        self.open.truncate(nth);
        if let Some((field, length)) = self.field
            && at < length
        {
            self.draft.push(field, &self.text, self.reader.get_ref().line);
            self.field = None;
        }
        if self.record.is_some_and(|record| at < record) {
            self.finish();
        }
    }

    fn text(&mut self, text: &str) {
        if self.field.is_none() {
            return;
        }
        if self.text.len() + text.len() > LONGEST_FIELD {
            self.draft.too_long.get_or_insert(self.reader.get_ref().line);
            return;
        }
        self.text.push_str(text);
    }

    fn begin(&mut self) {
        self.out.begins();
        self.record = Some(self.path.len());
        let input = self.reader.get_mut();
        input.repaired = false;
        input.cut = false;
        self.draft.begin(input.line);
    }

    fn finish(&mut self) {
        self.record = None;
        self.field = None;
        let line = self.draft.line;
        let input = self.reader.get_ref();
        if input.repaired {
            self.draft.note_repaired(input.line);
        }
        if input.cut || self.draft.too_long.is_some() {
            self.out.skip(line, None, "xml.too_long", "the record is longer than can be read");
            return;
        }
        let reference = S::bibliography(&mut self.draft);
        if reference.title.is_none() && reference.abstract_text.is_none() {
            let id = reference.pmid.or(reference.doi);
            self.out.skip(line, id, "xml.empty", "the record has neither title nor abstract");
            return;
        }
        self.out.reference(line, reference, std::mem::take(&mut self.draft.diagnostics));
    }

    fn broken(&mut self, message: &str) {
        let line = self.reader.get_ref().line;
        self.errors += 1;
        if self.record.is_some() {
            self.draft.note(Warning, "xml.syntax", &format!("the XML is damaged: {message}"), line);
        } else {
            self.out.outside(line);
        }
        if self.errors > MANY_ERRORS {
            self.end();
        }
    }

    fn end(&mut self) {
        self.ended = true;
        if let Some((field, _)) = self.field.take() {
            self.draft.push(field, &self.text, self.draft.line);
        }
        if self.record.is_some() {
            let message = "the input ends before the end of this record, which has what was there";
            self.draft.note(Warning, "xml.no_end", message, self.draft.line);
            self.finish();
        }
        let nothing = self.out.close();
        self.error = self.error.take().or(nothing);
    }
}

/// Elements that stand inside words.
fn is_inline(name: &str) -> bool {
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    matches!(local, "i" | "b" | "u" | "sup" | "sub" | "em" | "strong" | "style" | "span") || name.starts_with("mml:")
}

impl<R: Read, S: Schema> Iterator for Xml<R, S> {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut buffer = Vec::new();
        loop {
            if let Some(item) = self.out.pop() {
                return Some(Ok(item));
            }
            if self.ended {
                return self.error.take().map(Err);
            }
            self.step(&mut buffer);
        }
    }
}
