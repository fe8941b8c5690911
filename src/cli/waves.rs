//! Work in parallel, results in order, bounded memory.
//!
//! The input is taken in waves. While one wave is worked on by all threads, one of them first writes the wave
//! before and reads the wave after, and then joins in: so reading, working and writing overlap, three waves are all
//! that is ever held, exactly the pool's threads are used, and order needs no bookkeeping. Waves start small, so
//! that the first results show at once.

use std::ops::ControlFlow;

use rayon::prelude::*;

const FIRST: usize = 16;
const LARGEST: usize = 512;

/// Reads waves of at most the number it is told until one is empty, works on every element, and writes the results
/// in the order of the input. A `write` that breaks ends it.
///
/// Runs on the current rayon pool; `read` and `write` are never called at the same time.
pub fn run<I: Send, O: Send>(
    mut read: impl FnMut(usize) -> Vec<I> + Send,
    work: impl Fn(I) -> O + Sync + Send,
    mut write: impl FnMut(Vec<O>) -> ControlFlow<()> + Send,
) {
    let mut size = FIRST;
    let mut wave = read(size);
    let mut finished = Vec::new();
    while !wave.is_empty() {
        size = (size * 2).min(LARGEST);
        let (next, results) = rayon::join(
            || write(std::mem::take(&mut finished)).is_continue().then(|| read(size)),
            || wave.into_par_iter().map(&work).collect(),
        );
        let Some(next) = next else { return };
        (wave, finished) = (next, results);
    }
    let _ = write(finished);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(threads: usize, run: impl FnOnce() + Send) {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(run);
    }

    #[test]
    fn order_holds_at_any_number_of_threads() {
        for threads in [1, 2, 5] {
            let (mut numbers, mut written) = (0..5000u64, Vec::new());
            on(threads, || {
                run(
                    |size| numbers.by_ref().take(size).collect(),
                    |n| (0..n % 97).fold(n, |total, _| total + 2),
                    |wave| {
                        written.extend(wave);
                        ControlFlow::Continue(())
                    },
                );
            });
            assert_eq!(written, (0..5000).map(|n| n + n % 97 * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_writer_that_has_enough_ends_an_endless_input() {
        let (mut numbers, mut written) = (0.., 0);
        on(2, || {
            run(
                |size| numbers.by_ref().take(size).collect::<Vec<u64>>(),
                |n| n,
                |wave| {
                    written += wave.len();
                    if written > 100 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                },
            );
        });
        assert!(written > 100 && written < 4 * LARGEST, "{written}");
    }

    #[test]
    fn nothing_in_nothing_out() {
        let mut written: Vec<u8> = Vec::new();
        let write = |wave: Vec<u8>| {
            written.extend(wave);
            ControlFlow::Continue(())
        };
        on(1, || run(|_| Vec::<u8>::new(), |n| n, write));
        assert!(written.is_empty());
    }
}
