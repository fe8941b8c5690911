//! Lines that databases print around records and that say nothing: counters, headers, rules, links.

/// Whether `line` is such a line.
pub(super) fn is_furniture(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    is_counter(line) || is_rule(line) || is_header(line)
}

/// `12.`, `<12>`, `[12]`, `Record #3 of 18`, `1 of 20`.
pub(super) fn is_counter(line: &str) -> bool {
    let all_digits = |text: &str| !text.is_empty() && text.len() <= 7 && text.bytes().all(|b| b.is_ascii_digit());
    let bracketed = |open, close| line.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).map(str::trim);
    if line.strip_suffix(['.', ')']).is_some_and(all_digits)
        || bracketed('<', '>').is_some_and(all_digits)
        || bracketed('[', ']').is_some_and(all_digits)
    {
        return true;
    }
    let of = line.strip_prefix("Record").map_or(line, |rest| rest.trim_start_matches([' ', '#']));
    of.split_once(" of ").is_some_and(|(n, total)| all_digits(n.trim()) && all_digits(total.trim()))
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && ["-", "=", "_", "*"].iter().any(|stroke| line.trim_matches(stroke.as_bytes()[0] as char).is_empty())
}

/// Openings of header and link lines; their text is the databases' own.
fn is_header(line: &str) -> bool {
    const OPENINGS: [&str; 8] = [
        "Provider:",
        "Content: text/",
        "Database:",
        "Link to the Ovid Full Text",
        "Link to the External Link Resolver",
        "Persistent link to this record",
        "Full Text:",
        "Search Strategy:",
    ];
    OPENINGS.iter().any(|opening| line.starts_with(opening))
}

#[cfg(test)]
mod tests {
    use super::is_furniture;

    #[test]
    fn furniture_is_told_from_sentences() {
        for line in [
            "12. ",
            "<12>",
            "[3]",
            "Record #3 of 18",
            "Record 3 of 18",
            "1 of 20",
            "-----",
            "Provider: John Wiley & Sons, Ltd.",
        ] {
            assert!(is_furniture(line), "{line}");
        }
        for line in
            ["12 of 20 patients", "3.5.", "1 of 20.", "--", "Content of records", "43.2", "(12) patients", "12345678."]
        {
            assert!(!is_furniture(line), "{line}");
        }
    }
}
