//! Arguments to exit code, nothing else.

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use framescope::cli::{Streams, run};

fn main() -> ExitCode {
    let (mut stdout, mut stderr) = (io::stdout(), io::stderr());
    let (stdout_is_terminal, stderr_is_terminal) = (stdout.is_terminal(), stderr.is_terminal());
    let streams = Streams { stdout: &mut stdout, stdout_is_terminal, stderr: &mut stderr, stderr_is_terminal };
    ExitCode::from(run(std::env::args_os(), streams))
}
