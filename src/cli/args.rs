//! What can be typed. No meaning is given to it here: that is [`super::config`].

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::check::methods::ProportionMethod;
use crate::read;
use crate::write::Family;

macro_rules! with_exit_codes {
    ($examples:literal) => {
        concat!(
            $examples,
            "\n\n",
            "Exit codes:\n",
            "  0  done, also when some records were reported as unusable\n",
            "  1  the condition asked for is met (--fail-on, --strict, rules check)\n",
            "  2  wrong usage, or rules that do not load\n",
            "  3  an input could not be read (the others still are)\n",
            "  4  the output could not be written\n",
            "A pipe closed by its reader is no error."
        )
    };
}

const EXAMPLES: &str = with_exit_codes!(
    "\
Examples:
  trialtab extract export.ris                   the evidence table, in the terminal
  trialtab extract export.ris -o table.csv      for a spreadsheet
  trialtab extract export.ris -o review.html    the review page, for a browser
  trialtab explain export.ris | less            which rule found what, and where
  trialtab rules check my-rules/                run the examples of your own rules"
);

const EXTRACT_EXAMPLES: &str = with_exit_codes!(
    "\
Examples:
  trialtab extract export.ris
  trialtab extract medline.ris embase.ris -o findings.csv --dedupe
  trialtab extract exports/ --diagnostics problems.jsonl -o findings.csv
  trialtab extract export.ris -o evidence.xlsx --manifest run.json
  trialtab extract export.ris --format metafor -o pooled/
  trialtab extract export.ris --format jsonl | jq '.checks[] | select(.verdict == \"inconsistent\")'
  zcat dump.jsonl.gz | trialtab extract - --from jsonl --format jsonl > records.jsonl
  trialtab extract export.ris --quiet --fail-on inconsistent

In the table, the last column shows the gravest check of a row:
  ✓ consistent   ? suspicious   ✗ inconsistent   (empty: nothing to recompute)"
);

const CHECK_EXAMPLES: &str = with_exit_codes!(
    "\
Examples:
  trialtab check export.ris                     discrepancies, in the terminal
  trialtab check export.ris -o queries.csv      one row each, with the INSPECT-SR item
  trialtab check export.ris --quiet --fail-on inconsistent

References with something inconsistent come first, those with something suspicious alone after them."
);

const FILTER_EXAMPLES: &str = "\
A line is an object like {\"id\": \"a1\", \"title\": \"…\", \"abstract\": \"…\"}. Each, also a blank or broken one, is answered by
one record with the id as it came; where nothing could be made of a line, the record has the field `error`. The last
line of standard error counts both.

Examples:
  trialtab filter < abstracts.jsonl > records.jsonl
  parallel --pipe -k trialtab filter --threads 1 < abstracts.jsonl > records.jsonl

Exit codes:
  0  every line was answered
  2  wrong usage, or rules that do not load
  3  the input broke off, or was cut within its last line; what came was answered
  4  the output could not be written, also where its reader went away";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  trialtab explain export.ris --id doi:10.5555/example.1
  trialtab explain export.ris --rules my-rules/ | less";

/// Turns exported references into a checked evidence table.
///
/// Reads each abstract, finds every reported trial metric, says which group, time and grade it belongs to, recomputes
/// it, and points at the words each number came from.
#[derive(Debug, Parser)]
#[command(name = "trialtab", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the evidence table of exported references
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(ExtractArgs),
    /// Write only what disagrees: gravest first, with its sentence and the arithmetic
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Draw a forest plot of one outcome, as SVG
    Plot(PlotArgs),
    /// Compare the decisions of two reviewers: Cohen's kappa, and where they differ
    Agree(AgreeArgs),
    /// Answer each JSON line of standard input with one of standard output, in order, for Spark, Ray and the like
    #[command(after_help = FILTER_EXAMPLES)]
    Filter(FilterArgs),
    /// Show each sentence with what was found in it, and the rules behind each finding
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// Check, list or show extraction rules
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Write the paragraphs of a review on a run: items 8 and 9 of PRISMA 2020
    Methods {
        /// The manifest, as `extract --manifest` wrote it
        #[arg(value_name = "MANIFEST")]
        manifest: PathBuf,
    },
    /// Print the JSON Schema (2020-12) of a record
    Schema,
    /// Print the completion script of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, ClapArgs)]
