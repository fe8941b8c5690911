//! Names of authors that stand together in one field.
//!
//! The trick: a comma is a border between names only where every piece is a family name with initials; else it parts
//! the family name from the given ones.

/// Adds the names in `field`: between semicolons or line ends, between `and`, or in a row (`Miller A, Okoye B`).
pub(super) fn add(names: &mut Vec<String>, field: String) {
    if is_one(&field) {
        names.push(field);
        return;
    }
    let borders = |c: char| matches!(c, ';' | '\n' | '|');
    for part in field.split(borders).map(tidy).filter(|part| !part.is_empty()) {
        let joined: Vec<&str> = part.split(" and ").map(tidy).collect();
        if joined.len() > 1 && joined.iter().all(|name| name.contains(", ")) {
            names.extend(joined.into_iter().map(str::to_owned));
            continue;
        }
        let row: Vec<&str> = part.trim_end_matches('.').split(", ").map(tidy).collect();
        if row.len() > 1 && row.iter().all(|name| has_initials(name)) {
            names.extend(row.into_iter().map(str::to_owned));
        } else {
            names.push(part.to_owned());
        }
    }
}

/// Whether `field` is one name and nothing around it, as nearly every field is.
fn is_one(field: &str) -> bool {
    let (mut commas, mut others) = (0, 0);
    for byte in field.bytes() {
        commas += u32::from(byte == b',');
        others += u32::from(matches!(byte, b';' | b'\n' | b'|' | b'('));
    }
    others == 0
        && match commas {
            0 => true,
            1 => !field.ends_with(',') && !field.split(',').all(|name| has_initials(name.trim())),
            _ => false,
        }
}

/// Whether a continuation line `next` is a further name and not the rest of `last`.
pub(super) fn is_further(last: &str, next: &str) -> bool {
    let whole = |name: &str| name.split_once(',').is_some_and(|(_, given)| !given.trim().is_empty());
    whole(last) && whole(next) && !last.ends_with([',', ';', '-'])
}

/// `name` without what lists leave around names, and without the id in brackets that Scopus puts behind.
fn tidy(name: &str) -> &str {
    let name = name.trim().trim_end_matches(',').trim_end();
    let id = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    match id {
        Some((name, id)) if id.bytes().all(|b| b.is_ascii_digit()) => name.trim_end(),
        _ => name,
    }
}

/// Whether `name` is a family name with initials behind (`van der Berg AB`).
fn has_initials(name: &str) -> bool {
    name.rsplit_once(' ').is_some_and(|(family, initials)| {
        !family.is_empty()
            && initials.chars().count() <= 4
            && initials.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_as_lists_write_them() {
        for (field, want) in [
            ("Miller, Ann; Okoye, Ben", &["Miller, Ann", "Okoye, Ben"][..]),
            ("Miller, Ann\nOkoye, Ben", &["Miller, Ann", "Okoye, Ben"]),
            ("Miller, Ann and Okoye, Ben", &["Miller, Ann", "Okoye, Ben"]),
            ("Miller A, van der Berg AB.", &["Miller A", "van der Berg AB"]),
            ("Miller A., Okoye B.", &["Miller A.", "Okoye B"]),
            ("Miller, Ann (57200000000); Okoye, Ben (1)", &["Miller, Ann", "Okoye, Ben"]),
            ("Miller, Ann,", &["Miller, Ann"]),
            ("Miller, Ann, Jr", &["Miller, Ann, Jr"]),
            ("Miller, A", &["Miller, A"]),
            ("Society of Blood and Marrow", &["Society of Blood and Marrow"]),
        ] {
            let mut names = Vec::new();
            add(&mut names, field.to_owned());
            assert_eq!(names, want, "{field}");
        }
    }

    #[test]
    fn a_continuation_is_a_further_name_or_the_rest_of_one() {
        assert!(is_further("Miller, Ann", "Okoye, Ben"));
        assert!(!is_further("The Study Group for", "Cells, Blood"));
        assert!(!is_further("Miller,", "Ann"));
        assert!(!is_further("Miller, Ann", "Maria"));
    }
}
