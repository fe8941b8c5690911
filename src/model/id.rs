//! Ids of the things a record holds: `g1`, `f1`, numbered in order of appearance.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The id of the thing at `index` (from 0) of its list.
            pub fn of(index: usize) -> Self {
                Self(index as u32 + 1)
            }

            /// The place (from 0) of the thing in its list.
            pub fn index(self) -> usize {
                self.0 as usize - 1
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{}"), self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "pattern": concat!("^", $letter, "[1-9][0-9]*$")})
            }
        }
    };
}

id!(
    /// Id of a [`Group`](super::Group): `g1`, `g2`, …
    GroupId,
    "g"
);
id!(
    /// Id of a [`Finding`](super::Finding): `f1`, `f2`, …
    FindingId,
    "f"
);
