//! The command line: everything is in [`trialtab::cli`], here its end becomes the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    trialtab::cli::run(std::env::args_os()).into()
}
