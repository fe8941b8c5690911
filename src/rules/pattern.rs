//! Patterns as rules write them, and the regular expressions they stand for.
//!
//! `{percent}` is a mention of that kind (one capital of the masked sentence), `{had}` a word list, `{events:count}`
//! either of them as the named part `events`. Everything else is a regular expression over lower-case ASCII.

use std::collections::BTreeMap;

use super::error::RuleErrorKind;
use super::kind::Kind;

/// Word lists by id, each already joined to one alternation but with its placeholders still in.
pub(super) type WordLists = BTreeMap<String, String>;

/// A pattern with its placeholders resolved.
#[derive(Debug, Clone)]
pub(super) struct Expanded {
    /// The regular expression.
    pub regex: String,
    /// Names of its parts, by group number - 1. A name may occur more than once, in different alternatives.
    pub parts: Vec<String>,
}

/// Resolves the placeholders of `pattern`.
pub(super) fn expand(pattern: &str, lists: &WordLists) -> Result<Expanded, RuleErrorKind> {
    let mut expanded = Expanded { regex: String::with_capacity(pattern.len() * 2), parts: Vec::new() };
    expand_into(pattern, lists, &mut Vec::new(), &mut expanded)?;
    Ok(expanded)
}

fn expand_into<'a>(
    pattern: &'a str,
    lists: &'a WordLists,
    open: &mut Vec<&'a str>,
    out: &mut Expanded,
) -> Result<(), RuleErrorKind> {
    let mut rest = pattern;
    let mut in_class = false;
    while let Some(c) = rest.chars().next() {
        let width = match c {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '[' | ']' => {
                in_class = c == '[';
                1
            }
            '(' if !in_class => {
                rest = group(rest, out);
                continue;
            }
            // `{2,3}` is a repetition, `{had}` a placeholder.
            '{' if !in_class && rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) => {
                let Some(end) = rest.find('}') else {
                    return Err(RuleErrorKind::BadPattern("unclosed placeholder".to_owned()));
                };
                placeholder(&rest[1..end], lists, open, out)?;
                rest = &rest[end + 1..];
                continue;
            }
            c => c.len_utf8(),
        };
        out.regex.push_str(&rest[..width]);
        rest = &rest[width..];
    }
    Ok(())
}

/// Opens the group that `pattern` begins with, and returns what follows the opening. Only named groups are captured,
/// so that the number of a group is the place of its name; one name may stand in several alternatives.
fn group<'a>(pattern: &'a str, out: &mut Expanded) -> &'a str {
    let named = pattern.strip_prefix("(?P<").and_then(|tail| tail.split_once('>'));
    if let Some((name, tail)) = named {
        out.parts.push(name.to_owned());
        out.regex.push('(');
        return tail;
    }
    if let Some(tail) = pattern.strip_prefix("(?") {
        out.regex.push_str("(?");
        return tail;
    }
    out.regex.push_str("(?:");
    &pattern[1..]
}

fn placeholder<'a>(
    inside: &'a str,
    lists: &'a WordLists,
    open: &mut Vec<&'a str>,
    out: &mut Expanded,
) -> Result<(), RuleErrorKind> {
    let (part, name) = inside.split_once(':').map_or((None, inside), |(part, name)| (Some(part), name));
    if let Some(part) = part {
        out.parts.push(part.to_owned());
        out.regex.push('(');
    } else {
        out.regex.push_str("(?:");
    }
    if let Some(kind) = Kind::ALL.iter().find(|k| k.name() == name) {
        out.regex.push(char::from(kind.symbol()));
    } else if let Some(list) = lists.get(name) {
        if open.contains(&name) {
            return Err(RuleErrorKind::Recursive(name.to_owned()));
        }
        open.push(name);
        expand_into(list, lists, open, out)?;
        open.pop();
    } else {
        return Err(RuleErrorKind::UnknownPlaceholder(name.to_owned()));
    }
    out.regex.push(')');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> WordLists {
        [
            ("had".to_owned(), "had|achieved".to_owned()),
            ("number".to_owned(), "{int}|{dec}".to_owned()),
            ("loop".to_owned(), "{loop}".to_owned()),
        ]
        .into()
    }

    #[test]
    fn placeholders_resolve() {
        let e = expand("{events:int} {had} {2,3}", &lists()).expect("valid");
        assert_eq!(e.regex, "(I) (?:had|achieved) {2,3}");
        assert_eq!(e.parts, ["events"]);
        assert_eq!(expand("{number}", &lists()).expect("valid").regex, "(?:(?:I)|(?:D))");
        let e = expand(r"(a|\(b[({])(?P<unit>c)|(?P<unit>d)", &lists()).expect("valid");
        assert_eq!((e.regex.as_str(), e.parts.len()), (r"(?:a|\(b[({])(c)|(d)", 2));
    }

    #[test]
    fn unknown_and_recursive_lists_are_errors() {
        assert_eq!(expand("{nothing}", &lists()).expect_err("unknown").code(), "rules.unknown_placeholder");
        assert_eq!(expand("{loop}", &lists()).expect_err("recursive").code(), "rules.recursive");
    }
}
