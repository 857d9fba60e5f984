//! What a server takes for new: another file, a newer one, or other bytes. Real ones differ in this.

use crate::Result;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::OnceLock;
use std::time::SystemTime;
use std::{fs, io};

/// What a module is compared by when a reload asks whether its file is new.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Newness {
    /// Device, inode and time of the last change: the default.
    Identity,
    /// Written later than it was loaded: what conduwuit asks.
    NewerTime,
    /// The bytes of the file.
    Content,
}

static CHOSEN: OnceLock<Newness> = OnceLock::new();

/// Reads DEPOT_NEW.
pub fn choose() -> Result {
    let newness = match std::env::var("DEPOT_NEW").unwrap_or_default().as_str() {
        "" | "file-identity" => Newness::Identity,
        "newer-time" => Newness::NewerTime,
        "content" => Newness::Content,
        word => {
            return Err(format!(
                "DEPOT_NEW={word:?} means nothing: it takes newer-time, file-identity or content"
            ));
        }
    };
    CHOSEN.get_or_init(|| newness);
    Ok(())
}

fn chosen() -> Newness {
    CHOSEN.get().copied().unwrap_or(Newness::Identity)
}

/// What is known of a file from the moment at which it was loaded.
pub enum Loaded {
    Identity((u64, u64, i64, i64)),
    At(SystemTime),
    Content(u64),
}

impl Loaded {
    /// Of a file that is about to be loaded.
    pub fn now(path: &Path) -> io::Result<Loaded> {
        Ok(match chosen() {
            Newness::Identity => Loaded::Identity(identity(path)?),
            Newness::NewerTime => {
                path.metadata()?;
                Loaded::At(SystemTime::now())
            }
            Newness::Content => Loaded::Content(content(path)?),
        })
    }

    /// Whether the file that is there now is new, as this server sees it.
    pub fn is_outdated(&self, path: &Path) -> bool {
        match self {
            Loaded::Identity(then) => identity(path).is_ok_and(|now| now != *then),
            Loaded::At(then) => {
                path.metadata().and_then(|file| file.modified()).is_ok_and(|time| time > *then)
            }
            Loaded::Content(then) => content(path).is_ok_and(|now| now != *then),
        }
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64, i64, i64)> {
    let file = path.metadata()?;
    Ok((file.dev(), file.ino(), file.mtime(), file.mtime_nsec()))
}

fn content(path: &Path) -> io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    fs::read(path)?.hash(&mut hasher);
    Ok(hasher.finish())
}
