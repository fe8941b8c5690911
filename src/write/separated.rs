//! Rows of one struct as comma-separated lines; the head is made of the same struct, so the two cannot drift apart.

use csv::{Writer, WriterBuilder};
use serde::Serialize;

/// Writes the line of column names of `R`.
pub fn head<R: Default + Serialize>(out: &mut Vec<u8>) {
    let mut lines = Vec::new();
    let mut writer = WriterBuilder::new().has_headers(true).from_writer(&mut lines);
    write(&mut writer, &R::default());
    drop(writer);
    out.extend(lines.split_inclusive(|&byte| byte == b'\n').next().unwrap_or_default());
}

/// Writes `rows` without a head.
pub fn rows<R: Serialize>(rows: impl IntoIterator<Item = R>, out: &mut Vec<u8>) {
    let mut writer = WriterBuilder::new().has_headers(false).from_writer(out);
    for row in rows {
        write(&mut writer, &row);
    }
}

fn write<R: Serialize>(writer: &mut Writer<&mut Vec<u8>>, row: &R) {
    writer.serialize(row).expect("a row is flat, and a vector takes every write");
}
