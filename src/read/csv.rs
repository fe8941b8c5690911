//! CSV and TSV with columns for title or abstract, whatever program named them.
//!
//! The trick: lines are gathered until the quotation marks close, and only then does csv-core see them, so that a
//! mark that never closes costs some records and neither the rest of the file nor the memory.

use super::abstracts::Abstracts;
use super::date::Date;
use super::draft::Draft;
use super::feed::{Feed, Outbox};
use super::identifier;
use super::lines::Line;
use super::markup::plain;
use super::people;
use crate::model::Bibliography;
use crate::model::Severity::Warning;

/// Longest row, in bytes.
const LONGEST_ROW: usize = 1 << 20;

/// Longest name of a column.
const LONGEST_NAME: usize = 80;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Kind,
    Title,
    Authors,
    FullNames,
    Year,
    Date,
    Journal,
    Volume,
    Issue,
    Pages,
    FirstPage,
    LastPage,
    Doi,
    Pmid,
    Accession,
    Pmcid,
    Issn,
    Url,
    Language,
    Keywords,
    Abstract,
}

/// The column that databases and managers call `name`; some call them by the tags of their other formats.
fn column(name: &str) -> Option<Column> {
    Some(match letters(name).as_str() {
        "id" | "key" | "recordid" | "recid" => Column::Id,
        "type" | "itemtype" | "publicationtype" | "documenttype" | "referencetype" | "dt" | "ty" => Column::Kind,
        "title" | "articletitle" | "primarytitle" | "ti" | "t1" | "documenttitle" | "papertitle" => Column::Title,
        "author" | "authors" | "au" | "a1" | "authornames" => Column::Authors,
        "authorfullnames" | "af" => Column::FullNames,
        "year" | "publicationyear" | "pubyear" | "py" | "yr" | "publishedyear" => Column::Year,
        "date" | "publicationdate" | "publisheddate" | "pubdate" | "da" | "dp" => Column::Date,
        "journal" | "sourcetitle" | "publicationtitle" | "journalbook" | "journaltitle" | "source" | "so"
        | "publishedin" | "journalname" | "secondarytitle" | "jn" | "jt" | "jf" | "jo" | "t2" => Column::Journal,
        "volume" | "vol" | "vl" => Column::Volume,
        "issue" | "number" | "is" => Column::Issue,
        "pages" | "page" => Column::Pages,
        "pagestart" | "startpage" | "bp" | "firstpage" => Column::FirstPage,
        "pageend" | "endpage" | "ep" | "lastpage" => Column::LastPage,
        "doi" | "di" | "do" | "doilink" => Column::Doi,
        "pmid" | "pubmedid" | "pm" => Column::Pmid,
        "accessionnumber" | "an" => Column::Accession,
        "pmcid" | "pmc" => Column::Pmcid,
        "issn" | "isbn" | "sn" => Column::Issn,
        "url" | "link" | "urls" => Column::Url,
        "language" | "la" | "languageoforiginaldocument" => Column::Language,
        "keywords" | "authorkeywords" | "manualtags" | "de" | "tags" => Column::Keywords,
        "abstract" | "abstractnote" | "ab" | "n2" | "abstracttext" | "abstracts" => Column::Abstract,
        _ => return None,
    })
}

/// The column that is likely meant by a name that no database uses (`study_title`, `Abstract (English)`).
fn likely(name: &str) -> Option<Column> {
    const OTHERS: [&str; 16] = [
        "journal", "source", "short", "book", "series", "translat", "affil", "address", "email", "keyword", "language",
        "count", "id", "screen", "decision", "note",
    ];
    let name = letters(name);
    let is = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if name.contains("doi") {
        return Some(Column::Doi);
    }
    if is(&["pmid", "pubmedid"]) {
        return Some(Column::Pmid);
    }
    if is(&["journal", "sourcetitle"]) && !is(&["abbrev", "short", "issn", "id"]) {
        return Some(Column::Journal);
    }
    let wanted =
        [("abstract", Column::Abstract), ("title", Column::Title), ("author", Column::Authors), ("year", Column::Year)];
    wanted.into_iter().find(|(word, _)| name.contains(word) && !is(&OTHERS)).map(|(_, column)| column)
}

fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// What the cells of a header name: the names that databases use, and for what is missing then, likely ones.
fn columns(header: &[String]) -> Vec<Option<Column>> {
    let mut columns: Vec<_> = header.iter().map(|cell| column(cell)).collect();
    for (at, cell) in header.iter().enumerate() {
        let likely = likely(cell).filter(|likely| !columns.contains(&Some(*likely)));
        columns[at] = columns[at].or(likely);
    }
    columns
}

/// Whether `cells` are a header with columns for title and abstract.
fn is_header(cells: &[String]) -> bool {
    let columns = columns(cells);
    let is_name = |cell: &String| cell.len() <= LONGEST_NAME && !cell.contains(['{', '}', '=', '<', '>', '@']);
    cells.iter().all(is_name) && columns.contains(&Some(Column::Title)) && columns.contains(&Some(Column::Abstract))
}

/// What stands between the cells of the line `header`, if it has columns for title and abstract.
pub(super) fn delimiter(header: &str) -> Option<u8> {
    [b',', b'\t', b';', b'|'].into_iter().find(|delimiter| is_header(&Cells::new(*delimiter).split(header)))
}

/// Reads one record a row.
pub(super) struct Csv {
    columns: Option<Vec<Option<Column>>>,
    /// Whether a header with title and abstract is among the first lines.
    header_comes: bool,
    delimiter: u8,
    cells: Cells,
    row: String,
    /// The row ends inside quotation marks.
    quoted: bool,
    draft: Draft<Column>,
}

impl Feed for Csv {
    fn line(&mut self, line: &Line, out: &mut Outbox) {
        if self.row.is_empty() {
            if line.text.trim_matches(['\u{FEFF}', ' ', '\u{1A}']).is_empty() {
                return;
            }
            self.draft.begin(line.number);
        } else {
            self.row.push('\n');
        }
        self.row.push_str(line.text.trim_start_matches('\u{FEFF}'));
        if line.repaired {
            self.draft.note_repaired(line.number);
        }
        if line.cut || self.row.len() > LONGEST_ROW {
            self.draft.too_long = Some(line.number);
        } else {
            self.quoted = ends_quoted(&line.text, self.delimiter, self.quoted);
            if self.quoted {
                return;
            }
        }
        self.quoted = false;
        self.take_row(out);
    }

    fn end(&mut self, out: &mut Outbox) {
        if !self.row.is_empty() {
            let message = "the input ends inside quotation marks; the record has what was there";
            self.draft.note(Warning, "csv.quote", message, self.draft.line);
            self.take_row(out);
        }
    }
}

impl Csv {
    /// A reader of rows with `delimiter` between their cells, if it is known from the header.
    pub fn new(delimiter: Option<u8>) -> Self {
        let header_comes = delimiter.is_some();
        let delimiter = delimiter.unwrap_or(b',');
        Self {
            columns: None,
            header_comes,
            delimiter,
            cells: Cells::new(delimiter),
            row: String::new(),
            quoted: false,
            draft: Draft::new(),
        }
    }

    /// Whether `cells` are words above the header, which is known to come.
    fn above_header(&self, cells: &[String]) -> bool {
        self.header_comes && !is_header(cells)
    }

    fn take_row(&mut self, out: &mut Outbox) {
        let row = std::mem::take(&mut self.row);
        let cells = self.cells.split(&row);
        let Some(columns) = &self.columns else {
            if self.above_header(&cells) {
                out.outside(self.draft.line);
            } else {
                self.columns = Some(columns(&cells));
            }
            return;
        };
        let line = self.draft.line;
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if let Some(at) = self.draft.too_long {
            let message = format!("the row is longer than can be read, at line {at}; a quotation mark may be missing");
            out.skip(line, None, "csv.too_long", message);
            return;
        }
        if cells.len() > columns.len() {
            self.draft.note(Warning, "csv.columns", "the row has more cells than there are columns", line);
        }
        let mut id = None;
        for (cell, column) in cells.iter().zip(columns) {
            match column {
                Some(Column::Id) if !cell.is_empty() => id = Some(cell.clone()),
                Some(column) => self.draft.push(*column, cell, line),
                None => {}
            }
        }
        let reference = bibliography(&mut self.draft);
        if reference.title.is_none() && reference.abstract_text.is_none() {
            out.skip(line, id, "csv.empty", "the row has neither title nor abstract");
            return;
        }
        out.reference_with_id(id, line, reference, std::mem::take(&mut self.draft.diagnostics));
    }
}

