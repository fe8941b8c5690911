//! A running count on standard error, for runs that last.

use std::fmt;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

const PATIENCE: Duration = Duration::from_secs(1);

/// Shows how far the run is, if it is asked to and the run lasts longer than a second.
pub struct Progress {
    bar: ProgressBar,
    /// When the run began; none once the bar is shown, or if it never will be.
    waiting_since: Option<Instant>,
}

impl Progress {
    /// Begins to count.
    pub fn new(wanted: bool) -> Self {
        let style = ProgressStyle::with_template("{spinner} {human_pos} references ({rate}/s), {elapsed}")
            .expect("the template names known keys")
            .with_key("rate", |state: &ProgressState, out: &mut dyn fmt::Write| {
                // A bar that cannot be drawn is not worth a word.
                let _ = write!(out, "{}", HumanCount(state.per_sec() as u64));
            });
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_style(style);
        Self { bar, waiting_since: wanted.then(Instant::now) }
    }

    /// Counts `references` more.
    pub fn advance(&mut self, references: u64) {
        if self.waiting_since.is_some_and(|start| start.elapsed() > PATIENCE) {
            self.waiting_since = None;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(references);
    }

    /// Runs `report` with the bar out of its way.
    pub fn aside<T>(&self, report: impl FnOnce() -> T) -> T {
        self.bar.suspend(report)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
