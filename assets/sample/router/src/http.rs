//! As much of HTTP/1.1 as it takes: one request per connection, without a body.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How often to look up from a silent client, and how long to wait for one that does not read.
const GLANCE: Duration = Duration::from_millis(50);
const STALL: Duration = Duration::from_secs(1);
/// No request that this server answers is longer, in bytes.
const LONGEST: usize = 8 * 1024;

pub struct Status(pub u16, pub &'static str);

pub const OK: Status = Status(200, "OK");
pub const BAD_REQUEST: Status = Status(400, "Bad Request");
pub const NOT_FOUND: Status = Status(404, "Not Found");
pub const METHOD_NOT_ALLOWED: Status = Status(405, "Method Not Allowed");
pub const TIMEOUT: Status = Status(408, "Request Timeout");
pub const TOO_LARGE: Status = Status(431, "Request Header Fields Too Large");
pub const INTERNAL_ERROR: Status = Status(500, "Internal Server Error");

pub struct Request {
    pub method: String,
    /// Without the query. Printable ASCII only, so it is safe to log.
    pub path: String,
}

/// Reads a request; `None` if the client left without a word. `patience` says how long it may
/// take in all, and is asked again and again, since a reload makes it shorter.
pub fn receive(
    client: &mut TcpStream,
    patience: impl Fn() -> Duration,
) -> Option<Result<Request, Status>> {
    let since = Instant::now();
    let mut head = Vec::new();
    let mut part = [0; 1024];
    client.set_read_timeout(Some(GLANCE)).ok()?;
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match client.read(&mut part) {
            Ok(0) if head.is_empty() => return None,
            Ok(0) => return Some(Err(BAD_REQUEST)),
            Ok(length) => head.extend_from_slice(&part[..length]),
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
            Err(_) => return None,
        }
        if head.len() > LONGEST {
            return Some(Err(TOO_LARGE));
        }
        if since.elapsed() > patience() {
            return (!head.is_empty()).then_some(Err(TIMEOUT));
        }
    }
    Some(parse(&String::from_utf8_lossy(&head)))
}

fn parse(head: &str) -> Result<Request, Status> {
    let line = head.lines().next().unwrap_or_default();
    let [method, target, version] = line.split(' ').collect::<Vec<_>>()[..] else {
        return Err(BAD_REQUEST);
    };
    if !version.starts_with("HTTP/1.") || !target.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(BAD_REQUEST);
    }
    if method != "GET" && method != "HEAD" {
        return Err(METHOD_NOT_ALLOWED);
    }
    let path = target.split('?').next().unwrap_or_default();
    Ok(Request { method: method.to_owned(), path: path.to_owned() })
}

/// Answers. Should the client have gone, nobody is left to tell.
pub fn send(client: &mut TcpStream, Status(code, reason): &Status, body: &str, with_body: bool) {
    let head = format!(
        "HTTP/1.1 {code} {reason}\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\
         Content-Length: {}\r\n\
         Allow: GET, HEAD\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    let reply = if with_body { head + body } else { head };
    let _ = client.set_write_timeout(Some(STALL));
    let _ = client.write_all(reply.as_bytes());
}
