//! The page for whoever runs the server.

use depot_api as api;
use depot_core::Server;
use depot_database as database;
use depot_service as service;
use std::sync::atomic::Ordering;

depot_core::module!();

/// The text of a page; `None` if there is no such page.
pub fn page(server: &Server, path: &str) -> Option<String> {
    (path == "/admin").then(|| status(server))
}

fn status(server: &Server) -> String {
    let greeting = service::greet("/admin");
    format!(
        "service: {greeting}\nuptime: {} s\nrequests: {}\npages read: {}\n{}",
        server.since.elapsed().as_secs(),
        server.requests.load(Ordering::Relaxed),
        database::all().len(),
        api::visits(),
    )
}
