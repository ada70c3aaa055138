//! `completions` and `man`: what a package installs beside the binary.

use std::io::Write;

use super::args::CompletionsArgs;
use super::failure::Failure;
use super::{DONE, command};

/// Prints the completions of a shell.
pub(crate) fn run(args: &CompletionsArgs, stdout: &mut (dyn Write + Send)) -> Result<u8, Failure> {
    // clap_complete panics where it cannot write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "framescope", &mut script);
    write(stdout, &script)
}

/// Prints the manual page: the program's, then every command's, one roff document.
pub(crate) fn man(stdout: &mut (dyn Write + Send)) -> Result<u8, Failure> {
    let mut page = Vec::new();
    let mut whole = command();
    whole.build();
    let mut render = |command: &clap::Command| clap_mangen::Man::new(command.clone()).render(&mut page);
    render(&whole).map_err(Failure::from_stdout)?;
    for inner in whole.get_subcommands().filter(|c| c.get_name() != "help") {
        render(inner).map_err(Failure::from_stdout)?;
        for innermost in inner.get_subcommands().filter(|c| c.get_name() != "help") {
            render(innermost).map_err(Failure::from_stdout)?;
        }
    }
    write(stdout, &page)
}

fn write(stdout: &mut (dyn Write + Send), bytes: &[u8]) -> Result<u8, Failure> {
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(Failure::from_stdout)?;
    Ok(DONE)
}