pub struct FilterArgs {
    /// Layer the rules of a folder over the built-in ones
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// Threads to work with [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

#[derive(Debug, ClapArgs)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct ExtractArgs {
    /// Exported references: files, folders, patterns; `-` is standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Format of the inputs, where name and content do not tell
    #[arg(long, value_name = "FORMAT", value_parser = input_format())]
    pub from: Option<read::Format>,
    /// Format of the output [default: by the extension of FILE, else table]
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub format: Option<OutputFormat>,
    /// Shape of a CSV: a row for each finding, or one for each study and group [default: tidy]
    #[arg(long, value_enum)]
    pub layout: Option<Layout>,
    /// Give metafor and `RevMan` also the numbers that a check found inconsistent
    #[arg(long)]
    pub include_inconsistent: bool,
    /// Begin a CSV with a byte order mark, by which Excel knows that it is UTF-8
    #[arg(long)]
    pub bom: bool,
    /// Write to FILE (.jsonl, .csv, .xlsx, .parquet, .arrow, .ris, .html, .txt), or for metafor to a folder; whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write which program, rules and inputs (with SHA-256) the output came from, and the counts, to FILE as JSON
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// Apply a reviewer's decisions, exported from the review page; may be given again: where two differ, the later holds
    #[arg(long, value_name = "FILE")]
    pub decisions: Vec<PathBuf>,
    /// Layer the rules of a folder over the built-in ones
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// Threads to work with [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Width of the table in columns [default: the terminal's, else 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(i64::from(super::config::NARROWEST)..))]
    pub width: Option<u16>,
    /// Keep the checks that could not be made, with what stopped them
    #[arg(long = "explain")]
    pub explain_checks: bool,
    /// Exit with 1 if any check came to this verdict or a graver one
    #[arg(long, value_name = "VERDICT", value_enum)]
    pub fail_on: Option<FailOn>,
    /// Say in each record which earlier one it repeats (`duplicate_of`) or shares its trial with (`same_trial_as`)
    #[arg(long)]
    pub link: bool,
    /// Leave records that repeat an earlier one out of tables (JSON lines keep and link them)
    #[arg(long)]
    pub dedupe: bool,
    /// Exit with 1 if any input record was skipped or drew a warning
    #[arg(long)]
    pub strict: bool,
    /// Write what was wrong with the inputs, and how many records each had, to FILE as JSON lines
    #[arg(long, value_name = "FILE")]
    pub diagnostics: Option<PathBuf>,
    /// Say nothing on standard error but errors
    #[arg(short, long)]
    pub quiet: bool,
    /// Report notes too, and every diagnostic however many there are
    #[arg(short, long, conflicts_with = "quiet")]
    pub verbose: bool,
}

#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// Exported references; `-` is standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Format of the inputs, where name and content do not tell
    #[arg(long, value_name = "FORMAT", value_parser = input_format())]
    pub from: Option<read::Format>,
    /// Format of the output [default: by the extension of FILE, else text]
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub format: Option<CheckFormat>,
    /// Write to FILE (.jsonl, .csv, .txt), whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Apply a reviewer's decisions first; may be given again
    #[arg(long, value_name = "FILE")]
    pub decisions: Vec<PathBuf>,
    /// Layer the rules of a folder over the built-in ones
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// Threads to work with [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Width of the text in columns [default: the terminal's, else 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    pub width: Option<u16>,
    /// Exit with 1 if any check came to this verdict or a graver one
    #[arg(long, value_name = "VERDICT", value_enum)]
    pub fail_on: Option<FailOn>,
    /// Say nothing on standard error but errors
    #[arg(short, long)]
    pub quiet: bool,
    /// Report notes too, and every diagnostic however many there are
    #[arg(short, long, conflicts_with = "quiet")]
    pub verbose: bool,
}

