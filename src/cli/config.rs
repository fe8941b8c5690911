//! What was meant: every default filled in, every choice made, nothing read or written yet.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use clap::CommandFactory;
use clap::error::ErrorKind;

use crate::read;
use crate::write::{Chosen, Format, Page, Report, USUAL_METHOD, Whole};

use super::args::{
    AgreeArgs, AgreeFormat, Args, CheckArgs, CheckFormat, ExplainArgs, ExtractArgs, FailOn, FilterArgs, Layout,
    OutputFormat, PlotArgs,
};
use super::exit::Failure;

const WIDTH_WITHOUT_TERMINAL: u16 = 100;

/// Columns below which a table cannot be read.
pub const NARROWEST: u16 = 40;

/// What the run is attached to.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Columns of standard output, where it is a terminal.
    pub width: Option<u16>,
    /// Whether standard output takes colour (a terminal, and no `NO_COLOR`).
    pub colour: bool,
    /// Whether standard error is a terminal.
    pub watched: bool,
}

impl Terminal {
    /// Of this process.
    pub fn detect() -> Self {
        Self {
            width: comfy_table::Table::new().width().map(width_told),
            colour: AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            watched: io::stderr().is_terminal(),
        }
    }
}

/// A terminal that does not know its size says 0; one too narrow for a table gets lines that it breaks itself.
fn width_told(columns: u16) -> u16 {
    if columns == 0 { WIDTH_WITHOUT_TERMINAL } else { columns.max(NARROWEST) }
}

/// How much is said on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chatter {
    /// Errors alone.
    Quiet,
    /// Warnings too, up to a number, and a closing line.
    Normal,
    /// Notes too, and all of them.
    Verbose,
}

/// A run of `trialtab extract`.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Extraction {
    pub inputs: Vec<PathBuf>,
    pub read: read::Options,
    pub rules: Option<PathBuf>,
    /// Files of decisions, in the order in which they hold.
    pub decisions: Vec<PathBuf>,
    pub format: Format,
    /// None is standard output.
    pub output: Option<PathBuf>,
    /// None is one a core.
    pub threads: Option<usize>,
    pub explain_checks: bool,
    pub fail_on: Option<FailOn>,
    pub strict: bool,
    pub link: bool,
    pub dedupe: bool,
    /// Where diagnostics are written to.
    pub diagnostics: Option<PathBuf>,
    /// Where the manifest is written to.
    pub manifest: Option<PathBuf>,
    /// The command line, word by word.
    pub command: Vec<String>,
    pub chatter: Chatter,
    pub progress: bool,
}

/// A run of `trialtab filter`.
#[derive(Debug)]
pub struct Filtering {
    pub rules: Option<PathBuf>,
    /// None is one a core.
    pub threads: Option<usize>,
}

/// A run of `trialtab explain`.
#[derive(Debug)]
pub struct Explaining {
    pub input: PathBuf,
    pub id: Option<String>,
    pub read: read::Options,
    pub rules: Option<PathBuf>,
    pub page: Page,
}

/// A run of `trialtab agree`.
#[derive(Debug)]
pub struct Agreeing {
    /// Two files of decisions.
    pub files: Vec<PathBuf>,
    /// None for lines of JSON.
    pub page: Option<Page>,
}

/// What `trialtab agree` was asked to do.
pub fn agreement(args: AgreeArgs, terminal: Terminal) -> Agreeing {
    Agreeing {
        files: vec![args.first, args.second],
        page: (args.format == AgreeFormat::Text).then(|| page(None, terminal)),
    }
}

/// What `trialtab extract` was asked to do.
pub fn extraction(args: ExtractArgs, terminal: Terminal) -> Result<Extraction, Failure> {
    let page = Page { colour: terminal.colour && args.output.is_none(), ..page(args.width, terminal) };
    let format = format(&args, page)?;
    let chatter = chatter(args.quiet, args.verbose);
    // A bar beside a table that scrolls through the same terminal would tear it.
    let scrolls = terminal.width.is_some() && args.output.is_none();
    Ok(Extraction {
        inputs: args.inputs,
        read: read::Options { from: args.from },
        rules: args.rules,
        decisions: args.decisions,
        format,
        output: args.output,
        threads: args.threads.map(usize::from),
        explain_checks: args.explain_checks,
        fail_on: args.fail_on,
        strict: args.strict,
        link: args.link || args.dedupe,
        dedupe: args.dedupe,
        diagnostics: args.diagnostics,
        manifest: args.manifest,
        command: Vec::new(),
        chatter,
        progress: terminal.watched && chatter != Chatter::Quiet && !scrolls,
    })
}

/// What `trialtab filter` was asked to do.
pub fn filtering(args: FilterArgs) -> Filtering {
    Filtering { rules: args.rules, threads: args.threads.map(usize::from) }
}

