//! What the pages are made from. `start` and `stop` bracket its life, and with it the database's.

use depot_core::info;
use depot_database as database;

depot_core::module!();

/// Edit me, build and reload.
pub const GREETING: &str = "Hello from service";

pub fn start() {
    info!("Starting services...");
    info!("Services startup complete.");
}

pub fn stop() {
    info!("Shutting down services...");
    database::close();
    info!("Services shutdown complete.");
}

/// Someone looks at a page: counts the visit and gives the greeting.
pub fn greet(page: &str) -> String {
    database::add(page);
    GREETING.to_owned()
}
