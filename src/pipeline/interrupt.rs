//! Ctrl-C as a flag that is looked at between chunks.
//!
//! The first Ctrl-C asks the run to stop: workers finish the chunk in hand, temporary files are
//! removed, nothing half-written stays. The second one ends the process on the spot.
//!
//! Whoever waits for an input looks at no flag, so the first one also writes into a pipe, which can be waited for together
//! with the input. That is so on Unix; elsewhere a wait goes on until the second one.

use std::io::{self, PipeReader};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};

/// Whether somebody asked the run to stop.
#[derive(Debug, Clone, Default)]
pub struct Interrupt {
    raised: Arc<AtomicBool>,
    signal: Arc<AtomicUsize>,
    /// Holds something once a signal came; nobody reads it, so it goes on doing so.
    pipe: Option<Arc<PipeReader>>,
}

impl Interrupt {
    /// Nobody will, unless [`raise`](Interrupt::raise) is called.
    pub fn never() -> Interrupt {
        Interrupt::default()
    }

    /// Listens for SIGINT (Ctrl-C) and SIGTERM from now on.
    ///
    /// # Errors
    /// If the system does not let the handlers be installed.
    pub fn listen() -> io::Result<Interrupt> {
        let (pipe, writer) = io::pipe()?;
        let interrupt = Interrupt { pipe: Some(Arc::new(pipe)), ..Interrupt::default() };
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds the flag down and passes the shutdown, then
            // raises the flag; the second finds it up.
            let status = exit_status(signal as usize).into();
            signal_hook::flag::register_conditional_shutdown(signal, status, Arc::clone(&interrupt.raised))?;
            signal_hook::flag::register_usize(signal, Arc::clone(&interrupt.signal), signal as usize)?;
            signal_hook::flag::register(signal, Arc::clone(&interrupt.raised))?;
            // Last, so that whoever is woken finds the flag up.
            #[cfg(unix)]
            signal_hook::low_level::pipe::register(signal, writer.try_clone()?)?;
        }
        // Each handler has its own.
        drop(writer);
        Ok(interrupt)
    }

    /// Asks the run to stop.
    pub fn raise(&self) {
        self.raised.store(true, Ordering::Relaxed);
    }

    /// Whether the run was asked to stop.
    pub fn is_raised(&self) -> bool {
        self.raised.load(Ordering::Relaxed)
    }

    /// A pipe that holds something once a signal came (on Unix), to be waited for; `None` where nobody listens.
    pub fn pipe(&self) -> Option<Arc<PipeReader>> {
        self.pipe.clone()
    }

    /// The exit status of a run that was stopped: 128 and the number of the signal, as shells
    /// have it; 130 for Ctrl-C.
    pub fn exit_status(&self) -> u8 {
        exit_status(self.signal.load(Ordering::Relaxed))
    }
}

fn exit_status(signal: usize) -> u8 {
    match u8::try_from(signal) {
        Ok(number @ 1..=127) => 128 + number,
        _ => 130,
    }
}