/// What `trialtab check` was asked to do: an extraction that writes only what disagrees.
pub fn checking(args: CheckArgs, terminal: Terminal) -> Result<Extraction, Failure> {
    let page = Page { colour: terminal.colour && args.output.is_none(), ..page(args.width, terminal) };
    let format = match (args.format, args.output.as_deref()) {
        (Some(format), _) => format,
        (None, None) => CheckFormat::Text,
        (None, Some(path)) => match by_extension(path)? {
            OutputFormat::Table => CheckFormat::Text,
            OutputFormat::Jsonl => CheckFormat::Jsonl,
            OutputFormat::Csv => CheckFormat::Csv,
            _ => return Err(usage("discrepancies are written as .jsonl, .csv or .txt".to_owned())),
        },
    };
    let report = match format {
        CheckFormat::Text => Report::Text(page),
        CheckFormat::Jsonl => Report::Jsonl,
        CheckFormat::Csv => Report::Csv,
    };
    let chatter = chatter(args.quiet, args.verbose);
    let scrolls = terminal.width.is_some() && args.output.is_none();
    Ok(Extraction {
        inputs: args.inputs,
        read: read::Options { from: args.from },
        rules: args.rules,
        decisions: args.decisions,
        format: Format::Discrepancies(report),
        output: args.output,
        threads: args.threads.map(usize::from),
        explain_checks: false,
        fail_on: args.fail_on,
        strict: false,
        link: false,
        dedupe: false,
        diagnostics: None,
        manifest: None,
        command: Vec::new(),
        chatter,
        progress: terminal.watched && chatter != Chatter::Quiet && !scrolls,
    })
}

/// What `trialtab plot` was asked to do: an extraction that draws one outcome.
pub fn plotting(args: PlotArgs, terminal: Terminal) -> Extraction {
    let chatter = chatter(args.quiet, false);
    let chosen = Chosen { outcome: args.outcome, family: args.measure, method: args.method.unwrap_or(USUAL_METHOD) };
    Extraction {
        inputs: args.inputs,
        read: read::Options { from: args.from },
        rules: args.rules,
        decisions: args.decisions,
        format: Format::Whole(Whole::Forest(chosen)),
        threads: None,
        explain_checks: false,
        fail_on: None,
        strict: false,
        link: args.dedupe,
        dedupe: args.dedupe,
        diagnostics: None,
        manifest: None,
        command: Vec::new(),
        chatter,
        progress: terminal.watched && chatter != Chatter::Quiet && args.output.is_some(),
        output: args.output,
    }
}

fn chatter(quiet: bool, verbose: bool) -> Chatter {
    match (quiet, verbose) {
        (true, _) => Chatter::Quiet,
        (false, true) => Chatter::Verbose,
        (false, false) => Chatter::Normal,
    }
}

/// What `trialtab explain` was asked to do.
pub fn explanation(args: ExplainArgs, terminal: Terminal) -> Explaining {
    Explaining {
        input: args.input,
        id: args.id,
        read: read::Options { from: args.from },
        rules: args.rules,
        page: page(args.width, terminal),
    }
}

fn page(width: Option<u16>, terminal: Terminal) -> Page {
    let width = width.or(terminal.width).unwrap_or(WIDTH_WITHOUT_TERMINAL);
    Page { width: usize::from(width), colour: terminal.colour }
}

/// The command line as typed, the program by its bare name.
pub fn command(line: &[OsString]) -> Vec<String> {
    let typed = line.iter().skip(1).map(|word| word.to_string_lossy().into_owned());
    std::iter::once("trialtab".to_owned()).chain(typed).collect()
}

fn format(args: &ExtractArgs, page: Page) -> Result<Format, Failure> {
    let format = match (args.format, args.output.as_deref()) {
        (Some(format), _) => format,
        (None, None) if args.layout.is_some() || args.bom => OutputFormat::Csv,
        (None, None) => OutputFormat::Table,
        (None, Some(path)) => by_extension(path)?,
    };
    if (args.layout.is_some() || args.bom) && format != OutputFormat::Csv {
        return Err(usage("--layout and --bom are for CSV".to_owned()));
    }
    if args.include_inconsistent && !matches!(format, OutputFormat::Metafor | OutputFormat::Revman) {
        return Err(usage("--include-inconsistent is for --format metafor and --format revman".to_owned()));
    }
    let format = match format {
        OutputFormat::Table => Format::Table(page),
        OutputFormat::Jsonl => Format::Jsonl,
        OutputFormat::Csv if args.layout == Some(Layout::Wide) => Format::Whole(Whole::Wide { bom: args.bom }),
        OutputFormat::Csv => Format::Csv { bom: args.bom },
        OutputFormat::Ris => Format::Ris,
        OutputFormat::Metafor => Format::Whole(Whole::Metafor { include_inconsistent: args.include_inconsistent }),
        OutputFormat::Revman => Format::Whole(Whole::Revman { include_inconsistent: args.include_inconsistent }),
        #[cfg(feature = "xlsx")]
        OutputFormat::Xlsx => Format::Whole(Whole::Xlsx),
        #[cfg(feature = "parquet")]
        OutputFormat::Parquet => Format::Whole(Whole::Parquet),
        #[cfg(feature = "parquet")]
        OutputFormat::Arrow => Format::Whole(Whole::Arrow),
        OutputFormat::Html => Format::Whole(Whole::Html),
    };
    match format {
        Format::Whole(whole) if args.output.is_none() && whole.is_binary() => {
            let place = if whole.files().is_empty() { "FILE" } else { "FOLDER" };
            Err(usage(format!("this format is not for the terminal: give -o {place}")))
        }
        format => Ok(format),
    }
}

