//! What reviewers' RIS files look like, and what must be read from them all the same.

mod support;

use encoding_rs::{GBK, WINDOWS_1252};
use support::{Read, read};

const ABSTRACT: &str = "Of 52 people with relapse, 31 (60%; 95% CI: 46, 73%) responded.";

/// A record as Zotero writes it.
fn zotero() -> String {
    format!(
        "TY  - JOUR\nTI  - Cells after relapse\nAU  - Miller, Ann\nAU  - Okoye, Ben\nT2  - Blood Notes\nAB  - {ABSTRACT}\nDA  - 2021/03/09/\nPY  - 2021\nDO  - 10.5555/notes.77\nER  - \n"
    )
}

/// `text` with each line changed.
fn each(text: &str, change: impl Fn(&str) -> String) -> String {
    text.lines().map(|line| change(line) + "\n").collect()
}

/// Asserts that `input` holds the record of [`zotero`] `records` times, whole.
fn assert_reads(input: impl AsRef<[u8]>, records: usize, what: &str) -> Read {
    let read = read(input.as_ref());
    assert_eq!(read.references.len(), records, "{what}: records, skipped {:?}", read.skipped);
    for reference in &read.references {
        let bibliography = &reference.bibliography;
        assert_eq!(bibliography.title.as_deref(), Some("Cells after relapse"), "{what}");
        assert_eq!(bibliography.abstract_text.as_deref(), Some(ABSTRACT), "{what}");
        assert_eq!(bibliography.authors, ["Miller, Ann", "Okoye, Ben"], "{what}");
        assert_eq!(bibliography.journal.as_deref(), Some("Blood Notes"), "{what}");
        assert_eq!(bibliography.doi.as_deref(), Some("10.5555/notes.77"), "{what}");
        assert_eq!(bibliography.date.as_deref(), Some("2021-03-09"), "{what}");
        assert_eq!(bibliography.year, Some(2021), "{what}");
    }
    read
}

#[test]
fn every_shape_of_tag_line_says_the_same() {
    for separator in [
        " - ",
        "  -",
        "  -  ",
        "  -   ",
        "\t-\t",
        " -\t",
        "- ",
        "-",
        "   - ",
        "\u{A0} \u{A0}- ",
        "\u{A0}-\u{A0}",
        "  – ",
        "  — ",
        " \u{2212} ",
        "  \u{2010} ",
    ] {
        let input = zotero().replace("  - ", separator);
        assert_reads(&input, 1, &format!("{separator:?}"));
        assert_reads(input.repeat(3), 3, &format!("{separator:?}, three records"));
    }
}

