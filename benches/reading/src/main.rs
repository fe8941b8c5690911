//! Reads one RIS file with trialtab and with biblib, in turns, and prints for every run the seconds on the clock and
//! on the processor; on a busy machine only the latter compare.
//!
//! usage: reading-bench FILE [RUNS [ONLY]]      ONLY is the name of one of them

use std::hint::black_box;
use std::io::Cursor;
use std::time::Instant;

use biblib::{CitationParser, RisParser};
use trialtab::read::{Item, Options, from_reader};

fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().expect("a file");
    let runs: usize = args.next().map_or(5, |runs| runs.parse().expect("a number of runs"));
    let only = args.next();
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    let bytes = std::fs::read(&path).expect("the file can be read");
    let text = String::from_utf8(bytes.clone()).expect("the file is UTF-8");
    for _ in 0..runs {
        if wanted("trialtab") {
            let input = Cursor::new(bytes.clone());
            let start = Start::now();
            let records = from_reader(&path, input, &Options::default()).expect("is RIS");
            let n = records.filter(|item| matches!(black_box(item), Ok(Item::Reference(_)))).count();
            println!("trialtab {n} {}", start.elapsed());
        }
        if wanted("biblib") {
            let start = Start::now();
            let n = black_box(RisParser::new().parse(&text).expect("is RIS")).len();
            println!("biblib {n} {}", start.elapsed());
        }
    }
}

/// When a run began, on the clock and on the processor.
struct Start(Instant, f64);

impl Start {
    fn now() -> Self {
        Self(Instant::now(), processor_seconds())
    }

    fn elapsed(&self) -> String {
        format!("{:.4} {:.4}", self.0.elapsed().as_secs_f64(), processor_seconds() - self.1)
    }
}

/// Seconds that this thread has been on a processor; the time of the clock where the system does not tell.
fn processor_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}