#[derive(Debug, ClapArgs)]
pub struct PlotArgs {
    /// Exported references; `-` is standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Id of the outcome (`trialtab rules list` names them)
    #[arg(long, value_name = "ID")]
    pub outcome: String,
    /// What is drawn of it [default: what most results are]
    #[arg(long, value_name = "MEASURE", value_parser = family())]
    pub measure: Option<Family>,
    /// How the interval of x of n is computed [default: wilson]
    #[arg(long, value_name = "METHOD", value_parser = method())]
    pub method: Option<ProportionMethod>,
    /// Write to FILE, whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Format of the inputs, where name and content do not tell
    #[arg(long, value_name = "FORMAT", value_parser = input_format())]
    pub from: Option<read::Format>,
    /// Apply a reviewer's decisions first; may be given again
    #[arg(long, value_name = "FILE")]
    pub decisions: Vec<PathBuf>,
    /// Layer the rules of a folder over the built-in ones
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// Leave out records that repeat an earlier one
    #[arg(long)]
    pub dedupe: bool,
    /// Say nothing on standard error but errors
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, ClapArgs)]
pub struct AgreeArgs {
    /// Decisions of one reviewer
    #[arg(value_name = "A")]
    pub first: PathBuf,
    /// Decisions of the other
    #[arg(value_name = "B")]
    pub second: PathBuf,
    /// Format of the output
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub format: AgreeFormat,
}

#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// Exported references; `-` is standard input
    #[arg(value_name = "INPUT")]
    pub input: PathBuf,
    /// Explain only the reference with this id
    #[arg(long)]
    pub id: Option<String>,
    /// Format of the input, where name and content do not tell
    #[arg(long, value_name = "FORMAT", value_parser = input_format())]
    pub from: Option<read::Format>,
    /// Layer the rules of a folder over the built-in ones
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// Width of the page in columns [default: the terminal's, else 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(i64::from(super::config::NARROWEST)..))]
    pub width: Option<u16>,
}

#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Load a rule pack and run its examples; exit with 1 if any fails
    Check {
        /// Folder of rules, layered over the built-in ones [default: the built-in ones alone]
        dir: Option<PathBuf>,
    },
    /// List the rules
    List {
        /// Layer the rules of a folder over the built-in ones
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
    },
    /// Show one rule with its examples
    Show {
        /// Id of the rule
        id: String,
        /// Layer the rules of a folder over the built-in ones
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For reading in a terminal
    Table,
    /// The whole record, one JSON object a line
    Jsonl,
    /// One row a finding, or with --layout wide one a study and group
    Csv,
    /// The review page, one file for a browser
    Html,
    /// A folder of data for R's metafor: proportions, two groups, continuous, ratios, survival
    Metafor,
    /// Data rows for `RevMan` Web
    Revman,
    /// The references as they were read, with metrics and discrepancies as notes (N1)
    Ris,
    /// A workbook: evidence, findings, checks, references
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// One row a finding, typed, for data frames and `DuckDB`
    #[cfg(feature = "parquet")]
    Parquet,
    /// One row a finding, typed, as an Arrow IPC (Feather) file
    #[cfg(feature = "parquet")]
    Arrow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Layout {
    /// One row a finding
    Tidy,
    /// One row a study and group, columns for each outcome
    Wide,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For reading in a terminal
    Text,
    /// One JSON object a discrepancy
    Jsonl,
    /// One row a discrepancy
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AgreeFormat {
    /// For reading in a terminal
    Text,
    /// One JSON object a disagreement
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Suspicious or inconsistent
    Suspicious,
    /// Inconsistent
    Inconsistent,
}

fn family() -> impl TypedValueParser<Value = Family> {
    let find = |name: String| Family::ALL.into_iter().find(|family| family.name() == name).ok_or("no such measure");
    PossibleValuesParser::new(Family::ALL.map(Family::name)).try_map(find)
}

fn method() -> impl TypedValueParser<Value = ProportionMethod> {
    let find =
        |name: String| ProportionMethod::ALL.into_iter().find(|method| method.name() == name).ok_or("no such method");
    PossibleValuesParser::new(ProportionMethod::ALL.map(ProportionMethod::name)).try_map(find)
}

fn input_format() -> impl TypedValueParser<Value = read::Format> {
    PossibleValuesParser::new(read::Format::ALL.map(read::Format::name)).try_map(|name| name.parse())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds() {
        super::Args::command().debug_assert();
    }
}