#[test]
fn every_line_end_and_every_frame_around_lines_is_read() {
    let plain = zotero();
    for (what, input) in [
        ("CRLF", plain.replace('\n', "\r\n")),
        ("CR", plain.replace('\n', "\r")),
        ("CR CR LF", plain.replace('\n', "\r\r\n")),
        ("LF CR", plain.replace('\n', "\n\r")),
        ("a blank line after each line", plain.replace('\n', "\n\n")),
        ("leading blanks", each(&plain, |line| format!("  {line}"))),
        ("leading tabs", each(&plain, |line| format!("\t{line}"))),
        ("trailing blanks", plain.replace('\n', "   \n")),
        ("small tags", each(&plain, |line| format!("{}{}", line[..2].to_lowercase(), &line[2..]))),
        ("quotation marks", each(&plain, |line| format!("\"{line}\""))),
        ("quotation marks and commas", each(&plain, |line| format!("\"{line}\",,,\r"))),
        ("no line end at the end", plain.trim_end().to_owned()),
        ("end-of-file mark", format!("{plain}\u{1A}")),
        ("form feed", format!("\u{C}{plain}")),
        ("byte-order mark", format!("\u{FEFF}{plain}")),
        ("misread byte-order mark", format!("ï»¿{plain}")),
        ("blank lines first", format!("\n \n\n{plain}")),
        ("literal line ends", plain.replace('\n', "\\n")),
        ("literal CRLF", plain.replace('\n', "\\r\\n")),
        ("U+2028", plain.replace('\n', "\u{2028}")),
        ("vertical tabs", plain.replace('\n', "\u{B}")),
        ("bare ER", plain.replace("ER  - ", "ER")),
        ("one-spaced ER", plain.replace("ER  - ", "ER - ")),
        ("ER with text", plain.replace("ER  - ", "ER  - Full text at the publisher")),
        ("no ER", plain.replace("ER  - \n", "")),
        ("a late TY", format!("ID  - 7\n{plain}").replacen("ID  - 7\nTY  - JOUR\n", "ID  - 7\nTY  - JOUR\n", 1)),
        ("no TY", plain.replace("TY  - JOUR\n", "")),
        ("TY last", plain.replace("TY  - JOUR\n", "").replace("ER  - ", "TY  - JOUR\nER  - ")),
        ("TY twice", plain.replace("TY  - JOUR\n", "TY  - JOUR\nTY  - JOUR\n")),
        ("a counter before TY", format!("1. {plain}")),
        ("HTML line ends", plain.replace('\n', "<br>")),
        ("a counter", format!("1. \n{plain}")),
        (
            "a header",
            format!(
                "Record #1 of 2\nProvider: John Wiley & Sons, Ltd.\nContent: text/plain; charset=\"UTF-8\"\n\n{plain}"
            ),
        ),
    ] {
        assert_reads(input, 1, what);
    }
}

#[test]
fn records_are_told_apart_with_and_without_their_ends() {
    let record = zotero();
    let body = record.trim_end().strip_suffix("ER  -").expect("ends so");
    for (what, input) in [
        ("no line between", format!("{body}ER  -{record}")),
        ("no line between, blank", format!("{body}ER  - {record}")),
        ("a mark between", format!("{record}\u{FEFF}{record}")),
        ("a mark, no line between", format!("{body}ER  - \u{FEFF}{record}")),
        ("no ER", format!("{body}{body}")),
        ("no ER, blank line", format!("{body}\n{body}")),
        ("no ER, counters", format!("1. \n{body}\n2. \n{body}")),
        ("no ER, headers", format!("Record #1 of 2\n{body}\nRecord #2 of 2\nProvider: A Co.\n\n{body}")),
        ("bare ER", format!("{body}ER\n\n{body}ER\n")),
        ("no TY", format!("{record}{record}").replace("TY  - JOUR\n", "")),
        ("neither TY nor ER", format!("{body}\n{body}").replace("TY  - JOUR\n", "")),
        ("ER with text", format!("{body}ER  - Link\n{body}ER  - Link\n")),
        (
            "furniture",
            format!(
                "1. \n{record}\nLink to the Ovid Full Text or citation: http://x.org\n\nC1  - Database: Notes <1980 to 2024>\n\nSearch Strategy:\n-----\n1     exp relapse/ (12)\n\n2. \n{record}"
            ),
        ),
    ] {
        assert_reads(input, 2, what);
    }
}

#[test]
fn flat_records_are_read_one_or_many_on_a_line() {
    let record = zotero();
    let flat = record.replace('\n', " ");
    let narrow = flat.replace("  - ", " - ");
    for (what, input, records) in [
        ("two blanks", flat.clone(), 1),
        ("one blank", narrow.clone(), 1),
        ("one blank, two records", narrow.repeat(2), 2),
        ("a line each", format!("{narrow}\n{narrow}\n{flat}"), 3),
        ("between others", format!("{record}{narrow}\n\n{record}"), 3),
        (
            "small tags",
            narrow
                .replace("TY", "ty")
                .replace("TI -", "ti -")
                .replace("AU", "au")
                .replace("T2", "t2")
                .replace("AB", "ab")
                .replace("DA", "da")
                .replace("PY", "py")
                .replace("DO -", "do -")
                .replace("ER", "er"),
            1,
        ),
        ("broken by an editor", narrow.replace(" 31 ", "\n31 ").replace("DO - ", "DO -\n"), 1),
        ("no ER", narrow.replace("ER - ", ""), 1),
        ("no ER, two records", narrow.replace("ER - ", "").repeat(2), 2),
        ("byte-order mark", format!("\u{FEFF}{narrow}"), 1),
    ] {
        let read = assert_reads(input, records, what);
        assert!(read.codes().contains(&"ris.flat".to_owned()), "{what} is reported");
    }
}

