//! JSON lines: the record as it is, one a line.

use crate::model::Record;

/// Writes one record and its line end.
pub fn record(record: &Record, out: &mut Vec<u8>) {
    serde_json::to_writer(&mut *out, record).expect("a record has string keys, and a vector takes every write");
    out.push(b'\n');
}
