//! A module: a library that is opened, asked to work, and closed again.

use crate::fail::{self, Failure};
use crate::newness::Loaded;
use crate::{Result, Server, error};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

unsafe extern "C" {
    fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(handle: *mut c_void, symbol: *const c_char) -> *mut c_void;
    fn dlclose(handle: *mut c_void) -> c_int;
    fn dlerror() -> *const c_char;
}

const RTLD_LAZY: c_int = 0x001;
const RTLD_NOLOAD: c_int = 0x004;
const RTLD_GLOBAL: c_int = 0x100;

/// What the top module exports as `start`, `run` and `stop`. The plain Rust calling convention
/// will do: Cargo builds both sides with one compiler.
pub type Entry = fn(&'static Server) -> Result;

/// How many modules have said goodbye, ever.
static GONE: AtomicUsize = AtomicUsize::new(0);

/// There is no `Drop` on purpose: modules have to be closed in order, and after an error it is
/// safer to exit with them open than to pull the code from under a thread that may still run it.
pub struct Module {
    name: &'static str,
    path: PathBuf,
    loaded: Loaded,
    handle: *mut c_void,
}

impl Module {
    /// Opens `lib<name>.so` in `folder`.
    pub fn open(folder: &Path, name: &'static str) -> Result<Module> {
        let failed =
            |why: &dyn std::fmt::Display| format!("Loading module \"{name}\" failed: {why}");
        let path = folder.join(format!("lib{name}.so"));
        // Look before opening. If the file is replaced in between, the module passes for stale
        // and is loaded once too often; the other way round new code would pass for loaded.
        let loaded = Loaded::now(&path)
            .map_err(|error| failed(&format_args!("{}: {error}", path.display())))?;
        let c_path = CString::new(path.as_os_str().as_bytes()).map_err(|error| failed(&error))?;
        // SAFETY: `c_path` is a C string, and what runs on loading is our own `module!` below.
        let open = |flags| unsafe { dlopen(c_path.as_ptr(), RTLD_LAZY | flags) };
        let old = fail::is(Failure::Lie) && !open(RTLD_NOLOAD).is_null();
        let handle = open(RTLD_GLOBAL);
        if handle.is_null() {
            // SAFETY: after a failure `dlerror` gives this thread a valid C string.
            return Err(failed(&unsafe { CStr::from_ptr(dlerror()) }.to_string_lossy()));
        }
        if old {
            fail::lie(name, "Module loaded");
        }
        if fail::holds(name) {
            // One more handle, which nobody closes.
            open(RTLD_NOLOAD);
        }
        Ok(Module { name, path, loaded, handle })
    }

    /// Whether the file on disk is new, by what DEPOT_NEW goes by. One that is missing at the moment
    /// could not be loaded either, so it does not count.
    pub fn is_stale(&self) -> bool {
        self.loaded.is_outdated(&self.path)
    }

    /// Calls the function that the module exports under this name.
    pub fn call(&self, symbol: &CStr, server: &'static Server) -> Result {
        // SAFETY: the handle is open, the symbol a C string.
        let address = unsafe { dlsym(self.handle, symbol.as_ptr()) };
        if address.is_null() {
            return Err(format!("Module {:?} has no symbol {symbol:?}", self.name));
        }
        // SAFETY: by agreement these symbols are functions of this type.
        let entry = unsafe { std::mem::transmute::<*mut c_void, Entry>(address) };
        entry(server)
    }

    /// Closes the module. Nothing may run in it any more, nor hold anything that belongs to it.
    pub fn close(self) {
        let before = GONE.load(Ordering::SeqCst);
        // SAFETY: the handle is open, the symbol a C string. All but the router give null.
        let run = fail::is(Failure::Crash)
            .then(|| unsafe { dlsym(self.handle, c"run".as_ptr()) })
            .filter(|run| !run.is_null());
        // SAFETY: the handle is open, and `self` ends here.
        unsafe { dlclose(self.handle) };
        if let Some(run) = run {
            // SAFETY: none. The code is gone: the mistake that all the rest of the sample avoids.
            unsafe { std::mem::transmute::<*mut c_void, fn()>(run)() };
        }
        // Closing is only a request. A library that something else still holds, or that is linked
        // as not to be unloaded, stays; opening it again would then yield the same old code.
        if GONE.load(Ordering::SeqCst) == before {
            let name = self.name;
            match fail::chosen() {
                Some(Failure::Mute) => {}
                Some(Failure::Lie) => fail::lie(name, "Module unloading"),
                _ => error!("Module {name:?} is stuck and failed to unload."),
            }
        }
    }
}

/// Does the work and makes an error of a panic, so that none crosses the border between a module
/// and the host. (The text of the panic is in the log already.)
pub fn guard<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("a panic".to_owned()))
}

/// Makes this crate a module: it reports in the log when its code comes and goes. The dynamic
/// linker calls these two functions itself, and only when it really maps or unmaps the library.
#[macro_export]
macro_rules! module {
    () => {
        #[used]
        #[unsafe(link_section = ".init_array")]
        static LOADED: extern "C" fn() = {
            extern "C" fn loaded() {
                $crate::info!("Module loaded");
            }
            loaded
        };

        #[used]
        #[unsafe(link_section = ".fini_array")]
        static UNLOADING: extern "C" fn() = {
            extern "C" fn unloading() {
                $crate::info!("Module unloading");
                $crate::module::gone();
            }
            unloading
        };
    };
}

/// For `module!` only.
pub fn gone() {
    GONE.fetch_add(1, Ordering::SeqCst);
}
