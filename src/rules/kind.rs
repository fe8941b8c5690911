//! The alphabet of masked sentences: one capital letter (or digit) for each kind of mention.

use serde::Deserialize;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident $symbol:literal $name:literal),+ $(,)?) => {
        /// What a mention is. In a masked sentence each stands as one capital letter or digit; everything else
        /// is lower case.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $($(#[$doc])* $variant),+
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Kind] = &[$(Kind::$variant),+];

            /// Its letter in masked sentences.
            pub const fn symbol(self) -> u8 {
                match self {
                    $(Kind::$variant => $symbol),+
                }
            }

            /// Its name in rules and explanations.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Kind::$variant => $name),+
                }
            }
        }
    };
}

kinds! {
    /// A whole number in digits.
    Int b'I' "int",
    /// A decimal number.
    Dec b'D' "dec",
    /// A whole number that may be a year (1900 to 2099).
    Year b'9' "year",
    /// A number in words.
    Word b'W' "word",
    /// A percentage.
    Percent b'P' "percent",
    /// x of n.
    Fraction b'F' "fraction",
    /// A confidence or credible interval.
    Ci b'V' "ci",
    /// A range or interquartile range.
    Range b'Q' "range",
    /// Two limits that do not say what they are.
    Bare b'J' "bare",
    /// A p value.
    P b'X' "p",
    /// A standard deviation or error.
    Spread b'Z' "spread",
    /// "n = 43".
    Size b'K' "size",
    /// The size of a group, taken out of the numbers that may be findings.
    Counted b'1' "counted",
    /// The name of a ratio.
    Ratio b'H' "ratio",
    /// A length of time as a value ("14.4 months").
    Duration b'L' "duration",
    /// A time point ("at 24 months", "1-year").
    Time b'T' "time",
    /// A grade of toxicity.
    Grade b'G' "grade",
    /// "not reached".
    Unreached b'N' "unreached",
    /// "no", "none of the".
    None b'E' "none",
    /// "respectively".
    Respectively b'R' "respectively",
    /// "versus", "compared with".
    Versus b'C' "versus",
    /// A word for people who are counted.
    People b'S' "people",
    /// A known outcome.
    Outcome b'O' "outcome",
    /// An arm of this study.
    Arm b'A' "arm",
    /// A noun phrase that may be an outcome of no known name.
    Noun b'U' "noun",
    /// A number with its unit ("1.6 points", "72 kg").
    Amount b'M' "amount",
    /// A reported number with everything in its brackets.
    Bundle b'B' "bundle",
    /// Numbers that are no findings: doses, dates, identifiers.
    Junk b'Y' "junk",
}
