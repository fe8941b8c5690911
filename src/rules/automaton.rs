//! A compiled pattern: a DFA that is built as texts ask for its states, run from each place where a match can begin.
//!
//! A search of the usual kind follows all beginnings at once, and the states of these patterns multiply in it: building
//! and visiting them costs more than they save. Begun at one place, a pattern dies within a few bytes nearly always.
//! What keeps this linear: the steps are counted, and a text that takes too many is searched the usual way.

use std::sync::OnceLock;

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::meta;
use regex_automata::nfa::thompson::backtrack::{self, BoundedBacktracker};
use regex_automata::nfa::thompson::{NFA, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::Hir;

/// Steps for each byte of a text that may be spent on beginnings that lead nowhere.
const STEPS: usize = 8;

/// Steps that any text may take.
const STEPS_AT_LEAST: usize = 2048;

/// Bytes that the states of one pattern may take before they are built anew.
const CACHE: usize = 1 << 20;

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Automaton {
    dfa: DFA,
    caches: Pool<Cache, Box<dyn Fn() -> Cache + Send + Sync>>,
    hir: Hir,
    nfa: NFA,
    /// Searches the usual way; built when a text first needs it.
    sweep: OnceLock<meta::Regex>,
    /// Tells groups; built when a match first needs it.
    groups: OnceLock<Groups>,
}

#[derive(Debug)]
struct Groups {
    engine: BoundedBacktracker,
    caches: Pool<backtrack::Cache, Box<dyn Fn() -> backtrack::Cache + Send + Sync>>,
}

/// Why a run from one place gave no answer.
struct GaveUp;

impl Automaton {
    /// Compiles a pattern that was checked before.
    pub fn new(hir: &Hir) -> Self {
        let nfa = NFA::compiler()
            .configure(NFA::config().utf8(false).which_captures(WhichCaptures::All))
            .build_from_hir(hir)
            .expect("the pattern was weighed when it was loaded");
        let dfa = DFA::builder()
            .configure(DFA::config().cache_capacity(CACHE).skip_cache_capacity_check(true))
            .build_from_nfa(nfa.clone())
            .expect("the DFA has no limit that a weighed pattern could break");
        let caches: Box<dyn Fn() -> Cache + Send + Sync> = {
            let dfa = dfa.clone();
            Box::new(move || dfa.create_cache())
        };
        Self { dfa, caches: Pool::new(caches), hir: hir.clone(), nfa, sweep: OnceLock::new(), groups: OnceLock::new() }
    }

    /// The first match among those that begin at one of `places`, which hold all that can be from the first on.
    pub fn find(&self, text: &[u8], places: impl Iterator<Item = usize>) -> Option<(usize, usize)> {
        let mut cache = self.caches.get();
        let mut steps = STEPS_AT_LEAST + STEPS * text.len();
        for at in places {
            match self.run(&mut cache, text, at, &mut steps) {
                Ok(Some(end)) => return Some((at, end)),
                Ok(None) => {}
                Err(GaveUp) => {
                    drop(cache);
                    return self.sweep(text, at);
                }
            }
        }
        None
    }

    /// Whether a match begins where `text` does.
    pub fn begins(&self, text: &[u8]) -> bool {
        let mut steps = usize::MAX;
        let ended = self.run(&mut self.caches.get(), text, 0, &mut steps);
        ended.map_or_else(|_| self.regex().is_match(Input::new(text).anchored(Anchored::Yes)), |end| end.is_some())
    }

    /// The end of the match that begins at byte `at`.
    fn run(&self, cache: &mut Cache, text: &[u8], at: usize, steps: &mut usize) -> Result<Option<usize>, GaveUp> {
        let input = Input::new(text).range(at..).anchored(Anchored::Yes);
        let mut state = self.dfa.start_state_forward(cache, &input).map_err(|_| GaveUp)?;
        let mut end = None;
        for (k, b) in text[at..].iter().enumerate() {
            state = self.dfa.next_state(cache, state, *b).map_err(|_| GaveUp)?;
            if state.is_tagged() {
                // The DFA tells of a match one byte late.
                if state.is_match() {
                    end = Some(at + k);
                } else if state.is_dead() {
                    *steps = steps.checked_sub(k).ok_or(GaveUp)?;
                    return Ok(end);
                } else if state.is_quit() {
                    return Err(GaveUp);
                }
            }
        }
        *steps = steps.checked_sub(text.len() - at).ok_or(GaveUp)?;
        state = self.dfa.next_eoi_state(cache, state).map_err(|_| GaveUp)?;
        Ok(if state.is_match() { Some(text.len()) } else { end })
    }

    /// The first match that begins at `from` or later, searched the usual way.
    pub fn sweep(&self, text: &[u8], from: usize) -> Option<(usize, usize)> {
        self.regex().search(&Input::new(text).range(from..)).map(|m| (m.start(), m.end()))
    }

    fn regex(&self) -> &meta::Regex {
        self.sweep.get_or_init(|| {
            meta::Regex::builder()
                .configure(meta::Config::new().utf8_empty(false).nfa_size_limit(None).onepass(false).backtrack(false))
                .build_from_hir(&self.hir)
                .expect("the pattern was weighed when it was loaded")
        })
    }

    /// The groups of the match `start..end`. What stands around it can be no part of it, so that only it is read.
    pub fn groups(&self, text: &[u8], start: usize, end: usize) -> Vec<Option<(usize, usize)>> {
        let count = self.nfa.group_info().all_group_len();
        let mut slots: Vec<Option<NonMaxUsize>> = vec![None; 2 * count];
        let groups = self.groups.get_or_init(|| Groups::new(&self.nfa));
        let input = Input::new(text).range(start..end).anchored(Anchored::Yes);
        let told = groups.engine.try_search_slots(&mut groups.caches.get(), &input, &mut slots);
        if told.is_err() {
            // Too long for the table of the backtracker.
            let regex = self.regex();
            regex.search_slots(&input, &mut slots);
        }
        slots[2..].chunks_exact(2).map(|slot| Some((slot[0]?.get(), slot[1]?.get()))).collect()
    }
}

impl Groups {
    fn new(nfa: &NFA) -> Self {
        let engine = BoundedBacktracker::new_from_nfa(nfa.clone()).expect("any NFA will do");
        let caches: Box<dyn Fn() -> backtrack::Cache + Send + Sync> = {
            let engine = engine.clone();
            Box::new(move || engine.create_cache())
        };
        Self { engine, caches: Pool::new(caches) }
    }
}
