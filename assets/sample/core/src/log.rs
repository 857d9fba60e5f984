//! One line on standard output for each event:
//! `2025-04-08T12:00:00.123456Z  INFO depot_router: Listening on [127.0.0.1:8008]`

use std::fmt::{Arguments, Debug};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

static COLOURS: LazyLock<bool> =
    LazyLock::new(|| std::env::var("DEPOT_LOG_COLORS").as_deref() != Ok("false"));

/// Where every byte goes that is written, too: the file that DEPOT_COPY names.
static COPY: LazyLock<Option<File>> = LazyLock::new(|| {
    let path = std::env::var_os("DEPOT_COPY")?;
    OpenOptions::new().create(true).append(true).open(path).ok()
});

#[derive(Clone, Copy)]
pub enum Level {
    Debug,
    Info,
    Warn,
    Error,
}

/// Writes one line. Use the macros below, which know the target.
pub fn write(
    level: Level,
    span: &str,
    target: &str,
    message: Arguments,
    fields: &[(&str, &dyn Debug)],
) {
    if cfg!(debug_assertions) || !matches!(level, Level::Debug) {
        emit(&line(level, span, target, message, fields));
    }
}

/// One line, with its end.
pub fn line(
    level: Level,
    span: &str,
    target: &str,
    message: Arguments,
    fields: &[(&str, &dyn Debug)],
) -> String {
    let (colour, name) = match level {
        Level::Debug => ("34", "DEBUG"),
        Level::Info => ("32", " INFO"),
        Level::Warn => ("33", " WARN"),
        Level::Error => ("31", "ERROR"),
    };
    let paint = |style: &str, text: &str| match *COLOURS {
        true => format!("\x1b[{style}m{text}\x1b[0m"),
        false => text.to_owned(),
    };
    let colon = paint("2", ":");
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();

    let mut line = format!("{} {} ", paint("2", &rfc3339(now)), paint(colour, name));
    if !span.is_empty() {
        line += &format!("{}{colon} ", paint("1", span));
    }
    line += &format!("{}{colon} {message}", paint("2", target));
    for (name, value) in fields {
        line += &format!(" {}{}{value:?}", paint("3", name), paint("2", "="));
    }
    line.push('\n');
    line
}

/// Lets a line leave whole and at once. A reader that has gone away is no reason to stop serving.
pub fn emit(line: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
    // Under the same lock, so both have the same order.
    if let Some(mut copy) = COPY.as_ref() {
        let _ = copy.write_all(line.as_bytes());
    }
}

/// A time since 1970 as `2025-04-08T12:00:00.123456Z`.
fn rfc3339(time: Duration) -> String {
    let (days, second) = (time.as_secs() / 86_400, time.as_secs() % 86_400);
    // Count years from March: then the leap day comes last and the months' lengths repeat every
    // five (153 days), so that plain division finds them. 719,468 days before 1970 a cycle of
    // 400 years (146,097 days) began on March 1st of the year 0.
    let (cycle, day) = ((days + 719_468) / 146_097, (days + 719_468) % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (carry, month) = if month < 10 { (0, month + 3) } else { (1, month - 9) };
    format!(
        "{:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:06}Z",
        cycle * 400 + year + carry,
        second / 3_600,
        second / 60 % 60,
        second % 60,
        time.subsec_micros()
    )
}

/// `log!(Info, "text with {captured} values", field = value)`, with `span:` before the text where
/// the event belongs to one.
#[macro_export]
macro_rules! log {
    ($level:ident, $($span:ident:)? $message:literal $(, $field:ident = $value:expr)* $(,)?) => {
        $crate::log::write(
            $crate::log::Level::$level,
            concat!($(stringify!($span))?),
            module_path!(),
            format_args!($message),
            &[$((stringify!($field), &$value as &dyn std::fmt::Debug)),*],
        )
    };
}

#[macro_export]
macro_rules! debug { ($($line:tt)*) => { $crate::log!(Debug, $($line)*) }; }

#[macro_export]
macro_rules! info { ($($line:tt)*) => { $crate::log!(Info, $($line)*) }; }

#[macro_export]
macro_rules! warn { ($($line:tt)*) => { $crate::log!(Warn, $($line)*) }; }

#[macro_export]
macro_rules! error { ($($line:tt)*) => { $crate::log!(Error, $($line)*) }; }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_calendar() {
        let at = |seconds| rfc3339(Duration::new(seconds, 123_456_789));
        assert_eq!(at(0), "1970-01-01T00:00:00.123456Z");
        assert_eq!(at(951_827_696), "2000-02-29T12:34:56.123456Z");
        assert_eq!(at(1_735_689_599), "2024-12-31T23:59:59.123456Z");
        assert_eq!(at(1_740_787_200), "2025-03-01T00:00:00.123456Z");
    }
}
