//! What never goes away while the server runs.
//!
//! The executable links this library, so it is the one that cannot be reloaded, and for that very
//! reason the place for whatever has to outlive a reload: the listening socket, the count of
//! requests, the log. It must not keep anything that lives in a module, such as a function
//! pointer, a `Box<dyn Trait>` or a `&'static str`, since that would point nowhere once the
//! module is gone. A change in here takes a restart.

pub mod fail;
pub mod flood;
pub mod log;
pub mod module;
pub mod newness;
pub mod server;

pub use module::guard;
pub use server::Server;

/// A function that a server built without this feature does not have.
#[cfg(feature = "motto")]
#[inline(never)]
pub fn motto() -> String {
    "Nothing is lost".to_owned()
}

/// An error is a sentence for the log; nobody takes it apart.
pub type Result<T = ()> = std::result::Result<T, String>;
