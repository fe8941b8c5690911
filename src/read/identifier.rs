//! DOIs, PubMed ids and PubMed Central ids out of fields that hold them in many wrappings.

use super::markup::plain;

/// Longest DOI; what is longer is damaged text.
const LONGEST_DOI: usize = 1000;

/// The DOI in `text`, bare and in lower case (DOIs do not tell cases apart): after `doi:`, as a link, percent-encoded,
/// with markup around it or a blank at its slash.
pub(super) fn doi(text: &str) -> Option<String> {
    if is_bare_doi(text) {
        return Some(text.to_owned());
    }
    let text = joined_at_slash(&plain(text));
    doi_in(&text)
}

/// `text` without the blanks that stand before or behind the slash of a DOI.
fn joined_at_slash(text: &str) -> String {
    let Some(at) = text.find("10.") else { return text.to_owned() };
    let (before, rest) = text.split_at(at);
    let digits = rest[3..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let (registrant, behind) = rest.split_at(3 + digits);
    match behind.trim_start().strip_prefix('/') {
        Some(suffix) if digits >= 4 => format!("{before}{registrant}/{}", suffix.trim_start()),
        _ => text.to_owned(),
    }
}

fn doi_in(text: &str) -> Option<String> {
    let at = memchr::memchr_iter(b'1', text.as_bytes()).find(|&at| {
        if !text[at..].starts_with("10.") {
            return false;
        }
        let digits = text[at + 3..].bytes().take_while(u8::is_ascii_digit).count();
        let behind = &text[at + 3 + digits..];
        let apart = !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
        apart && digits >= 4 && (behind.starts_with(['/', '.']) || starts_with_slash_code(behind))
    })?;
    let linked = text[..at].contains("//");
    let encoded =
        linked || starts_with_slash_code(text[at..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()));
    let rest = text[at..].split(|c: char| c.is_whitespace() || c == '"').next()?;
    if rest.len() > LONGEST_DOI {
        return None;
    }
    let rest = if linked { rest.split(['?', '#']).next()? } else { rest };
    let rest = if encoded { decode_percent(rest) } else { rest.to_owned() };
    let (_, suffix) = rest.split_once('/')?;
    let doi = tidy_end(&rest);
    (!suffix.is_empty() && doi.len() > rest.len() - suffix.len()).then(|| doi.to_ascii_lowercase())
}

/// Whether `text` is a DOI that needs no change, as most are.
fn is_bare_doi(text: &str) -> bool {
    let Some((registrant, suffix)) = text.strip_prefix("10.").and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    let tame = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_' | b'/');
    registrant.len() >= 4
        && registrant.bytes().all(|b| b.is_ascii_digit())
        && suffix.bytes().all(tame)
        && suffix.ends_with(|c: char| c.is_ascii_alphanumeric())
}

fn starts_with_slash_code(text: &str) -> bool {
    text.get(..3).is_some_and(|code| code.eq_ignore_ascii_case("%2f"))
}

/// Drops what the sentence or link around a DOI left at its end.
fn tidy_end(doi: &str) -> &str {
    let mut doi = doi;
    loop {
        let unpaired =
            |open: char, close: char| doi.ends_with(close) && doi.matches(close).count() > doi.matches(open).count();
        let loose = doi.ends_with(['.', ',', ';', ':', '\'', '”', '’', '|'])
            || [('(', ')'), ('[', ']'), ('<', '>'), ('{', '}')].into_iter().any(|(open, close)| unpaired(open, close));
        let Some(last) = doi.chars().next_back().filter(|_| loose) else { return doi };
        doi = &doi[..doi.len() - last.len_utf8()];
    }
}

fn decode_percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let code = (*first == b'%').then(|| behind.get(..2)).flatten();
        let value = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(value.unwrap_or(*first));
        rest = if value.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The DOI in prose, only where a label says that it is one.
pub(super) fn labelled_doi(text: &str) -> Option<String> {
    let at = text.to_ascii_lowercase().find("doi")?;
    doi(&text[at..])
}

/// The PubMed id in `text`: digits alone, or digits behind a label or a PubMed link.
pub(super) fn pmid(text: &str) -> Option<&str> {
    bare_pmid(text, 1).or_else(|| labelled_pmid(text))
}

/// The PubMed id that `text` is, of at least `shortest` digits.
pub(super) fn bare_pmid(text: &str, shortest: usize) -> Option<&str> {
    let text = text.trim();
    let fits = (shortest..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    (fits && !text.starts_with('0')).then_some(text)
}

/// The PubMed id in `text`, only where a label or a link says that it is one.
pub(super) fn labelled_pmid(text: &str) -> Option<&str> {
    const LABELS: [&str; 10] = [
        "pubmed/",
        "pubmed.ncbi.nlm.nih.gov/",
        "/med/",
        "pubmed id",
        "pmid",
        "pubmed:",
        "pubmed ",
        "medline:",
        "list_uids=",
        "nlm",
    ];
    let bytes = text.as_bytes();
    if let Some(digits) = marked_pmid(text) {
        return Some(digits);
    }
    let opens = |at: &usize| matches!(bytes[*at] | 0x20, b'p' | b'm' | b'/' | b'l' | b'n');
    (0..bytes.len()).filter(opens).find_map(|at| {
        let behind = &bytes[at..];
        let begins =
            |label: &&&str| behind.get(..label.len()).is_some_and(|b| b.eq_ignore_ascii_case(label.as_bytes()));
        let label = LABELS.iter().find(begins)?;
        let behind = &text[at + label.len()..];
        let loose = |c: char| c.is_whitespace() || matches!(c, ':' | '=' | '-' | '#' | '[');
        // Behind the library's name a blank is no label: its ids of journals are numbers too.
        let rest = if *label == "nlm" { behind } else { behind.trim_start_matches(loose) };
        let rest = rest.strip_prefix("NLM").unwrap_or(rest);
        let digits = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
        (4..=8).contains(&digits.len()).then_some(digits)
    })
}

/// The digits of a field that says behind them what they are (`30123456[pmid]`).
fn marked_pmid(text: &str) -> Option<&str> {
    let text = text.trim();
    let (digits, mark) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
    let mark = mark.trim().trim_matches(['[', ']', '(', ')']);
    let says = mark.eq_ignore_ascii_case("pmid") || mark.eq_ignore_ascii_case("pubmed");
    (says && (4..=8).contains(&digits.len())).then_some(digits)
}

/// The PubMed Central id in `text`, with its `PMC`.
pub(super) fn pmcid(text: &str) -> Option<String> {
    let at = memchr::memchr_iter(b'P', text.as_bytes()).find(|&at| {
        text[at..].starts_with("PMC")
            && text[at + 3..].starts_with(|c: char| c.is_ascii_digit())
            && !text[..at].ends_with(|c: char| c.is_alphanumeric())
    })?;
    let digits = text[at + 3..].bytes().take_while(u8::is_ascii_digit).count();
    (4..=9).contains(&digits).then(|| text[at..at + 3 + digits].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_in_its_many_wrappings() {
        for text in [
            "10.1234/Ab.5-6",
            "doi:10.1234/ab.5-6",
            "DOI 10.1234/ab.5-6.",
            "https://doi.org/10.1234/AB.5-6",
            "http://dx.doi.org/10.1234/ab.5-6",
            "https://doi.org/10.1234%2Fab.5-6",
            "10.1234%2fab.5-6",
            "10.1234/ab.5-6 [doi]",
            "(doi: 10.1234/ab.5-6)",
            "<10.1234/ab.5-6>",
            "https://doi.org/10.1234/ab.5-6?source=x#top",
            "10.1234 /ab.5-6",
            "doi: 10.1234/ ab.5-6",
            "&lt;10.1234/ab.5-6&gt;",
            "10.1234/ab.5-6<br>",
            "10.1234/\u{AD}ab.5-6\u{200B}",
        ] {
            assert_eq!(doi(text).as_deref(), Some("10.1234/ab.5-6"), "{text}");
        }
        assert_eq!(
            doi("10.1002/(SICI)1000-0000(1998)17:1<1::AID-X9>3.0.CO;2-2").as_deref(),
            Some("10.1002/(sici)1000-0000(1998)17:1<1::aid-x9>3.0.co;2-2")
        );
        assert_eq!(doi("10.1000.10/12").as_deref(), Some("10.1000.10/12"));
        for text in ["", "10.5 months", "110.1234/x", "10.1234/", "10.1234/.", "version 2.10.1234/x"] {
            assert_eq!(doi(text), None, "{text}");
        }
    }

    #[test]
    fn a_pubmed_id_in_its_many_wrappings() {
        for text in [
            "30123456",
            " 30123456 ",
            "PUBMED 30123456",
            "PMID: 30123456",
            "https://pubmed.ncbi.nlm.nih.gov/30123456/",
            "http://www.ncbi.nlm.nih.gov/pubmed/30123456",
            "https://europepmc.org/article/MED/30123456",
            "[PMID 30123456]",
            "MEDLINE:30123456",
            "PMID: NLM30123456",
            "NLM30123456",
            "30123456[pmid]",
            "30123456 [PubMed]",
            "https://x.org/query.fcgi?db=PubMed&list_uids=30123456&dopt=Abstract",
        ] {
            assert_eq!(pmid(text), Some("30123456"), "{text}");
        }
        for text in
            ["", "CN-00712345", "L2029880000", "123456789", "WOS:000123456", "https://x.org/30123456", "00012345"]
        {
            assert_eq!(pmid(text), None, "{text}");
        }
        assert_eq!(pmcid("see PMC1234567.").as_deref(), Some("PMC1234567"));
        assert_eq!(pmcid("PMCID"), None);
    }
}
