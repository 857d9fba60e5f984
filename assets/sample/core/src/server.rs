//! The server's lasting state: the socket, the numbers, and what it is about to do.

use crate::Result;
use crate::fail::{self, Failure};
use std::ffi::{c_int, c_short, c_ulong};
use std::io::{self, ErrorKind, PipeReader, PipeWriter};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::fd::{AsRawFd, RawFd};
use std::sync::{Mutex, MutexGuard, PoisonError, atomic::AtomicU64};
use std::thread::sleep;
use std::time::{Duration, Instant};

pub struct Server {
    pub since: Instant,
    /// Requests answered so far, over all reloads.
    pub requests: AtomicU64,
    pub address: SocketAddr,
    /// It stays open during a reload: whoever connects then waits in the kernel's queue for the
    /// new code and is not refused.
    listener: TcpListener,
    phase: Mutex<Phase>,
}

enum Phase {
    /// Modules come and go; nobody answers.
    Loading,
    /// Requests are answered for as long as this end of the pipe is open.
    Serving {
        _open: PipeWriter,
    },
    Stopping,
}

impl Server {
    /// Listens on this port of 127.0.0.1; with 0 the kernel picks a free one.
    pub fn bind(port: u16) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        // Several threads wait for the next client; the ones that come too late must not block.
        listener.set_nonblocking(true)?;
        Ok(Server {
            since: Instant::now(),
            requests: AtomicU64::new(0),
            address: listener.local_addr()?,
            listener,
            phase: Mutex::new(Phase::Loading),
        })
    }

    /// Begins to serve. Gives the pipe that ends when serving has to end; `None` if a shutdown
    /// was asked for in the meantime.
    pub fn serve(&self) -> Result<Option<PipeReader>> {
        let (end, _open) = io::pipe().map_err(|error| format!("Opening a pipe: {error}"))?;
        let mut phase = self.phase();
        if matches!(*phase, Phase::Stopping) {
            return Ok(None);
        }
        *phase = Phase::Serving { _open };
        Ok(Some(end))
    }

    /// Waits for the next client; `None` when serving has to end.
    pub fn accept(&self, end: &PipeReader) -> Option<TcpStream> {
        loop {
            let mut ready = [PollFd::new(&self.listener), PollFd::new(end)];
            // SAFETY: `ready` is an array of two. Should a signal break in, it is left as it was,
            // and the loop comes round again.
            unsafe { poll(ready.as_mut_ptr(), 2, -1) };
            if ready[1].came != 0 {
                return None;
            }
            match self.listener.accept() {
                Ok((client, _)) => return Some(client),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                // Out of file descriptors, perhaps: leave others the time to close theirs.
                Err(_) => sleep(Duration::from_millis(50)),
            }
        }
    }

    /// Asks for a reload.
    pub fn reload(&self) -> Result {
        let mut phase = self.phase();
        match *phase {
            Phase::Stopping => Err("Shutdown already in progress".to_owned()),
            Phase::Serving { .. } if !fail::is(Failure::Refuse) => {
                *phase = Phase::Loading;
                Ok(())
            }
            Phase::Loading | Phase::Serving { .. } => {
                Err("Reloading already in progress".to_owned())
            }
        }
    }

    /// Asks for the end; during a reload it comes as soon as that is over.
    pub fn shutdown(&self) -> Result {
        match std::mem::replace(&mut *self.phase(), Phase::Stopping) {
            Phase::Stopping => Err("Shutdown already in progress".to_owned()),
            Phase::Loading | Phase::Serving { .. } => Ok(()),
        }
    }

    pub fn is_serving(&self) -> bool {
        matches!(*self.phase(), Phase::Serving { .. })
    }

    pub fn is_stopping(&self) -> bool {
        matches!(*self.phase(), Phase::Stopping)
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[repr(C)]
struct PollFd {
    fd: RawFd,
    wanted: c_short,
    came: c_short,
}

impl PollFd {
    fn new(file: &impl AsRawFd) -> PollFd {
        const POLLIN: c_short = 1;
        PollFd { fd: file.as_raw_fd(), wanted: POLLIN, came: 0 }
    }
}

unsafe extern "C" {
    fn poll(files: *mut PollFd, count: c_ulong, timeout: c_int) -> c_int;
}
