//! A very small database: how often each page was read. It lives in this module's memory, so it
//! outlives a reload of the modules above, and starts afresh when the database itself is swapped.

use depot_core::info;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

depot_core::module!();

type Table = BTreeMap<String, u64>;

static VISITS: Mutex<Table> = Mutex::new(Table::new());

/// Counts one more visit to a page.
pub fn add(page: &str) {
    *table().entry(page.to_owned()).or_default() += 1;
}

/// Every page with its visits, by name.
pub fn all() -> Vec<(String, u64)> {
    table().clone().into_iter().collect()
}

/// Gives everything back. Unloading a library frees its statics but not what they own.
pub fn close() {
    let pages = std::mem::take(&mut *table());
    info!("Closing database...", pages = pages.len());
}

fn table() -> MutexGuard<'static, Table> {
    VISITS.lock().unwrap_or_else(PoisonError::into_inner)
}
