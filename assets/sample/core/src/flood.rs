//! More lines than anybody can read, for whoever wants to see what stands up to them.
//! DEPOT_FLOOD tells how many megabytes; without that variable nothing in here does anything.

use crate::{Result, info, log};

/// Begins to write, in a thread of its own; the server goes on beside it.
pub fn start() -> Result {
    let word = std::env::var("DEPOT_FLOOD").unwrap_or_default();
    if word.is_empty() {
        return Ok(());
    }
    let megabytes: usize =
        word.parse().map_err(|_| format!("DEPOT_FLOOD={word:?} is no number of megabytes"))?;
    std::thread::spawn(move || {
        let mut left = megabytes * 1_000_000;
        for number in 0_u64.. {
            let padding = ".".repeat(number as usize * 37 % 120);
            let line = log::line(
                log::Level::Info,
                "",
                module_path!(),
                format_args!("{number} {padding}"),
                &[],
            );
            if left < line.len() {
                break;
            }
            left -= line.len();
            log::emit(&line);
        }
        info!("The flood is over", megabytes = megabytes);
    });
    Ok(())
}
