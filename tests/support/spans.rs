//! Every span of a record points at exactly the words that the record says stand there.

use serde_json::Value;
use trialtab::Record;
use trialtab::model::{Field, Span};

/// What is wrong with the spans of a record, a line each.
pub fn faults(record: &Record) -> Vec<String> {
    let mut faults = Vec::new();
    visit(record, &serde_json::to_value(record).expect("a record is JSON"), "", &mut faults);
    faults
}

fn visit(record: &Record, value: &Value, path: &str, faults: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(k, item)| visit(record, item, &format!("{path}[{k}]"), faults));
        }
        Value::Object(fields) => {
            // "No radiotherapy" is what the second arm of "radiotherapy or not" is called; it stands nowhere.
            let named = fields.get("label").filter(|label| !label.as_str().is_some_and(|l| l.starts_with("no ")));
            let words = fields.get("text").or(named).and_then(Value::as_str);
            if let (Some(at), Some(words)) = (fields.get("at").and_then(span), words) {
                let literal = record.reference.quote(at);
                if literal != words {
                    faults.push(format!("{path} says {words:?}, but {literal:?} stands at {at:?}"));
                }
            }
            if let Some(at) = span(value) {
                let text = match at.field {
                    Field::Title => &record.reference.title,
                    Field::Abstract => &record.reference.abstract_text,
                };
                let length = text.as_deref().unwrap_or_default().chars().count();
                if at.start >= at.end || at.end as usize > length {
                    faults.push(format!("{path} is {at:?}, of a field of {length} code points"));
                }
            }
            fields.iter().for_each(|(key, item)| visit(record, item, &format!("{path}.{key}"), faults));
        }
        _ => {}
    }
}

fn span(value: &Value) -> Option<Span> {
    let field = match value["field"].as_str()? {
        "title" => Field::Title,
        _ => Field::Abstract,
    };
    let point = |key: &str| value[key].as_u64().map(|point| point as u32);
    Some(Span { field, start: point("start")?, end: point("end")? })
}
