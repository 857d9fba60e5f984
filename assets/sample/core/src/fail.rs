//! Failures on purpose, for whoever wants to see what one looks like from outside. DEPOT_FAIL
//! names it; without that variable nothing in here does anything.

use crate::{Result, log, warn};
use std::sync::OnceLock;
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Failure {
    /// The api stays when it is closed, since something else holds it.
    Stuck,
    /// The same, and the log has nothing to say about it.
    Mute,
    /// Every module stays, and the log tells that they went and came.
    Lie,
    /// After the router has gone, someone still calls it.
    Crash,
    /// The last clients take so long before a reload.
    Drain(Duration),
    /// No reload is granted.
    Refuse,
    /// No reload is even heard of.
    Deaf,
}

static CHOSEN: OnceLock<Failure> = OnceLock::new();

/// Takes the word of DEPOT_FAIL. To be called once, before anything may fail.
pub fn choose() -> Result {
    let word = std::env::var("DEPOT_FAIL").unwrap_or_default();
    let failure = match (word.as_str(), word.strip_prefix("drain:").map(str::parse)) {
        ("", _) => return Ok(()),
        ("stuck", _) => Failure::Stuck,
        ("mute", _) => Failure::Mute,
        ("lie", _) => Failure::Lie,
        ("crash", _) => Failure::Crash,
        (_, Some(Ok(seconds))) => Failure::Drain(Duration::from_secs(seconds)),
        ("refuse", _) => Failure::Refuse,
        ("deaf", _) => Failure::Deaf,
        _ => {
            let words = "stuck, mute, lie, crash, drain:SECONDS, refuse or deaf";
            return Err(format!("DEPOT_FAIL={word:?} is no failure: it takes {words}"));
        }
    };
    warn!("Going to fail, as told", how = CHOSEN.get_or_init(|| failure));
    Ok(())
}

pub fn chosen() -> Option<Failure> {
    CHOSEN.get().copied()
}

pub fn is(failure: Failure) -> bool {
    chosen() == Some(failure)
}

/// Whether to open this module once more than it is closed.
pub fn holds(module: &str) -> bool {
    match chosen() {
        Some(Failure::Stuck | Failure::Mute) => module == "depot_api",
        Some(Failure::Lie) => true,
        _ => false,
    }
}

/// Waits as long as a slow client would take.
pub fn drain() {
    if let Some(Failure::Drain(time)) = chosen() {
        std::thread::sleep(time);
    }
}

/// Says in a module's name what the module did not say itself.
pub fn lie(module: &str, message: &str) {
    log::write(log::Level::Info, "", module, format_args!("{message}"), &[]);
}