#[test]
fn tag_like_words_in_a_flat_abstract_stay_words() {
    let words =
        "In T2 - weighted images ER - positive and AB - negative lesions of grade IS - 3 shrank; TI - inversion time.";
    let read =
        read(format!("TY - JOUR TI - Images AU - Miller, Ann PY - 2021 AB - {words} DO - 10.5555/notes.78 ER - "));
    let bibliography = &read.only().bibliography;
    assert_eq!(bibliography.abstract_text.as_deref(), Some(words));
    assert_eq!(bibliography.title.as_deref(), Some("Images"));
    assert_eq!(bibliography.doi.as_deref(), Some("10.5555/notes.78"));
}

#[test]
fn tag_like_lines_in_an_abstract_stay_text() {
    let lines = [
        "ER-positive tumours were seen in 12",
        "ER - positive and PR - negative tumours in 5",
        "PY  - like text",
        "T2-weighted images",
        "DO  - not resuscitate orders in 3",
        "CR  - complete response in 7",
        "is  - was",
        "TY - cells",
        "CI −10.3 to −3.0, and with 95%",
        "CI -0.25, -0.06, that is",
        "RD - 0.7 in all,",
        "ER",
        "was scored 0 to 8. IL-6 rose.",
        "ER  -",
        "positive in 9.",
    ];
    for newline in ["\n", "\n      "] {
        let input = zotero().replace(ABSTRACT, &format!("Of 52,{newline}{}", lines.join(newline)));
        let read = read(&input);
        assert_eq!(read.only().bibliography.abstract_text, Some(format!("Of 52, {}", lines.join(" "))));
        assert_eq!(read.only().bibliography.doi.as_deref(), Some("10.5555/notes.77"));
    }
}

#[test]
fn hyphenated_words_stay_text_where_tags_look_like_them() {
    let lines = ["Of 52,", "SF-36 scores of", "T1-T3 tumours by", "CT-guided biopsy of", "L2-4 spine rose."];
    let input = zotero().replace("  - ", "-").replace(ABSTRACT, &lines.join("\n"));
    let read = read(&input);
    assert_eq!(read.only().bibliography.abstract_text, Some(lines.join(" ")));
    assert_eq!(read.only().bibliography.doi.as_deref(), Some("10.5555/notes.77"));
}

#[test]
fn continued_abstracts_are_joined_with_one_space() {
    let first = ABSTRACT.split_once(", 31").expect("holds it").0;
    for joint in [
        ",\n31",
        ",\n      31",
        ",\n\t31",
        ",  \n  31",
        ",\n\n31",
        ",\r\n\r\n      31",
        ",\u{2028}31",
        ",\u{C}31",
        ",\u{85}31",
        ", \u{2029}31",
    ] {
        assert_reads(zotero().replace(", 31", joint), 1, &format!("{first}{joint:?}"));
    }
    assert_reads(zotero().replace("AB  - ", "AB  - \n"), 1, "text below its tag");
    assert_reads(zotero().replace("Cells after", "Cells\n  after"), 1, "title");
}

