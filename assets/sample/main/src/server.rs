//! The server's life: load, serve, swap what was rebuilt, serve again.

use crate::mods::{SERVICE, Stack};
use crate::signal;
use depot_core::{Result, Server, info};

pub fn run(port: u16) -> Result {
    let version = env!("CARGO_PKG_VERSION");
    info!("{version}", port = port, pid = std::process::id());
    let server = Server::bind(port).map_err(|error| format!("Starting server: {error}"))?;
    // It lives as long as the process; who borrows it need not ask for how long.
    let server: &'static Server = Box::leak(Box::new(server));
    signal::listen(server).map_err(|error| format!("Starting server: {error}"))?;

    let mut stack = Stack::new()?;
    let mut started = false;
    loop {
        stack.load()?;
        if !started {
            stack.call(c"start", server)?;
            started = true;
        }
        stack.call(c"run", server)?;

        let stopping = server.is_stopping();
        let keep = if stopping { 0 } else { stack.fresh() };
        // As long as service and database stay where they are, they need not know of a reload.
        if keep <= SERVICE {
            stack.call(c"stop", server)?;
            started = false;
        }
        stack.unload(keep, stopping);
        if stopping {
            info!("Exit");
            return Ok(());
        }
    }
}