fn bibliography(draft: &mut Draft<Column>) -> Bibliography {
    let mut out = Bibliography::default();
    let mut abstracts = Abstracts::default();
    let mut full_names = false;
    for (column, value) in draft.filled() {
        match column {
            Column::Abstract => abstracts.push(value),
            Column::FullNames if !full_names => {
                full_names = true;
                out.authors.clear();
                people::add(&mut out.authors, lines_kept(value));
            }
            Column::Authors if out.authors.is_empty() => people::add(&mut out.authors, lines_kept(value)),
            Column::Keywords => out.keywords.extend(list(value)),
            _ => {}
        }
    }
    let first = |column: Column| draft.value(column);
    let text = |column: Column| first(column).map(plain);
    out.kind = text(Column::Kind);
    out.title = text(Column::Title);
    out.journal = text(Column::Journal);
    out.volume = text(Column::Volume);
    out.issue = text(Column::Issue);
    out.pages = text(Column::Pages).or_else(|| match (text(Column::FirstPage), text(Column::LastPage)) {
        (Some(from), Some(to)) if from != to => Some(format!("{from}-{to}")),
        (from, _) => from,
    });
    out.language = text(Column::Language);
    out.issn = text(Column::Issn);
    out.url = text(Column::Url);
    out.doi = first(Column::Doi).and_then(identifier::doi);
    let accession = |id| identifier::labelled_pmid(id).or_else(|| identifier::bare_pmid(id, 7));
    let pmid = first(Column::Pmid).and_then(identifier::pmid).or_else(|| first(Column::Accession).and_then(accession));
    out.pmid = pmid.map(str::to_owned);
    out.pmcid = first(Column::Pmcid).and_then(identifier::pmcid);
    let year = first(Column::Year).and_then(Date::parse);
    let exact = first(Column::Date).and_then(Date::parse).filter(|date| year.is_none_or(|year| year.year == date.year));
    if let Some(date) = exact.or(year) {
        out.year = Some(date.year);
        out.date = Some(date.to_string());
    }
    out.abstract_text = abstracts.choose(draft);
    out
}

/// The text of a cell whose line ends part its names.
fn lines_kept(value: &str) -> String {
    value.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// Names or keywords between semicolons, else one.
fn list(value: &str) -> Vec<String> {
    plain(value).split(';').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// Splits rows with one state machine, which is costly to build.
struct Cells {
    reader: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    fn new(delimiter: u8) -> Self {
        let reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Self { reader, text: Vec::new(), ends: Vec::new() }
    }

    /// The cells of `row`.
    fn split(&mut self, row: &str) -> Vec<String> {
        self.reader.reset();
        self.text.resize(row.len() + 1, 0);
        self.ends.resize(row.len() + 2, 0);
        let (result, read, mut written, mut ended) =
            self.reader.read_record(row.as_bytes(), &mut self.text, &mut self.ends);
        if result == csv_core::ReadRecordResult::InputEmpty {
            // An empty input tells the machine that the row is complete.
            let rest = &row.as_bytes()[read..];
            let (_, _, more, further) =
                self.reader.read_record(rest, &mut self.text[written..], &mut self.ends[ended..]);
            written += more;
            ended += further;
        }
        debug_assert!(self.text.len() >= written, "a row is no longer unquoted than quoted");
        let mut start = 0;
        let cells = self.ends[..ended].iter().map(|&end| {
            let cell = String::from_utf8_lossy(&self.text[start..end]).trim().to_owned();
            start = end;
            cell
        });
        cells.collect()
    }
}

/// Whether `line` ends inside quotation marks, if it begins `quoted` or not.
fn ends_quoted(line: &str, delimiter: u8, quoted: bool) -> bool {
    let (mut quoted, mut starts) = (quoted, !quoted);
    let mut bytes = line.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if quoted && byte == b'"' {
            quoted = bytes.next_if_eq(&b'"').is_some();
        } else if !quoted {
            quoted = starts && byte == b'"';
            starts = byte == delimiter;
        }
    }
    quoted
}
