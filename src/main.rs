//! The `booklet` program: hands over to [`booklet::cli`] and exits with its code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(booklet::cli::run())
}
