//! A `BibTeX` entry that its parser refuses, written again so that it does not: a comma or a key is missing, a month is
//! written out, a dollar sign stands alone, a brace is never closed.
//!
//! The trick: fields are found one by one, and each value is tried by itself; only one that fails loses its markup.

use biblatex::Bibliography as Parsed;

/// Longest name of a field, with the beginning of its value.
const LONGEST_NAME: usize = 64;
/// Most fields of an entry; each is parsed by itself.
const MOST_FIELDS: usize = 200;

/// `entry` with what its fields say, as text that parses; none where it has no field. `strings` are the definitions in
/// force.
pub(super) fn repaired(entry: &str, kind: &str, strings: &str) -> Option<String> {
    let body = entry.split_once(['{', '('])?.1;
    let mut rest = match body.split_once(',') {
        Some((key, behind)) if !key.contains('=') => behind,
        _ => body,
    };
    let mut out = format!("@{kind}{{entry");
    let mut fields = 0;
    while let Some((name, behind)) = name(rest).filter(|_| fields <= MOST_FIELDS) {
        let (value, behind) = value(behind);
        rest = behind;
        let value = if parses(strings, name, value) { value.to_owned() } else { format!("{{{}}}", bare(value)) };
        out.extend([",\n", name, " = ", &value]);
        fields += 1;
    }
    out.push_str("\n}\n");
    (1..=MOST_FIELDS).contains(&fields).then_some(out)
}

fn parses(strings: &str, name: &str, value: &str) -> bool {
    Parsed::parse(&format!("{strings}@misc{{entry, {name} = {value}}}")).is_ok_and(|parsed| parsed.len() == 1)
}

/// The next `name =` of `text`, and what follows it.
fn name(text: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    loop {
        let equals = from + text[from..].find('=')?;
        let before = text[..equals].trim_end();
        let start = before
            .rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        let name = &before[start..];
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Some((name, &text[equals + 1..]));
        }
        from = equals + 1;
    }
}

/// The value at the beginning of `text`, with its braces or quotation marks, and what follows it.
fn value(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = match text.as_bytes().first() {
        Some(b'{') => {
            let end = closing(text, b'}');
            next_field(&text[..end.unwrap_or(text.len())]).or(end).or_else(|| line_end(text))
        }
        Some(b'"') => closing(text, b'"').or_else(|| line_end(text)),
        _ => None,
    };
    let end = end.unwrap_or_else(|| text.find([',', '\n', '}']).unwrap_or(text.len()));
    let behind = text[end..].trim_start();
    match behind.strip_prefix('#') {
        // Pieces that are joined are one value.
        Some(further) if end > 0 => {
            let (piece, rest) = value(further);
            let until = piece.as_ptr() as usize + piece.len() - text.as_ptr() as usize;
            (&text[..until], rest)
        }
        _ => (&text[..end], &text[end..]),
    }
}

/// Where the brace or quotation mark at the beginning of `text` is closed by `close`.
fn closing(text: &str, close: u8) -> Option<usize> {
    let (mut depth, mut escaped) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        let is_close = byte == close && at > 0 && !escaped;
        match byte {
            b'{' if !escaped => depth += 1,
            b'}' if !escaped => depth -= 1,
            _ => {}
        }
        if is_close && depth == 0 {
            return Some(at + 1);
        }
        escaped = byte == b'\\' && !escaped;
    }
    None
}

/// Where the next field begins in `value`, whose own brace was then never closed.
fn next_field(value: &str) -> Option<usize> {
    let borders = value.match_indices([',', '\n']);
    borders.map(|(at, _)| at).find(|&at| {
        let behind = &value[at + 1..];
        let near = &behind[..behind.floor_char_boundary(LONGEST_NAME)];
        near.split_once('=').is_some_and(|(name, rest)| {
            let name = name.trim();
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase())
                && rest.trim_start().starts_with(['{', '"'])
        })
    })
}

/// Where the first line ends that looks like the end of a value.
fn line_end(text: &str) -> Option<usize> {
    ["},\n", "\",\n", "}\n", "\"\n"].iter().filter_map(|end| text.find(end)).min().map(|at| at + 1)
}

/// `value` without what the parser could trip over.
fn bare(value: &str) -> String {
    let signs = |c: char| matches!(c, '{' | '}' | '\\' | '"');
    let text: String = value.chars().filter(|&c| !signs(c)).collect();
    text.trim().replace('$', "\\$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_entry_says_what_its_fields_say() {
        let entry = "@article{Miller et al 2021,\n title = {Cells {at} $5}\n journal = bn,\n month = march,\n \
                     note = \"a\" # { b},\n year = 2021, abstract = {never { closed},\n doi = {10.5555/x}\n}\n";
        let strings = "@string{bn = {Blood Notes}}\n";
        let out = repaired(entry, "article", strings).expect("has fields");
        let parsed = Parsed::parse(&format!("{strings}{out}")).expect("parses");
        let entry = parsed.iter().next().expect("one entry");
        let text = |name: &str| {
            let chunks = entry.get(name).expect("has the field");
            chunks.iter().map(|chunk| chunk.v.get().to_owned()).collect::<String>()
        };
        for (name, want) in [
            ("title", "Cells at $5"),
            ("journal", "Blood Notes"),
            ("month", "march"),
            ("note", "a b"),
            ("year", "2021"),
            ("abstract", "never closed"),
            ("doi", "10.5555/x"),
        ] {
            assert_eq!(text(name), want, "{name}");
        }
        assert_eq!(repaired("@article{nothing", "article", ""), None);
    }
}
