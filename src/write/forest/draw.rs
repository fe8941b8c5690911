//! The picture: columns of words around an axis, one row a result, as SVG.
//!
//! What is told by colour is told by shape or sign too, and the whole is on white, so that it prints and stands in a paper.

use std::cmp::Ordering;

use html_escape::encode_double_quoted_attribute;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::figures::Collected;
use super::row::{Family, Limits, Row, Section};
use super::scale::Scale;
use crate::check::methods::ProportionMethod;

const WIDTH: i32 = 1000;
const LINE: i32 = 22;
const HEAD: i32 = 66;
const AXIS: i32 = 44;
const STUDY: i32 = 14;
const GROUP: i32 = 226;
const COUNT: i32 = 500;
const LEFT: i32 = 520;
const RIGHT: i32 = 790;
const NUMBERS: i32 = 986;
/// Font sizes as the SVG has them; the drawing library is told 1.24 times as much.
const FONT: f64 = 13.0;
const SMALL: f64 = 11.5;

const INK: RGBColor = RGBColor(26, 31, 38);
const FAINT: RGBColor = RGBColor(85, 95, 107);
const RULE: RGBColor = RGBColor(211, 216, 222);
const MARK: RGBColor = RGBColor(10, 92, 173);
const DISPUTED: RGBColor = RGBColor(168, 32, 26);

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Plane<'a> = DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
const NEVER: &str = "a string takes every drawing";

/// A finished picture.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Picture {
    /// A name for files.
    pub name: String,
    /// Outcome and measure in words.
    pub title: String,
    /// Rows drawn.
    pub rows: usize,
    /// The picture.
    pub svg: String,
}

/// A line of the picture.
enum Line {
    Section(String),
    Result(Row),
}

/// Draws the results of an outcome.
pub fn draw(outcome: &str, family: Family, method: ProportionMethod, collected: Collected) -> Picture {
    let (seen, bare, rows) = (collected.seen, collected.bare, collected.rows.len());
    let title = format!("{}: {}", outcome.replace('_', " "), family.title());
    let notes = notes(family, method, &collected.rows, seen, bare);
    let scale = scale(family, &collected.rows);
    let lines = lines(collected.rows);
    let bottom = HEAD + LINE * lines.len() as i32;
    let height = bottom + AXIS + 17 * notes.len() as i32 + 8;
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (WIDTH as u32, height as u32)).into_drawing_area();
        root.fill(&WHITE).expect(NEVER);
        head(&root, &title, family);
        axis(&root, &scale, family, bottom);
        let plane = root.apply_coord_spec(Cartesian2d::new(
            scale.linear(),
            0.0..lines.len() as f64,
            (LEFT..RIGHT, HEAD..bottom),
        ));
        let largest = lines.iter().filter_map(|line| if let Line::Result(row) = line { row.n } else { None });
        let largest = largest.fold(1.0, f64::max);
        for (place, line) in lines.iter().enumerate() {
            let middle = HEAD + LINE * place as i32 + LINE / 2;
            match line {
                Line::Section(words) => write(&root, words, STUDY, middle, HPos::Left, FONT, FontStyle::Bold, INK),
                Line::Result(row) => {
                    words(&root, row, family, middle);
                    mark(&plane, &scale, row, place as f64 + 0.5, largest);
                }
            }
        }
        for (place, note) in notes.iter().enumerate() {
            let middle = bottom + AXIS + 17 * place as i32 + 6;
            write(&root, note, STUDY, middle, HPos::Left, SMALL, FontStyle::Normal, FAINT);
        }
        root.present().expect(NEVER);
    }
    let described = format!("Forest plot, {title}, {rows} rows");
    let svg = svg.replacen(
        "<svg ",
        &format!("<svg role=\"img\" aria-label=\"{}\" ", encode_double_quoted_attribute(&described)),
        1,
    );
    let name = format!("{}-{}", outcome.replace('_', "-"), family.name().replace('_', "-"));
    Picture { name, title, rows, svg }
}

fn scale(family: Family, rows: &[Row]) -> Scale {
    let high = rows.iter().map(|row| row.high).fold(0.0, f64::max);
    if !family.is_ratio() {
        return Scale::shares(high);
    }
    Scale::ratios(rows.iter().map(|row| row.low).fold(1.0, f64::min), high)
}

