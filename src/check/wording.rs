//! What the printed words between and around numbers say.

use crate::model::{Finding, Interval, Quantity, Span};

use super::printed::level;
use super::study::Study;

impl Study<'_> {
    /// The text between two places of one field, in their order, in lower case.
    pub fn between(&self, a: Span, b: Span) -> Option<String> {
        let (start, end) = (a.end.min(b.end), a.start.max(b.start));
        let whole = (a.field == b.field).then_some(Span { field: a.field, start, end: end.max(start) })?;
        self.text_at(whole).map(|text| text.to_lowercase())
    }

    /// So many characters after a place, in lower case.
    pub fn after(&self, at: Span, characters: u32) -> Option<String> {
        let place = Span { field: at.field, start: at.end, end: at.end + characters };
        self.text_at(place).map(|text| text.to_lowercase())
    }

    /// So many characters before a place, in lower case.
    pub fn before(&self, at: Span, characters: u32) -> Option<String> {
        let place = Span { field: at.field, start: at.start.saturating_sub(characters), end: at.start };
        self.text_at(place).map(|text| text.to_lowercase())
    }

    /// Whether an interval stands right beside its estimate: only words that join them, the level and the counts of the
    /// finding come between.
    pub fn is_beside(&self, finding: &Finding, estimate: &Quantity, interval: &Interval) -> bool {
        let (Some(low), Some(high)) = (&interval.low, &interval.high) else { return false };
        let limit = if low.at.start >= estimate.at.end { low } else { high };
        let Some(between) = self.between(estimate.at, limit.at) else { return true };
        let own = |token: &str| {
            let number = token.parse::<f64>().ok();
            let counts = finding.events.iter().chain(&finding.total).map(|quantity| quantity.value);
            counts.chain([level(interval)]).any(|value| number.is_some_and(|number| (number - value).abs() < 1e-9))
        };
        let words = &self.thresholds.words;
        let joins = |token: &String| words.joins.contains(token) || words.people.contains(token) || own(token);
        // "14.5/17 (95% CI …)" and "p 0.004 (95% CI …)" print the limits beside something else.
        let before = self.before(estimate.at, 12).unwrap_or_default();
        let other =
            before.trim_end().ends_with(['/', '\u{b1}']) || tokens(&before).last().is_some_and(|word| word == "p");
        let fraction = self.between(low.at, high.at).is_some_and(|text| text.trim() == "/");
        !other && !fraction && tokens(&between).iter().all(joins)
    }

    /// Whether an interval is called one where it stands.
    pub fn is_called_ci(&self, estimate: &Quantity, interval: &Interval) -> bool {
        let (Some(low), Some(high)) = (&interval.low, &interval.high) else { return false };
        let reach = |a: Span, b: Span| self.between(a, b).unwrap_or_default();
        let around = [
            reach(estimate.at, low.at),
            reach(estimate.at, high.at),
            self.text_at(interval.at).unwrap_or_default().to_lowercase(),
            self.after(high.at, 10).unwrap_or_default(),
        ];
        let name = |token: &String| matches!(token.as_str(), "ci" | "cis" | "cri" | "cl" | "confidence" | "credible");
        self.record.reference.abstract_text.is_none() || around.iter().any(|text| tokens(text).iter().any(name))
    }

    /// Whether the limits may be those of the difference from another number: it stands before, has no limits of its
    /// own, and the limits hold the difference, or "versus" joins the two.
    pub fn may_be_of_difference(&self, finding: &Finding) -> bool {
        let Some(estimate) = &finding.estimate else { return false };
        let Some(interval) = &finding.interval else { return false };
        let (Some(low), Some(high)) = (&interval.low, &interval.high) else { return false };
        self.record.findings.iter().any(|other| {
            let Some(first) = other.estimate.as_ref().filter(|_| other.interval.is_none()) else { return false };
            let before = first.at.field == estimate.at.field && first.at.end <= estimate.at.start;
            if !before || other.sentence != finding.sentence || other.measure != finding.measure {
                return false;
            }
            let difference = (estimate.value - first.value).abs();
            let holds = |value: f64| low.value <= value && value <= high.value;
            let joined = || {
                let between = self.between(first.at, estimate.at).unwrap_or_default();
                let between = tokens(&between);
                between.len() <= 6 && between.iter().any(|token| self.thresholds.words.breaks.contains(token))
            };
            holds(difference) || holds(-difference) || joined()
        })
    }
}

/// The words and numbers of a text, in lower case; a number keeps its decimal point.
pub fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut token = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let point = matches!(c, '.' | '\u{b7}') && rest.peek().is_some_and(char::is_ascii_digit);
        let inside = c.is_alphanumeric() || (point && token.ends_with(|d: char| d.is_ascii_digit()));
        if inside {
            token.extend(if point { '.' } else { c }.to_lowercase());
        } else if !token.is_empty() {
            tokens.push(std::mem::take(&mut token));
        }
    }
    if !token.is_empty() {
        tokens.push(token);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_are_told_apart() {
        assert_eq!(tokens("; 95% CI, 3\u{b7}5 to 7.1."), ["95", "ci", "3.5", "to", "7.1"]);
        assert_eq!(tokens("T1-3 (n = 62)"), ["t1", "3", "n", "62"]);
    }
}
