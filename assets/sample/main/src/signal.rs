//! Signals, taken out of the hands of whichever thread they strike.

use depot_core::fail::{self, Failure};
use depot_core::{Server, error, warn};
use std::ffi::c_int;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::OnceLock;
use std::thread;

const SIGINT: u8 = 2;
const SIGQUIT: u8 = 3;
const SIGTERM: u8 = 15;

static POST: OnceLock<UnixStream> = OnceLock::new();

unsafe extern "C" {
    fn signal(number: c_int, handler: extern "C" fn(c_int)) -> usize;
}

/// A signal may strike in the middle of anything, a memory allocation for one, so its handler may
/// do next to nothing. It posts the number to a thread that has time.
extern "C" fn on_signal(number: c_int) {
    if let Some(mut post) = POST.get() {
        let _ = post.write(&[number as u8]);
    }
}

/// From here on SIGINT asks for a reload, SIGQUIT and SIGTERM for the end.
pub fn listen(server: &'static Server) -> io::Result<()> {
    let (mut inbox, post) = UnixStream::pair()?;
    post.set_nonblocking(true)?;
    POST.get_or_init(|| post);
    for number in [SIGINT, SIGQUIT, SIGTERM] {
        // SAFETY: the handler does nothing but send a byte, which is allowed there.
        unsafe { signal(number.into(), on_signal) };
    }
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let mut number = [0];
        while inbox.read_exact(&mut number).is_ok() {
            obey(server, number[0]);
        }
    })?;
    Ok(())
}

fn obey(server: &Server, number: u8) {
    if number == SIGINT && fail::is(Failure::Deaf) {
        return;
    }
    let name = match number {
        SIGINT => "SIGINT",
        SIGQUIT => "SIGQUIT",
        _ => "SIGTERM",
    };
    warn!(signal: "Received {name}");
    let answer = if number == SIGINT { server.reload() } else { server.shutdown() };
    if let Err(refused) = answer {
        error!(signal: "signal: {refused}", sig = name);
    }
}
