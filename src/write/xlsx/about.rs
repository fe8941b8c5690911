//! The sheet that says where the others come from.

use rust_xlsxwriter::XlsxError;

use super::sheet::Sheet;
use crate::write::manifest::Manifest;

const READING: &[(&str, &str)] = &[
    (
        "Evidence",
        "One row a study and group. complete_remission.2.x is the second result of that outcome in the group.",
    ),
    ("Findings", "One row a number that was reported, with the words that it stands in (quote)."),
    (
        "Checks",
        "One row a check that was made. Consistent: some rounding of the printed numbers makes the report true.",
    ),
    (
        "Colours",
        "Red, bold: inconsistent. Yellow: suspicious. The note of the cell says what was printed and what follows.",
    ),
    ("Numbers", "As printed in the abstract; percent is out of a hundred. Extraction is by rules and is not complete."),
];

/// Writes it.
pub fn write(sheet: &mut Sheet, run: &Manifest) -> Result<(), XlsxError> {
    sheet.worksheet.set_column_width(0, 24)?;
    sheet.worksheet.set_column_width(1, 110)?;
    let rules = &run.rules;
    line(sheet, "Program", &format!("trialtab {}", run.version))?;
    line(sheet, "Rules", &format!("{} {}, hash {}", rules.name, rules.version, rules.hash))?;
    line(sheet, "Command line", &run.command.join(" "))?;
    for input in &run.inputs {
        line(sheet, "Input", &input.path)?;
        line(sheet, "  read as", &input.format)?;
        line(sheet, "  SHA-256", input.sha256.as_deref().unwrap_or("not read to its end"))?;
        let (seen, used, bare, skipped) = (input.seen, input.used, input.without_abstract, input.skipped);
        let account = format!("{seen} seen = {used} with abstract + {bare} without abstract + {skipped} skipped");
        line(sheet, "  records", &account)?;
    }
    let counts = &run.counts;
    for (name, count) in [
        ("References", counts.references),
        ("Duplicates", counts.duplicates),
        ("Findings", counts.findings),
        ("Inconsistent checks", counts.inconsistent),
        ("Suspicious checks", counts.suspicious),
    ] {
        sheet.worksheet.write_string_with_format(sheet.row, 0, name, &sheet.look.strong)?;
        sheet.worksheet.write_number_with_format(sheet.row, 1, count as f64, &sheet.look.wrapped)?;
        sheet.row += 1;
    }
    sheet.row += 1;
    READING.iter().try_for_each(|(name, words)| line(sheet, name, words))
}

fn line(sheet: &mut Sheet, name: &str, words: &str) -> Result<(), XlsxError> {
    sheet.worksheet.write_string_with_format(sheet.row, 0, name, &sheet.look.strong)?;
    sheet.worksheet.write_string_with_format(sheet.row, 1, words, &sheet.look.wrapped)?;
    sheet.row += 1;
    Ok(())
}