fn by_extension(path: &Path) -> Result<OutputFormat, Failure> {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match extension.as_str() {
        "jsonl" | "ndjson" => Ok(OutputFormat::Jsonl),
        "csv" => Ok(OutputFormat::Csv),
        "ris" => Ok(OutputFormat::Ris),
        #[cfg(feature = "xlsx")]
        "xlsx" => Ok(OutputFormat::Xlsx),
        #[cfg(feature = "parquet")]
        "parquet" => Ok(OutputFormat::Parquet),
        #[cfg(feature = "parquet")]
        "arrow" | "feather" => Ok(OutputFormat::Arrow),
        "txt" => Ok(OutputFormat::Table),
        "html" | "htm" => Ok(OutputFormat::Html),
        _ => Err(usage(format!(
            "the name of {} does not tell its format: end it in .jsonl, .csv, .xlsx, .parquet, .arrow, .ris, .html or .txt, or give --format",
            path.display()
        ))),
    }
}

/// A command line of `trialtab extract` that makes no sense.
pub fn usage(message: String) -> Failure {
    let mut command = Args::command();
    command.build();
    let extract = command.find_subcommand_mut("extract").expect("extract is a command");
    Failure::Usage(extract.error(ErrorKind::ValueValidation, message))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::args::Command;
    use super::*;

    const PIPE: Terminal = Terminal { width: None, colour: false, watched: false };
    const SCREEN: Terminal = Terminal { width: Some(132), colour: true, watched: true };

    fn typed(line: &str, terminal: Terminal) -> Result<Extraction, Failure> {
        let words = ["trialtab", "extract"].into_iter().chain(line.split(' '));
        let Command::Extract(args) = Args::try_parse_from(words).map_err(Failure::Usage)?.command else {
            unreachable!("extract was typed")
        };
        extraction(args, terminal)
    }

    #[test]
    fn the_extension_tells_the_format_and_the_flag_overrules_it() {
        let format = |line| typed(line, PIPE).map(|run| run.format);
        let table = Format::Table(Page { width: 100, colour: false });
        assert_eq!(format("a.ris").unwrap(), table);
        assert_eq!(format("a.ris -o b.CSV").unwrap(), Format::Csv { bom: false });
        assert_eq!(format("a.ris -o b.jsonl").unwrap(), Format::Jsonl);
        assert_eq!(format("a.ris -o b.txt").unwrap(), table);
        assert_eq!(format("a.ris -o b.out --format csv --bom").unwrap(), Format::Csv { bom: true });
        assert_eq!(format("a.ris --layout wide").unwrap(), Format::Whole(Whole::Wide { bom: false }));
        assert!(matches!(format("a.ris -o b.jsonl --bom"), Err(Failure::Usage(_))));
        assert!(matches!(format("a.ris -o b.out"), Err(Failure::Usage(_))));
    }

    #[test]
    fn colour_and_width_are_those_of_the_terminal_and_a_file_has_neither() {
        assert_eq!(typed("a.ris", SCREEN).unwrap().format, Format::Table(Page { width: 132, colour: true }));
        assert_eq!(typed("a.ris --width 80", SCREEN).unwrap().format, Format::Table(Page { width: 80, colour: true }));
        let file = typed("a.ris -o b.txt", SCREEN).unwrap();
        assert!(matches!(file.format, Format::Table(Page { colour: false, .. })));
    }

    #[test]
    fn a_terminal_without_a_size_is_no_narrow_one() {
        assert_eq!([0, 12, 40, 132].map(width_told), [100, 40, 40, 132]);
    }

    #[test]
    fn a_bar_is_shown_only_where_it_tears_nothing() {
        assert!(!typed("a.ris", SCREEN).unwrap().progress);
        assert!(typed("a.ris -o b.csv", SCREEN).unwrap().progress);
        assert!(!typed("a.ris -o b.csv --quiet", SCREEN).unwrap().progress);
        assert!(!typed("a.ris -o b.csv", PIPE).unwrap().progress);
    }
}
