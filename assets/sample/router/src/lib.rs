//! The top of the stack: takes requests and hands them down. The host calls the three exported
//! functions and knows nothing else of the modules.

mod http;

use depot_admin as admin;
use depot_api as api;
use depot_core::{Result, Server, fail, guard, info};
use depot_service as service;
use std::net::TcpStream;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

depot_core::module!();

/// Each serves one client at a time.
const WORKERS: usize = 8;
/// How long a client may take over its request, and how long when a reload waits for it.
const PATIENCE: Duration = Duration::from_secs(5);
const HURRY: Duration = Duration::from_millis(100);

#[unsafe(no_mangle)]
pub fn start(_: &'static Server) -> Result {
    guard(|| {
        service::start();
        Ok(())
    })
}

/// Serves until the server has to reload or to stop.
#[unsafe(no_mangle)]
pub fn run(server: &'static Server) -> Result {
    guard(|| {
        let address = server.address;
        let Some(end) = server.serve()? else { return Ok(()) };
        info!("Listening on [{address}]");
        let work = || {
            while let Some(client) = server.accept(&end) {
                answer(server, client);
            }
            if !server.is_stopping() {
                fail::drain();
            }
        };
        // Every worker is joined by hand. The scope by itself waits only until the closures are
        // done; the threads may then still be on their last steps in this library, which the host
        // is about to unmap. Joining waits for the threads themselves.
        let failed = thread::scope(|scope| {
            let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
            workers.into_iter().filter_map(|worker| worker.join().err()).count()
        });
        info!("Stopped listening on [{address}]");
        if failed > 0 { Err(format!("{failed} workers panicked")) } else { Ok(()) }
    })
}

#[unsafe(no_mangle)]
pub fn stop(_: &'static Server) -> Result {
    guard(|| {
        service::stop();
        info!("Shutdown complete.");
        Ok(())
    })
}

fn answer(server: &Server, mut client: TcpStream) {
    let patience = || if server.is_serving() { PATIENCE } else { HURRY };
    let Some(request) = http::receive(&mut client, patience) else { return };
    server.requests.fetch_add(1, Ordering::Relaxed);
    let (asked, with_body, reply) = match request {
        Ok(http::Request { method, path }) => {
            // A page that panics costs its reader an error, and nobody else anything.
            let page = guard(|| Ok(page(server, &path))).unwrap_or(Err(http::INTERNAL_ERROR));
            (format!("{method} {path}"), method != "HEAD", page)
        }
        Err(status) => ("Refused".to_owned(), true, Err(status)),
    };
    let (status, body) = match reply {
        Ok(body) => (http::OK, body),
        Err(status) => {
            let body = format!("{}\n", status.1);
            (status, body)
        }
    };
    info!("{asked}", status = status.0);
    http::send(&mut client, &status, &body, with_body);
}

fn page(server: &Server, path: &str) -> std::result::Result<String, http::Status> {
    api::page(server, path).or_else(|| admin::page(server, path)).ok_or(http::NOT_FOUND)
}
