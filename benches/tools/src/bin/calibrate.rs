//! Writes docs/calibration.md: how often the tests reject and the intervals cover, by simulation.
//!
//! `cargo run --release -p framescope-bench --features reference --bin calibrate > docs/calibration.md`
//!
//! Exit status 1 where a cell does not keep what is promised; it is named on standard error.

use std::process::ExitCode;

use clap::Parser;
use framescope_bench::calibration::{Effort, Table, events, lengths, models, rates, seasons, shares, strata, trends};

/// How often the tests reject and the intervals cover, by simulation
#[derive(Parser)]
struct Args {
    /// Corpora drawn for every cell
    #[arg(long, default_value_t = 2_000)]
    corpora: u64,
    /// Permutations a test, where not all arrangements are gone through
    #[arg(long, default_value_t = 999)]
    draws: u64,
    /// One table alone, to be put into the page by hand
    #[arg(long, value_parser = TABLES.map(|(name, _)| name))]
    only: Option<String>,
}

type Simulation = fn(Effort) -> Table;

/// A table by its name.
const TABLES: [(&str, Simulation); 8] = [
    ("rates", rates),
    ("events", events),
    ("models", models),
    ("shares", shares),
    ("lengths", lengths),
    ("trends", trends),
    ("strata", strata),
    ("seasons", seasons),
];

fn main() -> ExitCode {
    let args = Args::parse();
    let effort = Effort { corpora: args.corpora, draws: args.draws };
    if let Some((_, table)) = TABLES.iter().find(|(name, _)| args.only.as_deref() == Some(name)) {
        let table = table(effort);
        print!("{table}");
        return told(&[table]);
    }
    // A table a thread: the work of one does not wait for that of another.
    let tables: Vec<Table> = std::thread::scope(|scope| {
        let running: Vec<_> = TABLES.iter().map(|(_, table)| scope.spawn(|| table(effort))).collect();
        running.into_iter().map(|thread| thread.join().expect("a simulation does not panic")).collect()
    });
    let [rates, events, models, shares, lengths, trends, strata, seasons] = &tables[..] else {
        unreachable!("as many as were asked for")
    };
    println!(
        "# Calibration

Whether the tests of `framescope compare` reject as often as they say, and its intervals cover as often as they say: by
simulation, with fixed seeds. Every row is {} corpora with the same properties and without a difference between
the outlets (true ratio 1), or with a known one; every test has {} permutations, or all arrangements where these are at
most 20,000. Lengths are log-normal (σ = ½), hits negative-binomial with dispersion α (0: Poisson). Written by `make calibration`,
which fails where a row does not keep what is promised:

- rejected, nominal 5 %: 3 to 7 % where each outlet expects 5 hits or more (at most 5 % and what chance adds where all
  arrangements are gone through, for few arrangements have no set of exactly 5 %);
- covered, nominal 95 %: at least 93 % there, from 10 articles or events a side;
- where an outlet expects fewer than 5 hits at the rate of both, `compare` says \"too few hits\" and gives no p: \"corpora
  tested\" is the part of the corpora in which it gave one.

With {} corpora a row, chance alone moves 5 % by {:.1} points up or down in one row of twenty.

## Rates, articles as units

The right-hand columns are the rejections of what a reader would run elsewhere, on all corpora: χ² of words in a two-by-two
table (what keyness tools do), Poisson regression with words as exposure, quasi-Poisson, Welch's t test of the articles' rates.

{rates}
## Rates, events as units

Both outlets report the same events, and an event moves both (gamma, variance 1); outlets have 400 and 700 median words. The
column \"by t\" is the interval of the t distribution with Welch and Satterthwaite's degrees of freedom; `compare` gives the
interval that agrees with the permutation test (\"covered\").

{events}
## Rates inside genres

What `compare --within genre` does: opinion has three times the hits of news, and the outlets are mixed of both alike, or
one has two parts in ten of opinion and the other seven. Both genres have the same true ratio. Without `--within` the mix is
taken for a difference (right-hand column).

{strata}
## Regressions, events as clusters

What `compare --model quasipoisson` gives beside the test above where events are the units: plain quasi-Poisson takes
articles to be independent; CR1 is the cluster-robust error of statsmodels and Stata, CR2 that of Bell and McCaffrey with
Satterthwaite's degrees of freedom, which `compare` gives below 30 clusters with the wild cluster bootstrap (Webb's weights
below 12 clusters). Rate 3 per 1,000; events and articles as above. These rows promise nothing and are here to be compared.

{models}
## Shares of names

Authors like one name and repeat it, three mentions in four.

{shares}
## Does the rate depend on length? (warning W08)

Without any dependence, the warning should fire in at most 5 %.

{lengths}
## Trends by week

Each outlet's mood of a week (log-normal, σ = 0.4, half of its variance common to both) may last into the next. Log-linear
trends by Poisson regression, errors by blocks of weeks (what `trend` gives unless asked) or Newey and West's (`--errors
newey-west`), at their usual lengths. \"Trend\" is that of one outlet, which is flat; \"difference\" how much more that of a
second changes: not at all (rejected), or to twice the rate in the end (covered). Of blocks no more than 9 % and no less
than 91 % are promised: so few stretches of time say little of what lasts. Newey and West's errors promise nothing: they
are known to be too small in short series, most where moods last, and are there for readers who expect them. **Do not
report them as if they held 95 %**: `trend` says so on standard error, in the note beside each of their intervals and in the codebook.

{trends}
## Trends beside a factor of the month

The same where the calendar moves the rate, up and down by half of its doubling in a year: `trend --month-factor` takes that out.
Without the factor the season is taken for a trend, or for noise (right-hand column). These rows promise nothing: a factor of
twelve months is fitted to few years.

{seasons}",
        effort.corpora,
        effort.draws,
        effort.corpora,
        196.0 * (0.05 * 0.95 / effort.corpora as f64).sqrt(),
    );
    told(&tables)
}

/// What is not kept, on standard error, and the status of it.
fn told(tables: &[Table]) -> ExitCode {
    let broken: Vec<&String> = tables.iter().flat_map(|table| &table.broken).collect();
    for row in &broken {
        eprintln!("not kept: {row}");
    }
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