#[test]
fn encodings_are_recognised() {
    let record = zotero().replace("Of 52 people", "Müller’s café: of 52 people");
    let want = ABSTRACT.replace("Of 52 people", "Müller’s café: of 52 people");
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(bytes).collect() };
    let marked = format!("\u{FEFF}{record}");
    let (western, ..) = WINDOWS_1252.encode(&record);
    for (what, input) in [
        ("UTF-8", record.clone().into_bytes()),
        ("UTF-16 LE", utf16(&record, u16::to_le_bytes)),
        ("UTF-16 BE", utf16(&record, u16::to_be_bytes)),
        ("UTF-16 LE, marked", utf16(&marked, u16::to_le_bytes)),
        ("UTF-16 BE, marked", utf16(&marked, u16::to_be_bytes)),
        ("Windows-1252", western.into_owned()),
    ] {
        let read = read(&input);
        assert_eq!(read.only().bibliography.abstract_text.as_ref(), Some(&want), "{what}");
        assert_eq!(read.codes().contains(&"encoding.windows_1252".to_owned()), what == "Windows-1252", "{what}");
    }
    let chinese =
        zotero().replace(ABSTRACT, "本研究纳入五十二例复发患者，三十一例有效，差异有统计学意义，不良反应可控。");
    let (bytes, ..) = GBK.encode(&chinese);
    assert!(read(&bytes).only().bibliography.abstract_text.as_ref().is_some_and(|text| text.starts_with("本研究")));
}

#[test]
fn a_stray_byte_is_mended_where_it_stands_and_reported_with_its_line() {
    let mut input = zotero().replace("people", "péople").into_bytes();
    let at = input.windows(2).position(|two| two == b"52").expect("holds it");
    input.splice(at..at, *b"\x93");
    let read = read(&input);
    let text = read.only().bibliography.abstract_text.as_deref().expect("an abstract");
    assert!(text.starts_with("Of “52 péople"), "{text}");
    assert_eq!(read.only().diagnostics[0].line, 6);
}

#[test]
fn one_abstract_is_chosen_and_the_choice_reported() {
    let with = |fields: &str| read(zotero().replace(&format!("AB  - {ABSTRACT}"), fields));
    let text = |read: &Read| read.only().bibliography.abstract_text.clone();
    let equal = with("AB  - One text.\nN2  - One text.");
    assert_eq!((text(&equal), equal.codes()), (Some("One text.".into()), vec![]));
    let differing = with("N2  - Short.\nAB  - The longer text.");
    assert_eq!(
        (text(&differing), differing.codes()),
        (Some("The longer text.".into()), vec!["abstract.two".to_owned()])
    );
    let sections = with("AB  - AIM: to see.\nAB  - RESULTS: seen.\nAB  - Copyright of Notes is the property of A Co.");
    assert_eq!(
        (text(&sections), sections.codes()),
        (Some("AIM: to see. RESULTS: seen.".into()), vec!["abstract.copyright".to_owned()])
    );
    for none in ["AB  - NA", "AB  - ", "N2  -", "AB  - [No abstract available]", "AB  - N/A\nN2  - ", "N1  - a note"] {
        let read = with(none);
        assert_eq!((text(&read), read.without_abstract()), (None, 1), "{none}");
    }
}

#[test]
fn markup_goes_and_comparison_signs_stay() {
    let read = read(zotero().replace(
        ABSTRACT,
        "<jats:p>n<sup>2</sup> &amp;lt; 5 &amp; P<0.05, r&nbsp;&ge;&#160;0.3, analy\u{AD}sed\u{200B}</jats:p>",
    ));
    assert_eq!(read.only().bibliography.abstract_text.as_deref(), Some("n2 < 5 & P<0.05, r\u{A0}≥\u{A0}0.3, analysed"));
}

