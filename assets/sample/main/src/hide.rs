//! Hides this process, for whoever wants to see how it looks from outside when nothing can be seen.

use depot_core::{Result, warn};
use std::ffi::{c_int, c_ulong};

const PR_SET_DUMPABLE: c_int = 4;
const NO: c_ulong = 0;

unsafe extern "C" {
    fn prctl(option: c_int, ...) -> c_int;
}

/// With DEPOT_HIDE=1 the kernel shows the memory maps to nobody any more but to whom it lets trace
/// any process, and writes no core file.
pub fn choose() -> Result {
    match std::env::var("DEPOT_HIDE").unwrap_or_default().as_str() {
        "" => return Ok(()),
        "1" => {}
        word => return Err(format!("DEPOT_HIDE={word:?} means nothing: it takes 1")),
    }
    // SAFETY: this option takes one number.
    if unsafe { prctl(PR_SET_DUMPABLE, NO) } != 0 {
        return Err(format!("Hiding: {}", std::io::Error::last_os_error()));
    }
    warn!("Hidden, as told");
    Ok(())
}
