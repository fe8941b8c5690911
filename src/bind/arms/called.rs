//! What arms are called from their allocation on: "salvage chemotherapy and transplantation (standard-care group)".

use super::Arm;
use super::label::Label;
use crate::bind::document::Document;
use crate::rules::RulePack;

/// Adds to each arm the name that stands in brackets between its label and the next arm's, within its sentence.
pub(super) fn add_names(pack: &RulePack, document: &Document<'_, '_>, arms: &mut [Arm]) {
    let folded = document.text.folded();
    let starts: Vec<usize> = arms.iter().filter_map(|arm| arm.at).map(|(start, _)| start).collect();
    for k in 0..arms.len() {
        let Some((start, end)) = arms[k].at else { continue };
        let next = starts.iter().copied().filter(|s| *s > start).min().unwrap_or(folded.len());
        let sentence = document.sentences.iter().find(|s| s.sentence.start <= start && start < s.sentence.end);
        let stop = sentence.map_or(end, |s| s.sentence.end).min(next).max(end);
        let named: Vec<Label> = brackets(&folded[end..stop]).map(|words| Label::of(pack, words)).collect();
        for name in named {
            let known = arms.iter().any(|arm| arm.names.iter().any(|n| n.shared(&name.0) > 0));
            if !name.0.is_empty() && !known {
                arms[k].names.push(name);
            }
        }
    }
}

/// The names in brackets that end in "group" or "arm", without that word.
fn brackets(text: &str) -> impl Iterator<Item = &str> {
    text.split(['(', ')']).skip(1).step_by(2).filter_map(|inner| {
        let name = inner.strip_suffix(" group").or_else(|| inner.strip_suffix(" arm"))?;
        name.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b' ' | b'-')).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use crate::bind::example::groups;

    #[test]
    fn a_name_in_brackets_tells_the_control() {
        let text = "We randomly assigned 80 women to receive aspirin (75 mg) alone (control group) or with statins (statin group).";
        let found = groups(text);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[1].starts_with("arm control"), "{found:?}");
    }
}
