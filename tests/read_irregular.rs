//! Irregular files of every format, each a way in which exports reach reviewers: what a librarian would expect of them.

mod support;

use encoding_rs::{MACINTOSH, WINDOWS_1251};
use support::{Read, read};
use trialtab::model::Bibliography;

const ABSTRACT: &str = "Of 52 people with relapse, 31 (60%; 95% CI: 46, 73%) responded.";

fn ris() -> String {
    format!(
        "TY  - JOUR\nTI  - Cells after relapse\nAU  - Miller, Ann\nAU  - Okoye, Ben\nT2  - Blood Notes\nAB  - {ABSTRACT}\nDA  - 2021/03/09/\nPY  - 2021\nDO  - 10.5555/notes.77\nER  - \n"
    )
}

/// Asserts that every record says what that of [`ris`] says.
#[track_caller]
fn assert_reads(input: impl AsRef<[u8]>, records: usize, what: &str) -> Read {
    let read = read(input.as_ref());
    assert_eq!(read.references.len(), records, "{what}: {:?} {:?}", read.skipped, read.error);
    assert!(read.skipped.is_empty(), "{what}: {:?}", read.skipped);
    for Bibliography { title, abstract_text, year, doi, authors, journal, .. } in
        read.references.iter().map(|reference| &reference.bibliography)
    {
        assert_eq!(title.as_deref(), Some("Cells after relapse"), "{what}");
        assert_eq!(abstract_text.as_deref(), Some(ABSTRACT), "{what}");
        assert_eq!(*year, Some(2021), "{what}");
        assert_eq!(doi.as_deref(), Some("10.5555/notes.77"), "{what}");
        assert!(
            authors == &["Miller, Ann", "Okoye, Ben"] || authors == &["Miller A", "Okoye B"],
            "{what}: {authors:?}"
        );
        assert_eq!(journal.as_deref(), Some("Blood Notes"), "{what}");
    }
    read
}

#[test]
fn ris_in_other_clothes() {
    let plain = ris();
    let each = |dress: &dyn Fn(usize, &str) -> String| -> String {
        plain.lines().enumerate().map(|(n, line)| dress(n, line) + "\n").collect()
    };
    for (what, input) in [
        ("colons", plain.replace("  - ", ": ")),
        ("blanks and colons", plain.replace("  - ", "  : ")),
        ("tabs", plain.replace("  - ", "\t")),
        ("blanks alone", plain.replace("  - ", "  ")),
        ("HTML blanks", plain.replace("  - ", "&nbsp; - ")),
        ("HTML paragraphs", each(&|_, line| format!("<p>{line}</p>"))),
        ("a web page", format!("<html><body><pre>\n{plain}</pre></body></html>\n")),
        ("HTML line ends", each(&|_, line| format!("{line}<br>"))),
        ("a quoted mail", each(&|_, line| format!("> {line}"))),
        ("numbered lines", each(&|n, line| format!("{}\t{line}", n + 1))),
        ("single quotation marks", each(&|_, line| format!("'{line}'"))),
        ("a fence", format!("```\n{plain}```\n")),
    ] {
        assert_reads(input, 1, what);
    }
}

#[test]
fn text_exports_of_other_shapes() {
    let cochrane = |n: u32| {
        format!(
            "Record #{n} of 2\nID: CN-0211111{n}\nAU: Miller A\nAU: Okoye B\nTI: Cells after relapse\nSO: Blood Notes\nYR: 2021\nVL: 1\nNO: 1\nPG: 1-9\nPM: PUBMED 33123456\nPT: Journal article\nKY: Adult; Female\nDOI: 10.5555/notes.77\nAB: {ABSTRACT}\nUS: https://example.org/{n}\n\n\n"
        )
    };
    let read = assert_reads(cochrane(1) + &cochrane(2), 2, "Cochrane");
    assert_eq!(read.references[1].bibliography.pmid.as_deref(), Some("33123456"));
    assert_eq!(read.references[1].bibliography.issue.as_deref(), Some("1"));
    let refworks = format!(
        "RT Journal Article\nSR Electronic(1)\nID 12\nA1 Miller, Ann\nA1 Okoye, Ben\nT1 Cells after relapse\nJF Blood Notes\nYR 2021\nFD 2021/03/09\nVO 1\nIS 1\nSP 1\nOP 2\nAB {ABSTRACT}\nDO 10.5555/notes.77\n\n"
    );
    assert_reads(refworks.repeat(2), 2, "RefWorks");
}

#[test]
fn flat_and_half_flat_records() {
    let plain = ris();
    for (what, input, records) in [
        ("bars", plain.replace('\n', "|"), 1),
        ("semicolons", plain.replace('\n', "; "), 1),
        ("nothing between", plain.replace('\n', ""), 1),
        ("nothing between, two", plain.replace('\n', "").repeat(2), 2),
        ("no TY", plain.replace("TY  - JOUR\n", "").replace('\n', " "), 1),
        ("two fields on a line", plain.replace("\nAU  - Okoye", " AU  - Okoye").replace("\nPY", " PY"), 1),
        ("a field behind the abstract", plain.replace("\nDA  -", "  DA  -"), 1),
        ("ER behind the last field", plain.replace("\nER  - ", " ER  - ").repeat(2), 2),
    ] {
        let read = assert_reads(input, records, what);
        assert!(read.codes().contains(&"ris.flat".to_owned()), "{what}");
    }
}

