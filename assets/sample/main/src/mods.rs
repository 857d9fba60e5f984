//! The stack of modules: each may use those below it, so the topmost has to go first.

use depot_core::{Result, Server, debug, module::Module};
use std::{ffi::CStr, path::PathBuf};

const NAMES: [&str; 5] =
    ["depot_database", "depot_service", "depot_api", "depot_admin", "depot_router"];

/// Where the service lies in the stack. It and what is below it hold what `start` has built.
pub const SERVICE: usize = 1;

pub struct Stack {
    folder: PathBuf,
    loaded: Vec<Module>,
}

impl Stack {
    /// The modules lie beside the executable.
    pub fn new() -> Result<Stack> {
        let executable = std::env::current_exe().map_err(|error| error.to_string())?;
        let folder = executable.parent().unwrap_or(&executable).to_owned();
        Ok(Stack { folder, loaded: Vec::new() })
    }

    /// Loads what is not loaded, from the bottom up.
    pub fn load(&mut self) -> Result {
        debug!("Loading modules", available = NAMES.len(), loaded = self.loaded.len());
        for name in &NAMES[self.loaded.len()..] {
            self.loaded.push(Module::open(&self.folder, name)?);
        }
        Ok(())
    }

    /// Calls a function of the top module.
    pub fn call(&self, symbol: &CStr, server: &'static Server) -> Result {
        self.loaded.last().map_or(Ok(()), |router| router.call(symbol, server))
    }

    /// How many modules, from the bottom, a reload leaves alone. It goes down the stack for as
    /// long as it meets stale ones. The first that is not stale ends it, even if there is another
    /// stale one below: that one is still in use.
    pub fn fresh(&self) -> usize {
        self.loaded.iter().rposition(|module| !module.is_stale()).map_or(0, |top| top + 1)
    }

    /// Unloads from the top down until so many are left.
    pub fn unload(&mut self, keep: usize, force: bool) {
        let loaded = self.loaded.len();
        let stale = self.loaded.iter().filter(|module| module.is_stale()).count();
        debug!(
            "Unloading modules",
            available = NAMES.len(),
            loaded = loaded,
            stale = stale,
            force = force
        );
        for module in self.loaded.drain(keep..).rev() {
            module.close();
        }
    }
}
