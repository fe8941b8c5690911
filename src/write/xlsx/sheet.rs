//! One sheet: a head, rows of cells, colours where something disagrees.

use rust_xlsxwriter::{Color, Format, FormatAlign, Note, Url, Worksheet, XlsxError};

use crate::write::rows::Cell;

/// Characters (of UTF-16) that a cell holds.
const LONGEST: usize = 32_767;
/// Rows with links: a sheet holds 65,530 links, and a row has two. Further ones are text alone.
const LINKED_ROWS: u32 = 32_000;
/// Characters of a note: it is for reading beside the cell.
const NOTE: usize = 2_000;

/// How cells look.
pub struct Look {
    head: Format,
    link: Format,
    inconsistent: Format,
    suspicious: Format,
    /// Of what is written in bold.
    pub strong: Format,
    /// Of long lines and of numbers beside them.
    pub wrapped: Format,
}

impl Default for Look {
    fn default() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(0x00E7_ECEF),
            link: Format::new().set_hyperlink(),
            inconsistent: Format::new().set_bold().set_font_color(0x009C_0006).set_background_color(0x00FF_C7CE),
            suspicious: Format::new().set_font_color(Color::RGB(0x7F_6000)).set_background_color(0x00FF_EB9C),
            strong: top.clone().set_bold(),
            wrapped: top.set_text_wrap().set_align(FormatAlign::Left),
        }
    }
}

impl Look {
    /// Of a cell with this verdict.
    fn flag(&self, verdict: &str) -> Option<&Format> {
        match verdict {
            "inconsistent" => Some(&self.inconsistent),
            "suspicious" => Some(&self.suspicious),
            _ => None,
        }
    }
}

/// A sheet and the row that comes next.
pub struct Sheet<'a> {
    pub worksheet: &'a mut Worksheet,
    pub look: &'a Look,
    pub row: u32,
}

impl Sheet<'_> {
    /// Writes the names of columns.
    pub fn head<'n>(&mut self, names: impl Iterator<Item = &'n str>) -> Result<(), XlsxError> {
        for (column, name) in names.enumerate() {
            // What is past the last column is turned away by the sheet.
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            self.worksheet.write_string_with_format(self.row, column, name, &self.look.head)?;
            self.worksheet.set_column_width(column, width(name))?;
        }
        self.row += 1;
        Ok(())
    }

    /// Writes a row. Cells that `flags` names are coloured by their verdict, and the one that the note belongs to carries it.
    pub fn row(
        &mut self,
        cells: &[Cell],
        flags: impl Fn(usize) -> bool,
        (noted, note): (usize, &str),
    ) -> Result<(), XlsxError> {
        for (column, cell) in cells.iter().enumerate() {
            let at = (self.row, u16::try_from(column).unwrap_or(u16::MAX));
            match cell {
                Cell::Empty => {}
                Cell::Number(number) => drop(self.worksheet.write_number(at.0, at.1, *number)?),
                Cell::Whole(number) => drop(self.worksheet.write_number(at.0, at.1, *number as f64)?),
                Cell::Flag(flag) => drop(self.worksheet.write_boolean(at.0, at.1, *flag)?),
                Cell::Text(text) => match self.look.flag(text).filter(|_| flags(column)) {
                    Some(format) => {
                        self.worksheet.write_string_with_format(at.0, at.1, text.as_ref(), format)?;
                        if column == noted && !note.is_empty() {
                            let note =
                                Note::new(cut(note, NOTE)).add_author_prefix(false).set_width(420).set_height(140);
                            self.worksheet.insert_note(at.0, at.1, &note)?;
                        }
                    }
                    None => drop(self.worksheet.write_string(at.0, at.1, cut(text, LONGEST))?),
                },
            }
        }
        self.row += 1;
        Ok(())
    }

    /// Makes a cell of the last row a link.
    pub fn link(&mut self, column: usize, url: &str, words: &str) -> Result<(), XlsxError> {
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        let row = self.row - 1;
        if row > LINKED_ROWS {
            return Ok(());
        }
        let linked = Url::new(url).set_text(cut(words, LONGEST));
        match self.worksheet.write_url_with_format(row, column, linked, &self.look.link) {
            // Longer than any link that leads anywhere: the words stay.
            Err(XlsxError::MaxUrlLengthExceeded) | Ok(_) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Freezes the head and the first column, and lets every column be filtered.
    pub fn finish(&mut self, columns: u16) -> Result<(), XlsxError> {
        self.worksheet.set_freeze_panes(1, 1)?;
        self.worksheet.autofilter(0, 0, self.row - 1, columns - 1)?;
        Ok(())
    }
}

fn width(name: &str) -> f64 {
    match name {
        "title" | "abstract" | "messages" | "message" | "discrepancies" | "quote" | "sentence" | "other" => 48.0,
        "record" | "doi" | "group_label" | "comparator_label" | "outcome_text" | "authors" | "journal" | "versus" => {
            24.0
        }
        _ => 12.0,
    }
}

/// Text that a cell holds.
fn cut(text: &str, longest: usize) -> String {
    if text.encode_utf16().count() <= longest {
        return text.to_owned();
    }
    let mut units = 1;
    let fits = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= longest
    });
    fits.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("𝛽𝛽", 3), "𝛽…");
    }
}