#[test]
fn dates_and_identifiers_come_out_in_one_shape() {
    let with = |old: &str, new: &str| {
        read(zotero().replace("DA  - 2021/03/09/\n", "").replace(old, new)).only().clone().bibliography
    };
    for (shape, date) in [
        ("PY  - 2021///", "2021"),
        ("Y1  - 2021/03//", "2021-03"),
        ("PY  - 2021/03/09/epub", "2021-03-09"),
        ("PY  - 2021\nPD  - MAR 9", "2021-03-09"),
        ("PY  - 2021\nDA  - 2021 Mar 9", "2021-03-09"),
        ("DA  - 2021-03", "2021-03"),
        ("PY  - 2021\nY2  - 2024/01/01", "2021"),
        ("Y1  - 2021\nDA  - 2020/12/24", "2021"),
    ] {
        assert_eq!(with("PY  - 2021", shape).date.as_deref(), Some(date), "{shape}");
    }
    for shape in [
        "DO  - doi:10.5555/NOTES.77",
        "DO  - https://doi.org/10.5555/notes.77",
        "DI  - 10.5555/notes.77",
        "M3  - doi: 10.5555/notes.77",
        "UR  - http://dx.doi.org/10.5555/notes.77",
        "UR  - https://a.org/x https://doi.org/10.5555%2Fnotes.77",
        "N1  - DOI: 10.5555/notes.77.",
    ] {
        assert_eq!(with("DO  - 10.5555/notes.77", shape).doi.as_deref(), Some("10.5555/notes.77"), "{shape}");
    }
    for shape in [
        "AN  - 33123456",
        "C2  - 33123456",
        "C3  - PUBMED 33123456",
        "ID  - 33123456",
        "UR  - https://pubmed.ncbi.nlm.nih.gov/33123456/",
        "C5  - 33123456",
        "UR  - http://www.ncbi.nlm.nih.gov/pubmed/33123456",
        "AN  - PMID: 33123456",
        "DB  - Ovid MEDLINE(R)\nUI  - 33123456",
    ] {
        assert_eq!(with("T2  -", &format!("{shape}\nT2  -")).pmid.as_deref(), Some("33123456"), "{shape}");
    }
    for shape in [
        "AN  - CN-00712345",
        "AN  - WOS:000712345678",
        "DB  - CINAHL\nAN  - 12345678",
        "ID  - 007-914-278",
        "C2  - PMC7123456",
    ] {
        assert_eq!(with("T2  -", &format!("{shape}\nT2  -")).pmid, None, "{shape}");
    }
    assert_eq!(with("T2  -", "C2  - PMC7123456\nT2  -").pmcid.as_deref(), Some("PMC7123456"));
}

#[test]
fn nothing_is_dropped_in_silence_and_nothing_is_made_up() {
    let record = zotero();
    let read_all = read(format!("A line of an e-mail\n{record}TY  - JOUR\nER  - \n{record}stray words\n"));
    assert_eq!(read_all.references.len(), 2);
    assert_eq!(read_all.skipped.len(), 1);
    assert_eq!(read_all.skipped[0].diagnostic.code, "ris.empty");
    assert_eq!(read_all.skipped[0].source.line, 12);
    assert_eq!(read_all.codes(), ["read.outside", "read.outside"]);
    assert_eq!(read_all.references[1].source.record, 3);

    let cut = read(record.split_once("31 (").expect("holds it").0);
    assert_eq!(cut.only().bibliography.abstract_text.as_deref(), Some("Of 52 people with relapse,"));
    assert_eq!(cut.codes(), ["ris.no_end"]);

    assert_eq!(read("").seen(), 0);
    assert_eq!(read("\n\n").seen(), 0);
    assert_eq!(read("Dear all, the file is attached.").error.as_deref(), Some("read.unknown_format"));
}

#[test]
fn a_line_of_a_hundred_megabytes_costs_its_record_and_no_other() {
    let record = zotero();
    let long = record.replace(ABSTRACT, &"x".repeat(100 << 20));
    let read = read(format!("{record}{long}{record}"));
    assert_eq!((read.references.len(), read.skipped.len()), (2, 1));
    assert_eq!(read.skipped[0].diagnostic.code, "ris.too_long");
}
