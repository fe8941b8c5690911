//! Tables as rows of typed cells.
//!
//! A table is one struct ([`row!`]): its fields are the columns, in their order, and their types say what a cell holds.
//! CSV, XLSX, Parquet and Arrow are written from the same struct, so that they cannot differ.

use std::borrow::Cow;

use serde::Serialize;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Words, never empty ones.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
}

/// What the cells of a column hold, where they are not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// [`Cell::Text`].
    Text,
    /// [`Cell::Number`].
    Number,
    /// [`Cell::Whole`].
    Whole,
    /// [`Cell::Flag`].
    Flag,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
}

/// A row of a table: what [`row!`] makes of a struct.
pub trait Row<'a> {
    /// The columns.
    const COLUMNS: &'static [Column];

    /// A cell for each column.
    fn cells(self) -> Vec<Cell<'a>>;
}

/// The type of a column.
pub trait Value<'a> {
    /// What its cells hold.
    const KIND: Kind;

    /// Its cell.
    fn cell(self) -> Cell<'a>;
}

/// Defines a struct and makes it a [`Row`]; `field as "name": type` gives a column a name that no field can have.
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident<$life:lifetime> { $($field:ident $(as $name_:literal)?: $type:ty),* $(,)? }) => {
        $(#[$meta])*
        $vis struct $name<$life> {
            $(pub $field: $type,)*
        }

        impl<$life> $crate::write::rows::Row<$life> for $name<$life> {
            const COLUMNS: &'static [$crate::write::rows::Column] = &[$($crate::write::rows::Column {
                name: $crate::write::rows::name!($field $($name_)?),
                kind: <$type as $crate::write::rows::Value<$life>>::KIND,
            },)*];

            fn cells(self) -> Vec<$crate::write::rows::Cell<$life>> {
                vec![$($crate::write::rows::Value::cell(self.$field),)*]
            }
        }
    };
}
pub(crate) use row;

/// Name of a column: that of its field, or the one it is given by `as`.
macro_rules! name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}
pub(crate) use name;

impl<'a> Value<'a> for Cow<'a, str> {
    const KIND: Kind = Kind::Text;

    fn cell(self) -> Cell<'a> {
        if self.is_empty() { Cell::Empty } else { Cell::Text(self) }
    }
}

impl<'a> Value<'a> for &'a str {
    const KIND: Kind = Kind::Text;

    fn cell(self) -> Cell<'a> {
        Cow::Borrowed(self).cell()
    }
}

impl<'a> Value<'a> for String {
    const KIND: Kind = Kind::Text;

    fn cell(self) -> Cell<'a> {
        Cow::<str>::Owned(self).cell()
    }
}

impl<'a> Value<'a> for f64 {
    const KIND: Kind = Kind::Number;

    fn cell(self) -> Cell<'a> {
        Cell::Number(self)
    }
}

impl<'a> Value<'a> for i64 {
    const KIND: Kind = Kind::Whole;

    fn cell(self) -> Cell<'a> {
        Cell::Whole(self)
    }
}

impl<'a> Value<'a> for bool {
    const KIND: Kind = Kind::Flag;

    fn cell(self) -> Cell<'a> {
        Cell::Flag(self)
    }
}

impl<'a, V: Value<'a>> Value<'a> for Option<V> {
    const KIND: Kind = V::KIND;

    fn cell(self) -> Cell<'a> {
        self.map_or(Cell::Empty, V::cell)
    }
}

/// The name under which a record writes a choice ("`single_arm`").
pub fn code(choice: impl Serialize) -> &'static str {
    serde_variant::to_variant_name(&choice).expect("a choice is a variant without fields")
}
