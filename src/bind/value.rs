//! Mentions → the values of the record.

use super::document::Document;
use crate::find::{Masked, Mention, Number, Part};
use crate::model::{
    Grade, GradeScale, Interval, IntervalKind, Op, PValue, Quantity, Span, Spread, SpreadKind, TimePoint, Unit,
};
use crate::rules::Kind;

/// Turns mentions of one sentence into values.
#[derive(Clone, Copy)]
pub(super) struct Values<'d, 'p, 't> {
    pub document: &'d Document<'p, 't>,
    pub masked: &'d Masked<'p>,
}

impl<'d, 'p> Values<'d, 'p, '_> {
    /// The span of bytes `start..end` of the folded view.
    pub fn span(&self, start: usize, end: usize) -> Span {
        self.document.text.span(start, end)
    }

    /// The literal text of bytes `start..end` of the folded view.
    pub fn literal(&self, start: usize, end: usize) -> String {
        self.document.text.literal(start, end).to_owned()
    }

    fn folded(&self, start: usize, end: usize) -> &'d str {
        &self.document.text.folded()[start..end]
    }

    fn mention(&self, index: usize) -> &'d Mention<'p> {
        &self.masked.mentions()[index]
    }

    /// The number of a mention: its own, or the one it is made of.
    pub fn number(&self, index: usize) -> Option<Number> {
        let mention = self.mention(index);
        mention.number.or_else(|| {
            ["value", "n", "events"].iter().find_map(|name| mention.part(name)).and_then(|inner| self.number(inner))
        })
    }

    /// A mention that is one number as a quantity.
    pub fn quantity(&self, index: usize) -> Option<Quantity> {
        let mention = self.mention(index);
        let number = self.number(index)?;
        let unit = self.unit(mention);
        // The literal of a percentage keeps its sign; a size or a length of time is its number alone.
        let (start, end) =
            if mention.kind == Kind::Percent { (mention.start, mention.end) } else { (number.start, number.end) };
        Some(self.printed(number, unit, start, end))
    }

    fn printed(&self, number: Number, unit: Option<Unit>, start: usize, end: usize) -> Quantity {
        Quantity {
            value: number.value,
            text: self.literal(start, end),
            decimals: number.decimals,
            op: number.op.or_else(|| self.op_before(start)),
            unit,
            at: self.span(start, end),
        }
    }

    /// `<` and the like right before byte `at`.
    fn op_before(&self, at: usize) -> Option<Op> {
        let before = self.document.text.folded()[..at].trim_end();
        let op = [("<=", Op::AtMost), (">=", Op::AtLeast), ("<", Op::Less), (">", Op::Greater), ("~", Op::About)];
        op.into_iter().find(|(sign, _)| before.ends_with(sign)).map(|(_, op)| op)
    }

    fn unit(&self, mention: &Mention<'_>) -> Option<Unit> {
        match mention.kind {
            Kind::Percent => Some(Unit::Percent),
            Kind::Duration | Kind::Amount => mention.parts.iter().find(|p| p.name == "unit").map(|p| self.unit_of(p)),
            _ => None,
        }
    }

    /// The unit that a part names.
    pub fn unit_of(&self, part: &Part<'_>) -> Unit {
        let word = self.folded(part.start, part.end).to_ascii_lowercase();
        time_unit(&word).unwrap_or(Unit::Other(word))
    }

    /// An interval, with its limits in the unit of the estimate.
    pub fn interval(&self, index: usize, convention: Option<f64>, unit: Option<&Unit>) -> Interval {
        let mention = self.mention(index);
        let words = self.folded(mention.start, mention.end).to_ascii_lowercase();
        let kind = match (mention.kind, mention.constant("interval")) {
            (Kind::Range, Some("iqr")) => IntervalKind::Iqr,
            (Kind::Range, _) => IntervalKind::Range,
            (Kind::Bare, _) if convention.is_none() => IntervalKind::Range,
            _ if words.contains("credib") || words.contains("cri") || words.contains("posterior") => {
                IntervalKind::Credible
            }
            _ => IntervalKind::Ci,
        };
        let printed_level = mention.part("level").and_then(|level| self.number(level)).map(|n| n.value);
        let level = match kind {
            IntervalKind::Ci | IntervalKind::Credible => printed_level.or(convention).or(Some(95.0)),
            IntervalKind::Iqr | IntervalKind::Range => None,
        };
        let limit = |name: &str| mention.parts.iter().find(|p| p.name == name).and_then(|part| self.limit(part, unit));
        Interval { kind, level, low: limit("low"), high: limit("high"), at: self.span(mention.start, mention.end) }
    }

    /// A limit; none where it was not reached.
    fn limit(&self, part: &Part<'_>, unit: Option<&Unit>) -> Option<Quantity> {
        let inside = |m: &Mention<'_>| m.start >= part.start && m.end <= part.end && m.number.is_some();
        let number = self.masked.mentions().iter().find(|m| inside(m)).and_then(|m| m.number)?;
        let percent = self
            .masked
            .mentions()
            .iter()
            .any(|m| m.kind == Kind::Percent && m.start >= part.start && m.end <= part.end);
        let unit = if percent { Some(Unit::Percent) } else { unit.cloned() };
        let end = if percent { part.end } else { number.end };
        Some(self.printed(number, unit, number.start, end))
    }

    /// A p value.
    pub fn p(&self, index: usize) -> Option<PValue> {
        let mention = self.mention(index);
        let printed = mention.part("value").and_then(|v| self.number(v));
        let power = mention.part("power").and_then(|v| self.number(v)).map(|n| n.value.abs() as i32);
        // "1.5 x 10-6", "10-6".
        let (value, decimals) = match (printed, power) {
            (Some(n), None) => (n.value, n.decimals),
            (n, Some(power)) => (
                n.map_or(1.0, |n| n.value) * 10_f64.powi(-power),
                n.map_or(0, |n| n.decimals).saturating_add(power.min(200) as u8),
            ),
            (None, None) => return None,
        };
        let literal = |name: &str| {
            mention.parts.iter().find(|p| p.name == name).map(|p| self.folded(p.start, p.end).to_ascii_lowercase())
        };
        let op = match literal("op").as_deref() {
            Some("<" | "less than") => Op::Less,
            Some(">" | "greater than") => Op::Greater,
            Some("<=") => Op::AtMost,
            Some(">=") => Op::AtLeast,
            _ => Op::Equal,
        };
        let sided = literal("sided").and_then(|words| match words.as_str() {
            "one" | "1" => Some(1),
            "two" | "2" => Some(2),
            _ => None,
        });
        Some(PValue {
            op,
            value,
            decimals,
            sided,
            test: literal("about"),
            text: self.literal(mention.start, mention.end),
            at: self.span(mention.start, mention.end),
        })
    }

    /// A spread.
    pub fn spread(&self, index: usize) -> Option<Spread> {
        let mention = self.mention(index);
        let value = mention.parts.iter().find(|p| p.name == "value").and_then(|p| p.mention)?;
        let number = self.number(value)?;
        let named =
            mention.parts.iter().find(|p| p.name == "which").map(|p| self.folded(p.start, p.end).to_ascii_lowercase());
        let kind = named.as_deref().map_or(SpreadKind::Sd, spread_kind);
        Some(Spread {
            kind: Some(kind),
            value: number.value,
            text: self.literal(number.start, number.end),
            decimals: number.decimals,
            at: self.span(number.start, number.end),
        })
    }

    /// A number in brackets behind a mean, of which only the abstract's convention says what it is.
    pub fn bare_spread(&self, index: usize, kind: Option<SpreadKind>) -> Option<Spread> {
        let number = self.number(index)?;
        Some(Spread {
            kind,
            value: number.value,
            text: self.literal(number.start, number.end),
            decimals: number.decimals,
            at: self.span(number.start, number.end),
        })
    }

    /// A time point.
    pub fn time(&self, index: usize) -> Option<TimePoint> {
        let mention = self.mention(index);
        let part = |name: &str| mention.parts.iter().find(|p| p.name == name);
        let inside = |m: &&Mention<'_>| m.start >= mention.start && m.end <= mention.end && m.number.is_some();
        let number = part("value").and_then(|p| p.mention).and_then(|m| self.number(m)).or_else(|| {
            // The first of several that share a unit: "1- and 2-year".
            self.masked.mentions().iter().find(inside).and_then(|m| m.number)
        });
        let value = match number {
            Some(number) => number.value,
            // "W48": digits inside a word are no number by themselves.
            None => self
                .folded(mention.start, mention.end)
                .trim_start_matches(|c: char| !c.is_ascii_digit())
                .parse()
                .ok()?,
        };
        let unit = part("unit").map(|p| self.unit_of(p)).or_else(|| Some(self.time(mention.part("last")?)?.unit))?;
        Some(TimePoint {
            value,
            unit,
            text: self.literal(mention.start, mention.end),
            at: self.span(mention.start, mention.end),
        })
    }

    /// A grade; none where the words say "any grade".
    pub fn grade(&self, index: usize) -> Option<Grade> {
        let mention = self.mention(index);
        if mention.constant("any").is_some() {
            return None;
        }
        let value = |name: &str| mention.parts.iter().find(|p| p.name == name).and_then(|p| self.grade_number(p));
        let (min, max) = match (value("only"), value("over")) {
            // "grade 3+" is grade 3 or higher.
            (Some(only), _) if self.folded(mention.start, mention.end).ends_with('+') => (Some(only), None),
            (Some(only), _) => (Some(only), Some(only)),
            (_, Some(over)) => (Some(over + 1), None),
            _ => (value("min"), value("max")),
        };
        if min.is_none() && max.is_none() {
            return None;
        }
        Some(Grade {
            min,
            max,
            scale: self.scale(),
            text: self.literal(mention.start, mention.end),
            at: self.span(mention.start, mention.end),
        })
    }

    fn grade_number(&self, part: &Part<'_>) -> Option<u8> {
        if let Some(number) = part.mention.and_then(|m| self.number(m)) {
            return Some(number.value as u8);
        }
        match self.folded(part.start, part.end).to_ascii_lowercase().as_str() {
            "i" => Some(1),
            "ii" => Some(2),
            "iii" => Some(3),
            "iv" => Some(4),
            "v" => Some(5),
            _ => None,
        }
    }

    /// The grading scale that the sentence names.
    fn scale(&self) -> Option<GradeScale> {
        let text = self.masked.text();
        let named = [
            ("clavien", GradeScale::ClavienDindo),
            ("glucksberg", GradeScale::Glucksberg),
            ("astct", GradeScale::Astct),
            ("lee ", GradeScale::Lee),
            ("ctcae", GradeScale::Ctcae),
            ("common terminology", GradeScale::Ctcae),
            ("common toxicity", GradeScale::Ctcae),
            ("world health", GradeScale::Who),
        ];
        named.into_iter().find(|(word, _)| text.contains(word)).map(|(_, scale)| scale)
    }
}

/// The kind of spread that a name in small letters stands for.
pub(super) fn spread_kind(name: &str) -> SpreadKind {
    let is_error = name.contains("error") || name.starts_with("se") || name.starts_with("s.e");
    if is_error { SpreadKind::Se } else { SpreadKind::Sd }
}

/// A unit of time by its word.
pub(super) fn time_unit(word: &str) -> Option<Unit> {
    Some(match word {
        "day" | "days" | "d" => Unit::Day,
        "week" | "weeks" | "wk" | "wks" | "w" => Unit::Week,
        "month" | "months" | "mo" | "mos" | "m" => Unit::Month,
        "year" | "years" | "yr" | "yrs" | "y" => Unit::Year,
        "cycle" | "cycles" => Unit::Cycle,
        "hour" | "hours" | "hr" | "hrs" | "h" => Unit::Other("hour".to_owned()),
        "minute" | "minutes" | "min" | "mins" => Unit::Other("minute".to_owned()),
        _ => return None,
    })
}
