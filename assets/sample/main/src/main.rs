//! The host. It loads the modules, has them serve, and swaps them when told to.
//!
//! SIGINT (Ctrl+C) reloads whatever was rebuilt; SIGQUIT (Ctrl+\) and SIGTERM shut down.

mod hide;
mod mods;
mod server;
mod signal;

use depot_core::{Result, error, fail, flood, newness};
use std::process::ExitCode;

fn main() -> ExitCode {
    // The hook lies here and not in a module, so it is always there to be called.
    std::panic::set_hook(Box::new(|panic| {
        let text = panic.payload_as_str().unwrap_or("no text");
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        error!("Panic: {text}", at = place);
    }));
    match prepare().and_then(|()| port()).and_then(server::run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What the environment asks for beside serving.
fn prepare() -> Result {
    fail::choose()?;
    newness::choose()?;
    hide::choose()?;
    flood::start()
}

/// The port from `--port N`, else from DEPOT_PORT, else 0: any that is free.
fn port() -> Result<u16> {
    let mut arguments = std::env::args().skip(1);
    let port = match (arguments.next().as_deref(), arguments.next(), arguments.next()) {
        (None, ..) => std::env::var("DEPOT_PORT").unwrap_or("0".to_owned()),
        (Some("--port"), Some(port), None) => port,
        _ => return Err("Usage: depot [--port N]".to_owned()),
    };
    port.parse().map_err(|_| format!("{port:?} is no port: it takes a number from 0 to 65535"))
}
