//! EndNote XML (`<xml><records><record>`), whose texts stand inside `style` elements.

use super::{Element, Schema};
use crate::model::Bibliography;
use crate::read::abstracts::Abstracts;
use crate::read::date::Date;
use crate::read::draft::Draft;
use crate::read::identifier;
use crate::read::markup::plain;

/// EndNote's elements.
pub(in crate::read) struct EndnoteXml;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Field {
    Kind,
    Author,
    Title,
    SecondaryTitle,
    Periodical,
    Pages,
    Volume,
    Number,
    Keyword,
    Year,
    PubDate,
    Isbn,
    Accession,
    Abstract,
    Doi,
    Url,
    Language,
    Custom,
}

impl Schema for EndnoteXml {
    type Field = Field;

    fn is_record(name: &str) -> bool {
        name == "record"
    }

    fn field(path: &str, element: &Element) -> Option<Field> {
        let mut names = path.rsplit('/');
        let (name, parent) = (names.next()?, names.next().unwrap_or_default());
        Some(match name {
            "ref-type" if element.attribute("name").is_some() => Field::Kind,
            "author" if parent == "authors" => Field::Author,
            "title" if parent == "titles" => Field::Title,
            "secondary-title" => Field::SecondaryTitle,
            "full-title" if parent == "periodical" => Field::Periodical,
            "pages" => Field::Pages,
            "volume" => Field::Volume,
            "number" => Field::Number,
            "keyword" => Field::Keyword,
            "year" => Field::Year,
            "date" if parent == "pub-dates" => Field::PubDate,
            "isbn" => Field::Isbn,
            "accession-num" => Field::Accession,
            "abstract" => Field::Abstract,
            "electronic-resource-num" => Field::Doi,
            "url" => Field::Url,
            "language" => Field::Language,
            "custom2" => Field::Custom,
            _ => return None,
        })
    }

    fn label(element: &Element) -> Option<String> {
        element.attribute("name").map(|name| name + "\n")
    }

    fn bibliography(draft: &mut Draft<Field>) -> Bibliography {
        let mut out = Bibliography::default();
        let mut abstracts = Abstracts::default();
        for (field, value) in draft.filled() {
            match field {
                Field::Abstract => abstracts.push(value),
                Field::Author => out.authors.push(plain(value)),
                Field::Keyword => out.keywords.push(plain(value)),
                _ => {}
            }
        }
        let first = |field: Field| draft.value(field);
        let text = |field: Field| first(field).map(plain);
        out.kind = first(Field::Kind).and_then(|kind| kind.lines().next()).map(plain);
        out.title = text(Field::Title);
        out.journal = text(Field::Periodical).or_else(|| text(Field::SecondaryTitle));
        out.volume = text(Field::Volume);
        out.issue = text(Field::Number);
        out.pages = text(Field::Pages);
        out.language = text(Field::Language);
        out.issn = text(Field::Isbn);
        out.url = text(Field::Url);
        out.doi = first(Field::Doi).and_then(identifier::doi);
        let accession =
            first(Field::Accession).and_then(|id| identifier::labelled_pmid(id).or(identifier::bare_pmid(id, 7)));
        let links = || draft.filled().filter(|(field, _)| *field == Field::Url).map(|(_, link)| link);
        out.doi = out.doi.or_else(|| links().filter(|link| link.contains("doi.org/")).find_map(identifier::doi));
        out.pmid = accession.or_else(|| links().find_map(identifier::labelled_pmid)).map(str::to_owned);
        out.pmcid = first(Field::Custom).and_then(identifier::pmcid);
        if let Some(year) = first(Field::Year).and_then(Date::parse) {
            let date = first(Field::PubDate).map_or(year, |text| match Date::parse(text) {
                Some(date) if date.year == year.year => date,
                _ => year.refined(text),
            });
            out.year = Some(date.year);
            out.date = Some(date.to_string());
        }
        out.abstract_text = abstracts.choose(draft);
        out
    }
}
