//! The public pages.

#![cfg_attr(feature = "torn", allow(dead_code))]

use depot_core::Server;
use depot_database as database;
use depot_service as service;
use std::sync::atomic::Ordering;

depot_core::module!();

/// Edit me, build and reload.
pub const GREETING: &str = "Hello from api";

// With `torn`, router looks for it in vain.
#[cfg(not(feature = "torn"))]
/// The text of a page; `None` if there is no such page.
pub fn page(server: &Server, path: &str) -> Option<String> {
    match path {
        "/" => Some(index(server)),
        "/visits" => Some(visits()),
        _ => None,
    }
}

fn index(server: &Server) -> String {
    let service = service::greet("/");
    #[cfg(feature = "motto")]
    let service = format!("{service} {}", depot_core::motto());
    let count = server.requests.load(Ordering::Relaxed);
    let pid = std::process::id();
    format!("api: {GREETING}\nservice: {service}\ncount: {count}\npid: {pid}\n")
}

/// One line for each page that was read since the database was loaded.
pub fn visits() -> String {
    database::all().iter().map(|(page, visits)| format!("{page}: {visits}\n")).collect()
}
