//! Running the layers of a rule pack over a masked sentence.

use super::mask::{Masked, Mention};
use super::number::numbers;
use crate::rules::{Kind, Layer, MakesMention, RulePack, Term};
use crate::text::Sentence;

/// Layers below this number run before the literal phrases (outcomes, people) are masked, the others after.
const TERMS_BEFORE_LAYER: u8 = 4;

/// Layers from this number on run after the finding layers: they see bundles.
const BUNDLES_BEFORE_LAYER: u8 = 10;

/// A sentence with nothing masked but its numbers.
pub fn numbered<'p>(folded: &str, sentence: &Sentence) -> Masked<'p> {
    let found = numbers(folded, sentence.start, sentence.end);
    Masked::new(folded, sentence.start, sentence.end, &found)
}

/// Runs every mention layer over a sentence with its numbers. `terms` are the pack's phrases found in the whole text.
pub fn mentions<'p>(pack: &'p RulePack, mut masked: Masked<'p>, sentence: &Sentence, terms: &[Term]) -> Masked<'p> {
    let mut termed = false;
    for (number, layer) in pack.mentions().iter().take_while(|(number, _)| *number < BUNDLES_BEFORE_LAYER) {
        if !termed && *number >= TERMS_BEFORE_LAYER {
            mask_terms(pack, &mut masked, sentence, terms);
            termed = true;
        }
        rewrite_mentions(&mut masked, layer);
    }
    if !termed {
        mask_terms(pack, &mut masked, sentence, terms);
    }
    masked
}

fn rewrite_mentions<'p>(masked: &mut Masked<'p>, layer: &'p Layer<MakesMention>) {
    rewrite(masked, layer, |makes, mention| {
        mention.kind = makes.kind;
        mention.set = Some(&makes.set);
    });
}

/// Runs every finding layer (numbers with their brackets become bundles), then the mention layers that see bundles.
pub fn rewrite_findings<'p>(pack: &'p RulePack, masked: &mut Masked<'p>) {
    for (_, layer) in pack.findings() {
        rewrite(masked, layer, |makes, mention| {
            mention.kind = Kind::Bundle;
            mention.measure = makes.measure;
        });
    }
    for (_, layer) in pack.mentions().iter().filter(|(number, _)| *number >= BUNDLES_BEFORE_LAYER) {
        rewrite_mentions(masked, layer);
    }
}

fn rewrite<'p, T>(masked: &mut Masked<'p>, layer: &'p Layer<T>, make: impl Fn(&'p T, &mut Mention<'p>)) {
    let replacements = layer
        .hits(masked.text(), Some(masked.sight()))
        .into_iter()
        .map(|hit| {
            let (start, end) = masked.folded(hit.start, hit.end);
            let mut mention = Mention::new(Kind::Junk, Some(hit.rule.id), start, end);
            mention.parts = masked.parts(&hit.parts);
            make(&hit.rule.makes, &mut mention);
            (hit.start, hit.end, mention)
        })
        .collect();
    masked.replace(replacements);
}

fn mask_terms<'p>(pack: &'p RulePack, masked: &mut Masked<'p>, sentence: &Sentence, terms: &[Term]) {
    let from = terms.partition_point(|t| t.start < sentence.start);
    let replacements = terms[from..]
        .iter()
        .take_while(|t| t.end <= sentence.end)
        .filter_map(|t| {
            let (start, end) = masked.place(t.start, t.end)?;
            let makes = pack.term(t.rule).filter(|_| masked.is_plain(start, end, &[]))?;
            let mut mention = Mention::new(makes.kind, Some(t.rule), t.start, t.end);
            mention.set = Some(&makes.set);
            Some((start, end, mention))
        })
        .collect();
    masked.replace(replacements);
}