#[test]
fn encodings_beyond_western_ones() {
    let with = |old: &str, new: &str| ris().replace(old, new);
    let russian = with("Cells after relapse", "Клетки после рецидива: рандомизированное исследование");
    let russian = read(&WINDOWS_1251.encode(&russian).0);
    assert_eq!(
        russian.only().bibliography.title.as_deref(),
        Some("Клетки после рецидива: рандомизированное исследование")
    );
    assert_eq!(russian.codes(), ["encoding.legacy"]);
    let mac = with("Miller", "Müller").replace("Okoye", "Okoyé").replace('\n', "\r");
    assert_eq!(read(&MACINTOSH.encode(&mac).0).only().bibliography.authors, ["Müller, Ann", "Okoyé, Ben"]);
    let twice = read(with("people", "peÃ³ple â€“ â‰¥5"));
    assert!(
        twice.only().bibliography.abstract_text.as_deref().is_some_and(|text| text.starts_with("Of 52 peóple – ≥5"))
    );
    assert_eq!(twice.codes(), ["encoding.twice"]);
}

#[test]
fn authors_of_every_list() {
    for names in [
        "AU  - Miller, Ann; Okoye, Ben",
        "AU  - Miller, Ann and Okoye, Ben",
        "AU  - Miller, Ann\n      Okoye, Ben",
        "AU  - Miller, Ann,\nAU  - Okoye, Ben,",
        "AU  - Miller, Ann\nAU  - Okoye, Ben\nA1  - Miller, Ann\nA1  - Okoye, Ben",
        "A1  - Miller, Ann\nA1  - Okoye, Ben\nA2  - Editor, Ed",
    ] {
        assert_reads(ris().replace("AU  - Miller, Ann\nAU  - Okoye, Ben", names), 1, names);
    }
}

#[test]
fn bibtex_in_any_state() {
    let entry = |fields: &str| {
        format!(
            "@article{{m,\n author = {{Miller, Ann and Okoye, Ben}},\n title = {{Cells after relapse}},\n journal = {{Blood Notes}},\n {fields} doi = {{10.5555/notes.77}},\n abstract = {{{}}}\n}}\n",
            ABSTRACT.replace('%', "\\%")
        )
    };
    let good = entry("year = {2021},");
    for (what, input, records) in [
        ("no key", good.replace("{m,", "{,"), 1),
        ("a key of words", good.replace("{m,", "{Miller et al 2021,"), 1),
        ("a comma missing", good.replace("relapse},", "relapse}"), 1),
        ("a month in words", entry("year = 2021, month = march,"), 1),
        ("strings", format!("@string{{bn = \"Blood Notes\"}}\n{}", good.replace("{Blood Notes}", "bn")), 1),
        ("a comment", format!("% Encoding: UTF-8\n@comment{{x @y}}\n{good}"), 1),
        ("two on one line", good.replace('\n', " ").repeat(2), 2),
        ("braces in the title", good.replace("Cells after", "{C}ells {after}"), 1),
        ("a header", format!("Scopus\nEXPORT DATE: 09 March 2021\n\n{good}"), 1),
    ] {
        assert_reads(input, records, what);
    }
    let dollar = read(good.replace("after relapse", "after $5 & #1 relapse"));
    assert_eq!(dollar.only().bibliography.title.as_deref(), Some("Cells after $5 & #1 relapse"));
    let open = read(format!("@article{{a,\n title = {{Never {{ closed}},\n year = {{2020}}\n}}\n\n{good}"));
    assert_eq!(open.references.len(), 2);
    assert_eq!(open.references[0].bibliography.year, Some(2020));
    assert_eq!(open.codes(), ["bibtex.repaired"]);
}