/// Rows under the headings of their grades and times; without headings where all are alike.
fn lines(mut rows: Vec<Row>) -> Vec<Line> {
    // No time and no grade is a heading too, the first.
    rows.sort_by(|a, b| a.section.partial_cmp(&b.section).unwrap_or(Ordering::Equal));
    let several = rows.iter().any(|row| !row.section.is_same(&rows[0].section));
    let mut lines = Vec::new();
    let mut open: Option<Section> = None;
    for row in rows {
        if several && !open.as_ref().is_some_and(|open| open.is_same(&row.section)) {
            let words = if row.section.words.is_empty() { "no time or grade said" } else { &row.section.words };
            lines.push(Line::Section(words.to_owned()));
            open = Some(row.section.clone());
        }
        lines.push(Line::Result(row));
    }
    lines
}

fn head(root: &Area, title: &str, family: Family) {
    let mut title = title.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    write(root, &title, STUDY, 20, HPos::Left, 16.0, FontStyle::Bold, INK);
    let numbers = if family.is_ratio() { "ratio [95% CI]" } else { "% [95% CI]" };
    let columns = [("Study", STUDY, HPos::Left), ("Group", GROUP, HPos::Left), (numbers, NUMBERS, HPos::Right)];
    for (words, x, side) in columns {
        write(root, words, x, HEAD - 16, side, SMALL, FontStyle::Bold, FAINT);
    }
    if family == Family::Proportion {
        write(root, "x/n", COUNT, HEAD - 16, HPos::Right, SMALL, FontStyle::Bold, FAINT);
    }
    line(root, [(STUDY, HEAD - 5), (NUMBERS, HEAD - 5)], RULE, 1);
}

fn axis(root: &Area, scale: &Scale, family: Family, bottom: i32) {
    let ends = scale.linear();
    let place = |tick: f64| {
        let share = (scale.place(tick) - ends.start) / (ends.end - ends.start);
        LEFT + (share * f64::from(RIGHT - LEFT)).round() as i32
    };
    for &tick in &scale.ticks {
        let x = place(tick);
        line(root, [(x, HEAD - 5), (x, bottom + 4)], RULE, 1);
        write(root, &scale.label(tick), x, bottom + 14, HPos::Center, SMALL, FontStyle::Normal, FAINT);
    }
    if family.is_ratio() {
        line(root, [(place(1.0), HEAD - 5), (place(1.0), bottom + 4)], FAINT, 1);
    }
    line(root, [(LEFT, bottom + 4), (RIGHT, bottom + 4)], FAINT, 1);
}

/// The columns of a row.
fn words(root: &Area, row: &Row, family: Family, middle: i32) {
    let colour = if row.disputed { DISPUTED } else { INK };
    write(root, &fit(&row.study, GROUP - STUDY), STUDY, middle, HPos::Left, FONT, FontStyle::Normal, colour);
    let room = if family == Family::Proportion { COUNT - GROUP - 70 } else { LEFT - GROUP - 20 };
    write(root, &compared(row, room), GROUP, middle, HPos::Left, FONT, FontStyle::Normal, FAINT);
    if let (Some(x), Some(n)) = (row.x, row.n) {
        let sign = if row.limits == Limits::Derived { "≈" } else { "" };
        write(root, &format!("{sign}{x}/{n}"), COUNT, middle, HPos::Right, FONT, FontStyle::Normal, colour);
    }
    let sign = if row.disputed { "✗ " } else { "" };
    let (estimate, low, high, decimals) = (row.estimate, row.low, row.high, row.decimals);
    let numbers = format!("{sign}{estimate:.decimals$} [{low:.decimals$}, {high:.decimals$}]");
    write(root, &numbers, NUMBERS, middle, HPos::Right, FONT, FontStyle::Normal, colour);
}

