//! Comma-separated lines of any table, safe to open in a spreadsheet.
//!
//! A cell that opens with a formula sign is a program to Excel and Calc, also after white space, and "1/2" is the second of
//! January. Such a cell of text gets an apostrophe in front. Numbers are written by us and stay numbers, also negative ones.

use std::borrow::Cow;
use std::io;

use csv::{Writer, WriterBuilder};

use super::rows::{Cell, Row};

/// What tells Excel that a file is UTF-8.
pub const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes the line of column names of `R`.
pub fn head<'a, R: Row<'a>>(out: &mut Vec<u8>) {
    names(R::COLUMNS.iter().map(|column| column.name), out);
}

/// Writes a line of column names.
pub fn names<'a>(names: impl Iterator<Item = &'a str>, out: &mut Vec<u8>) {
    line(&names.map(|name| Cell::Text(name.into())).collect::<Vec<_>>(), out);
}

/// Writes rows, one a line.
pub fn rows<'a, R: Row<'a>>(rows: impl IntoIterator<Item = R>, out: &mut Vec<u8>) {
    let mut writer = writer(out);
    for row in rows {
        write(&mut writer, &row.cells()).expect("a vector takes every write");
    }
}

/// Writes one line of cells.
pub fn line(cells: &[Cell], out: &mut Vec<u8>) {
    write(&mut writer(out), cells).expect("a vector takes every write");
}

fn writer(out: &mut Vec<u8>) -> Writer<&mut Vec<u8>> {
    WriterBuilder::new().has_headers(false).from_writer(out)
}

fn write(writer: &mut Writer<&mut Vec<u8>>, cells: &[Cell]) -> io::Result<()> {
    for cell in cells {
        writer.write_field(printed(cell).as_bytes())?;
    }
    writer.write_record(None::<&[u8]>)?;
    Ok(())
}

/// A cell as it stands in the line; a number is the shortest decimal that gives it, `34` and not `34.0`.
fn printed<'a>(cell: &'a Cell) -> Cow<'a, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(text) if opens_with_formula_sign(text) || is_date(text) => format!("'{text}").into(),
        Cell::Text(text) => text.as_ref().into(),
        Cell::Number(number) => number.to_string().into(),
        Cell::Whole(number) => number.to_string().into(),
        Cell::Flag(flag) => if *flag { "true" } else { "false" }.into(),
    }
}

fn opens_with_formula_sign(text: &str) -> bool {
    let formula = |c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(formula)
}

/// Whether a spreadsheet takes the text for a date or a time: two or three numbers, and one sign between them.
fn is_date(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_digit())
        && ['/', '-', ':'].into_iter().any(|sign| {
            let mut numbers = text.split(sign);
            (2..=3).contains(&numbers.clone().count())
                && numbers.all(|number| (1..=4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[Cell]) -> String {
        let mut out = Vec::new();
        line(cells, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn formula_signs_are_guarded_wherever_a_spreadsheet_sees_them() {
        for bad in ["=1+1", "+cmd", "-2+3", "@SUM(A1)", " =HYPERLINK(\"x\")", "\t=1", "\rx", "＝1"] {
            assert!(opens_with_formula_sign(bad), "{bad:?}");
            assert!(written(&[Cell::Text(bad.into())]).trim_start_matches('"').starts_with('\''), "{bad:?}");
        }
        for good in ["", "remission = 3", "34/43", "≥ 3", "(–2)"] {
            assert!(!opens_with_formula_sign(good), "{good:?}");
        }
    }

    #[test]
    fn what_looks_like_a_date_stays_text() {
        for date in ["1/2", "3-4", "2024-01-02", "1:1"] {
            assert_eq!(written(&[Cell::Text(date.into())]), format!("'{date}\n"));
        }
        for other in ["1/2b", "10.5555/1", "34 of 43", "12345", "1/2/3/4", "/", "12345/6"] {
            assert!(!is_date(other), "{other}");
        }
    }

    #[test]
    fn numbers_are_short_and_negative_ones_stay_numbers() {
        let cells = [Cell::Number(-2.5), Cell::Number(34.0), Cell::Whole(-1), Cell::Flag(true), Cell::Empty];
        assert_eq!(written(&cells), "-2.5,34,-1,true,\n");
    }

    #[test]
    fn quotes_and_line_breaks_are_quoted() {
        assert_eq!(written(&[Cell::Text("a \"b\",\nc".into())]), "\"a \"\"b\"\",\nc\"\n");
    }
}
