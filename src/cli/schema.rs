//! `trialtab schema`: the JSON Schema of a record, generated from its types.

use schemars::Schema;
use schemars::generate::SchemaSettings;

use crate::model::{Record, SCHEMA};

use super::exit::{Exit, Failure};
use super::output::Output;

/// Prints the schema.
pub fn write(out: &mut Output) -> Result<Exit, Failure> {
    let text = serde_json::to_string_pretty(&schema()).expect("a schema has string keys");
    out.write(text.as_bytes())?;
    out.write(b"\n")?;
    Ok(Exit::Done)
}

/// Of records as they are written: a field that may be left out is not required.
fn schema() -> Schema {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Record>();
    if let Some(version) = schema.pointer_mut("/properties/schema").and_then(serde_json::Value::as_object_mut) {
        version.insert("const".into(), SCHEMA.into());
    }
    schema
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::write::sample;

    #[test]
    fn the_schema_is_of_2020_12_and_names_the_version() {
        let schema = schema().to_value();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["properties"]["schema"]["const"], "trialtab/1");
    }

    /// Every object of a record has the required properties of its schema, and no other than its properties.
    fn hold(value: &Value, schema: &Value, root: &Value, place: &str) {
        if let Some(name) = schema["$ref"].as_str() {
            return hold(value, root.pointer(&name[1..]).expect("a definition"), root, place);
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            let choice = choices.iter().find(|choice| choice["type"] != "null");
            if !value.is_null() {
                hold(value, choice.expect("a type beside null"), root, place);
            }
            return;
        }
        match value {
            Value::Object(object) => {
                for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                    assert!(object.contains_key(name), "{place} lacks {name}");
                }
                for (name, inner) in object {
                    let property = &schema["properties"][name];
                    assert!(!property.is_null(), "{place}.{name} is not in the schema");
                    hold(inner, property, root, &format!("{place}.{name}"));
                }
            }
            Value::Array(items) => items.iter().for_each(|item| hold(item, &schema["items"], root, place)),
            _ => {}
        }
    }

    #[test]
    fn records_keep_to_the_schema() {
        let schema = schema().to_value();
        let mut full = sample::record();
        full.findings[0].review = Some(Box::new(sample::review()));
        let mut bare = sample::record();
        (bare.groups, bare.findings, bare.checks) = (Vec::new(), Vec::new(), Vec::new());
        bare.reference = crate::model::Bibliography::default();
        bare.error = Some("not JSON".into());
        for record in [full, bare] {
            hold(&serde_json::to_value(&record).unwrap(), &schema, &schema, "record");
        }
    }
}