/// The interval of a row with a square for a computed one, by its n, and a ring for a printed one; arrows where it goes on.
fn mark(plane: &Plane, scale: &Scale, row: &Row, y: f64, largest: f64) {
    let colour = if row.disputed { DISPUTED } else { MARK };
    let (low, middle, high) = (scale.place(row.low), scale.place(row.estimate), scale.place(row.high));
    plane.draw(&PathElement::new(vec![(low, y), (high, y)], colour.stroke_width(2))).expect(NEVER);
    for (end, number, way) in [(low, row.low, 1), (high, row.high, -1)] {
        let arrow = scale.is_beyond(number);
        let tips = if arrow { vec![(way * 6, -4), (0, 0), (way * 6, 4)] } else { vec![(0, -3), (0, 3)] };
        let shape = EmptyElement::at((end, y)) + PathElement::new(tips, colour.stroke_width(2));
        plane.draw(&shape).expect(NEVER);
    }
    if scale.is_beyond(row.estimate) {
        return;
    }
    match row.limits {
        Limits::Printed => {
            let ring = EmptyElement::at((middle, y))
                + Circle::new((0, 0), 5, WHITE.filled())
                + Circle::new((0, 0), 5, colour.stroke_width(2));
            plane.draw(&ring).expect(NEVER);
        }
        Limits::Computed | Limits::Derived => {
            let half = 3 + (4.0 * (row.n.unwrap_or(0.0) / largest).sqrt()).round() as i32;
            let square = [(-half, -half), (half, half)];
            let square = EmptyElement::at((middle, y)) + Rectangle::new(square, colour.filled());
            plane.draw(&square).expect(NEVER);
        }
    }
}

/// What a reader must know, one line each.
fn notes(family: Family, method: ProportionMethod, rows: &[Row], seen: usize, bare: usize) -> Vec<String> {
    let any = |limits| rows.iter().any(|row| row.limits == limits);
    let mut notes = Vec::new();
    if any(Limits::Computed) || any(Limits::Derived) {
        let derived = if any(Limits::Derived) { "; ≈: the only x that rounds to the printed percentage" } else { "" };
        notes.push(format!("■ x of n with the 95% CI by the method of {}, size by n{derived}", method.title()));
    }
    if any(Limits::Printed) {
        let on = if family.is_ratio() { ", on a logarithmic scale" } else { "" };
        notes.push(format!("○ estimate and 95% CI as printed{on}"));
    }
    if rows.iter().any(|row| row.disputed) {
        notes.push("✗ the printed numbers of this row disagree with each other".to_owned());
    }
    if seen > rows.len() {
        notes.push(format!("The first {} of {seen} rows; trialtab plot draws all of them", rows.len()));
    }
    if bare > 0 {
        let results = if bare == 1 { "result is" } else { "results are" };
        notes.push(format!(
            "{bare} {results} not drawn, for want of groups, sizes or a 95% CI (--format metafor says why of each)"
        ));
    }
    notes.push("Not pooled: a pooled estimate is for R (metafor), which takes the same numbers".to_owned());
    notes
}

/// The group, or the two compared, each with its share of the room.
fn compared(row: &Row, room: i32) -> String {
    let Some(other) = &row.comparator else { return fit(&row.group, room) };
    let whole = format!("{} v {other}", row.group);
    if fit(&whole, room) == whole {
        return whole;
    }
    format!("{} v {}", fit(&row.group, room / 2 - 10), fit(other, room / 2 - 10))
}

/// Words cut to a width, by the usual width of a letter.
fn fit(words: &str, room: i32) -> String {
    let letters = (f64::from(room) / (FONT * 0.56)) as usize;
    if words.chars().count() <= letters {
        return words.to_owned();
    }
    let cut: String = words.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

#[allow(clippy::too_many_arguments, reason = "each is a property of the piece of text")]
fn write(root: &Area, words: &str, x: i32, y: i32, side: HPos, size: f64, style: FontStyle, colour: RGBColor) {
    const TOLD: f64 = 1.24;
    let font = FontDesc::new(FontFamily::SansSerif, size * TOLD, style);
    let style = TextStyle::from(font).color(&colour).pos(Pos::new(side, VPos::Center));
    root.draw_text(words, &style, (x, y)).expect(NEVER);
}

fn line(root: &Area, ends: [(i32, i32); 2], colour: RGBColor, width: u32) {
    root.draw(&PathElement::new(ends.to_vec(), colour.stroke_width(width))).expect(NEVER);
}
