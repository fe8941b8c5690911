//! PubMed XML (`PubmedArticleSet`): structured abstracts keep their labels.

use super::{Element, Schema};
use crate::model::Bibliography;
use crate::read::abstracts::Abstracts;
use crate::read::date::Date;
use crate::read::draft::Draft;
use crate::read::identifier;
use crate::read::markup::plain;

/// PubMed's elements.
pub(in crate::read) struct PubmedXml;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Field {
    Pmid,
    Title,
    BookTitle,
    VernacularTitle,
    BookName,
    BookForeName,
    Abstract,
    OtherAbstract,
    LastName,
    ForeName,
    Initials,
    Collective,
    Journal,
    Abbreviation,
    Volume,
    Issue,
    Pages,
    Year,
    Month,
    Day,
    MedlineDate,
    Doi,
    Pmcid,
    Issn,
    Language,
    Keyword,
    Kind,
}

impl Schema for PubmedXml {
    type Field = Field;

    fn is_record(name: &str) -> bool {
        matches!(name, "PubmedArticle" | "PubmedBookArticle" | "MedlineCitation")
    }

    fn field(path: &str, element: &Element) -> Option<Field> {
        let mut names = path.rsplit('/');
        let (name, parent) = (names.next()?, names.next().unwrap_or_default());
        let author = || parent == "Author" && !path.contains("/Investigator") && !path.contains("/Reference");
        Some(match name {
            "PMID" if matches!(parent, "MedlineCitation" | "BookDocument") => Field::Pmid,
            "ArticleTitle" if parent != "Reference" => Field::Title,
            "BookTitle" => Field::BookTitle,
            "VernacularTitle" => Field::VernacularTitle,
            "AbstractText" if parent == "OtherAbstract" => Field::OtherAbstract,
            "AbstractText" => Field::Abstract,
            "LastName" if author() && path.contains("/Book/") => Field::BookName,
            "LastName" if author() => Field::LastName,
            "ForeName" | "FirstName" if author() && path.contains("/Book/") => Field::BookForeName,
            "ForeName" | "FirstName" if author() => Field::ForeName,
            "Initials" if author() && !path.contains("/Book/") => Field::Initials,
            "CollectiveName" if author() => Field::Collective,
            "Title" if parent == "Journal" => Field::Journal,
            "ISOAbbreviation" | "MedlineTA" => Field::Abbreviation,
            "Volume" if parent == "JournalIssue" => Field::Volume,
            "Issue" if parent == "JournalIssue" => Field::Issue,
            "MedlinePgn" => Field::Pages,
            "Year" if is_published(parent) => Field::Year,
            "Month" if is_published(parent) => Field::Month,
            "Day" if is_published(parent) => Field::Day,
            "MedlineDate" => Field::MedlineDate,
            "ELocationID" if is_of(element, "EIdType", "doi") => Field::Doi,
            "ArticleId" if !path.contains("/Reference") => return article_id(element),
            "ISSN" => Field::Issn,
            "Language" => Field::Language,
            "DescriptorName" | "Keyword" => Field::Keyword,
            "PublicationType" => Field::Kind,
            _ => return None,
        })
    }

    fn label(element: &Element) -> Option<String> {
        let label = element.attribute("Label")?;
        (!label.is_empty() && label != "UNLABELLED").then(|| format!("{}: ", label.trim_end_matches(':')))
    }

    fn bibliography(draft: &mut Draft<Field>) -> Bibliography {
        let mut out = Bibliography::default();
        let mut abstracts = Abstracts::default();
        for (field, value) in draft.filled() {
            match field {
                Field::Abstract => abstracts.push(value),
                Field::LastName | Field::Collective => out.authors.push(plain(value)),
                Field::ForeName | Field::Initials => add_given_name(&mut out.authors, &plain(value)),
                Field::Keyword => out.keywords.push(plain(value)),
                _ => {}
            }
        }
        if out.authors.is_empty() {
            for (field, value) in draft.filled() {
                match field {
                    Field::BookName => out.authors.push(plain(value)),
                    Field::BookForeName => add_given_name(&mut out.authors, &plain(value)),
                    _ => {}
                }
            }
        }
        let first = |field: Field| draft.value(field);
        let text = |field: Field| first(field).map(plain);
        out.kind = text(Field::Kind);
        let of_book = text(Field::BookTitle);
        let title = text(Field::Title).or_else(|| text(Field::VernacularTitle));
        let container = of_book.clone().filter(|_| title.is_some());
        out.title = title.or(of_book);
        out.journal = text(Field::Journal).or_else(|| text(Field::Abbreviation)).or(container);
        out.volume = text(Field::Volume);
        out.issue = text(Field::Issue);
        out.pages = text(Field::Pages);
        out.language = text(Field::Language);
        out.issn = text(Field::Issn);
        out.doi = first(Field::Doi).and_then(identifier::doi);
        out.pmid = first(Field::Pmid).and_then(identifier::pmid).map(str::to_owned);
        out.pmcid = first(Field::Pmcid).and_then(identifier::pmcid);
        let parts = [Field::Year, Field::Month, Field::Day].map(|field| first(field).unwrap_or_default());
        if let Some(date) = Date::parse(&parts.join(" ")).or_else(|| first(Field::MedlineDate).and_then(Date::parse)) {
            out.year = Some(date.year);
            out.date = Some(date.to_string());
        }
        for (_, value) in draft.filled().filter(|(field, _)| *field == Field::OtherAbstract) {
            abstracts.push_fallback(value);
        }
        out.abstract_text = abstracts.choose(draft);
        out
    }
}

fn is_published(parent: &str) -> bool {
    parent == "PubDate"
}

fn is_of(element: &Element, attribute: &str, value: &str) -> bool {
    element.attribute(attribute).is_some_and(|kind| kind.eq_ignore_ascii_case(value))
}

fn article_id(element: &Element) -> Option<Field> {
    match element.attribute("IdType")?.as_str() {
        "doi" => Some(Field::Doi),
        "pubmed" => Some(Field::Pmid),
        "pmc" => Some(Field::Pmcid),
        _ => None,
    }
}

/// Given names follow the family name; initials only where there is nothing longer.
fn add_given_name(authors: &mut [String], given: &str) {
    let Some(author) = authors.last_mut().filter(|author| !author.contains(", ")) else { return };
    author.push_str(", ");
    author.push_str(given);
}