#[test]
fn tables_of_every_program() {
    let row = |cells: &[&str], between: &str| {
        let quoted: Vec<_> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        quoted.join(between) + "\n"
    };
    let names = "Miller, Ann; Okoye, Ben";
    let (title, journal, doi) = ("Cells after relapse", "Blood Notes", "10.5555/notes.77");
    let plain = row(&[title, names, "2021", journal, doi, ABSTRACT], ",");
    for (what, input) in [
        (
            "sep=",
            format!("\u{FEFF}sep=;\nTitle;Authors;Year;Journal;DOI;Abstract\n{}", plain.replace("\",\"", "\";\"")),
        ),
        ("words above", format!("My search, 9 March\n\nTitle,Authors,Year,Journal,DOI,Abstract\n{plain}")),
        ("capitals", format!("TITLE,AUTHOR(S),YEAR OF PUBLICATION,SOURCE TITLE,DOI NUMBER,ABSTRACT\n{plain}")),
        ("own names", format!("study_title,author_list,pub_year,journal_name,doi_url,abstract_text\n{plain}")),
        ("tags", format!("TI,AU,YR,JN,DO,AB\n{plain}")),
        (
            "Covidence",
            format!(
                "Title,Authors,Abstract,Published Year,Journal,Accession Number,DOI,Covidence #,Study,Tags\n{}",
                row(&[title, names, ABSTRACT, "2021", journal, "33123456", doi, "#12", "Miller 2021", ""], ",")
            ),
        ),
        (
            "Rayyan",
            format!(
                "key,title,year,journal,authors,abstract,doi,pubmed_id\n{}",
                row(&["1", title, "2021", journal, "Miller, Ann and Okoye, Ben", ABSTRACT, doi, "33123456"], ",")
            ),
        ),
        (
            "PubMed",
            format!(
                "PMID,Title,Authors,First Author,Journal/Book,Publication Year,DOI,Abstract\n{}",
                row(&["33123456", title, "Miller A, Okoye B.", "Miller A", journal, "2021", doi, ABSTRACT], ",")
            ),
        ),
        (
            "Scopus",
            format!(
                "Authors,Author full names,Title,Year,Source title,DOI,Abstract\n{}",
                row(
                    &[
                        "Miller A.; Okoye B.",
                        "Miller, Ann (57200); Okoye, Ben (2)",
                        title,
                        "2021",
                        journal,
                        doi,
                        ABSTRACT
                    ],
                    ","
                )
            ),
        ),
        (
            "a name a line",
            format!(
                "Author,Year,Title,Journal,Abstract,DOI\n{}",
                row(&["Miller, Ann\nOkoye, Ben", "2021", title, journal, ABSTRACT, doi], ",")
            ),
        ),
    ] {
        let read = assert_reads(input, 1, what);
        if ["Covidence", "Rayyan", "PubMed"].contains(&what) {
            assert_eq!(read.only().bibliography.pmid.as_deref(), Some("33123456"), "{what}");
        }
    }
}

#[test]
fn nbib_with_a_blank_line_after_each_line_is_one_record() {
    let record = format!(
        "PMID- 33123456\nTI  - Cells after relapse\nLID - 10.5555/notes.77 [doi]\nAB  - {ABSTRACT}\nFAU - Miller, Ann\nFAU - Okoye, Ben\nDP  - 2021\nJT  - Blood Notes\n\n"
    );
    assert_reads(record.replace('\n', "\n\n"), 1, "one");
    assert_reads(record.repeat(2).replace('\n', "\n\n"), 2, "two");
    assert_reads(record.replace("PMID- 33123456\n", "").repeat(2), 2, "two without ids");
}

#[test]
fn chapters_name_their_authors_and_their_book() {
    let xml = format!(
        "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>33123456</PMID><ArticleIdList><ArticleId IdType=\"doi\">10.5555/notes.77</ArticleId></ArticleIdList><Book><BookTitle>Blood Notes</BookTitle><PubDate><Year>2021</Year></PubDate><AuthorList Type=\"editors\"><Author><LastName>Editor</LastName><ForeName>E</ForeName></Author></AuthorList></Book><ArticleTitle>Cells after relapse</ArticleTitle><AuthorList Type=\"authors\"><Author><LastName>Miller</LastName><ForeName>Ann</ForeName></Author><Author><LastName>Okoye</LastName><ForeName>Ben</ForeName></Author></AuthorList><Abstract><AbstractText>{ABSTRACT}</AbstractText></Abstract></BookDocument></PubmedBookArticle></PubmedArticleSet>"
    );
    assert_reads(xml, 1, "a chapter");
}

#[test]
fn notes_and_odd_fields_give_what_they_hold() {
    let with = |old: &str, new: &str| read(ris().replace(old, new)).only().bibliography.clone();
    assert_eq!(with("AB  - ", "N1  - Abstract: ").abstract_text.as_deref(), Some(ABSTRACT));
    for field in [
        "N1  - Accession Number: 149111111. Language: English. PMID: NLM33123456.",
        "U1  - 33123456[pmid]",
        "AN  - NLM33123456",
        "UR  - https://example.org/q?db=PubMed&list_uids=33123456&dopt=Abstract",
    ] {
        assert_eq!(with("ER  -", &format!("{field}\nER  -")).pmid.as_deref(), Some("33123456"), "{field}");
    }
    assert_eq!(with("PY  - 2021", "PY  - '21").abstract_text.as_deref(), Some(ABSTRACT));
    let units = with("relapse, 31", "relapse,\nAU - Hounsfield units of density, 31");
    assert_eq!(units.authors, ["Miller, Ann", "Okoye, Ben"]);
}

#[test]
fn a_line_end_of_its_own_in_a_header_splits_no_row() {
    for input in [
        &b"\0\x0e\0\0\0\0\x0e\0\0\0\r,"[..],
        b"a,b\rtitle,abstract\r\"A\",\"B\"\r",
        b"title,abstract,\"a\rb\"\nA,B,C\n",
    ] {
        let read = read(input);
        assert!(read.references.len() <= 1 && read.skipped.len() <= 1, "{read:?}");
    }
}
