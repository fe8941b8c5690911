//! Reads one RIS file with trialtab and with biblib, in turns, and prints the seconds of every run.
//!
//! usage: reading-bench FILE [RUNS]

use std::hint::black_box;
use std::io::Cursor;
use std::time::Instant;

use biblib::{CitationParser, RisParser};
use trialtab::read::{Item, Options, from_reader};

fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().expect("a file");
    let runs: usize = args.next().map_or(5, |runs| runs.parse().expect("a number of runs"));
    let bytes = std::fs::read(&path).expect("the file can be read");
    let text = String::from_utf8(bytes.clone()).expect("the file is UTF-8");
    for _ in 0..runs {
        let input = Cursor::new(bytes.clone());
        let start = Instant::now();
        let records = from_reader(&path, input, &Options::default()).expect("is RIS");
        let n = records.filter(|item| matches!(black_box(item), Ok(Item::Reference(_)))).count();
        println!("trialtab {n} {:.4}", start.elapsed().as_secs_f64());

        let start = Instant::now();
        let n = black_box(RisParser::new().parse(&text).expect("is RIS")).len();
        println!("biblib {n} {:.4}", start.elapsed().as_secs_f64());
    }
}
