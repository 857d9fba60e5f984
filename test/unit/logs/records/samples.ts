import type { LogRecord } from '../../../../main/engine/logs/records/record.ts';
import { RecordParser } from '../../../../main/engine/logs/records/recordParser.ts';

export const TIME = '2025-04-08T12:00:00.123456Z';
export const AT = Date.UTC(2025, 3, 8, 12, 0, 0, 123) + 0.456;

/** All records in these lines. */
export function recordsIn(lines: readonly string[]): LogRecord[] {
  const parser = new RecordParser();
  return [...lines.flatMap((line) => parser.push(line)), ...parser.flush()];
}

const COLORS = { TRACE: 35, DEBUG: 34, INFO: 32, WARN: 33, ERROR: 31 };

/** A line of tracing's one-line form as it paints it; `rest` is painted already. */
export const painted = (level: keyof typeof COLORS, rest: string): string =>
  `\x1b[2m${TIME}\x1b[0m \x1b[${COLORS[level]}m${level.padStart(5)}\x1b[0m ${rest}`;

/** One block of lines for each form that is known. */
export const BLOCKS: Readonly<Record<string, readonly string[]>> = {
  tracing: [
    `${TIME}  INFO request{id=3 path="/a b"}:send: depot_router::serve: GET /visits status=200 took=3ms`,
  ],
  painted: [
    painted(
      'WARN',
      '\x1b[1msignal\x1b[0m\x1b[2m:\x1b[0m \x1b[2mconduwuit::signal\x1b[0m\x1b[2m:\x1b[0m Received SIGINT \x1b[3mn\x1b[0m\x1b[2m=\x1b[0m1',
    ),
  ],
  compact: [`${TIME} DEBUG start:load: depot_api::client: opened file="x.so" id=4 depth=2`],
  indented: [
    `${TIME} ERROR depot: no config: Config {`,
    '    port: 1,',
    '    inner: [',
    '        2,',
    '    ],',
    '}',
  ],
  pretty: [
    `  ${TIME} ERROR conduwuit_core::mods::module: Module "conduwuit_api" is stuck`,
    'and failed to unload.',
    '    at src/core/mods/module.rs:31 on main ThreadId(1)',
    '    in conduwuit_core::mods::unload with name: "api", forced: true',
    '    in conduwuit::reload with n=3',
    '',
  ],
  json: [
    `{"timestamp":"${TIME}","level":"INFO","fields":{"message":"GET /","status":200,"deep":{"a":[1]}},"target":"depot_router","span":{"name":"send"},"spans":[{"id":3,"name":"request"},{"name":"send"}]}`,
  ],
  jsonFlat: [`{"timestamp":"${TIME}","level":"ERROR","message":"no","code":7,"target":"depot::mods"}`],
  envLogger: ['[2025-04-08T12:00:00Z INFO  depot_api::client] opened id=4'],
  envLoggerTimeless: ['[WARN  depot] slow'],
  timeless: [' INFO depot_router: Listening on [127.0.0.1:80]'],
  uptime: ['   0.018763700s DEBUG depot::mods: Loading modules available=5'],
  panic: [
    "thread 'tokio-runtime-worker' (12) panicked at src/api/src/lib.rs:12:5:",
    'assertion `left == right` failed',
    '  left: 1',
    ' right: 2',
    'stack backtrace:',
    '   0: rust_begin_unwind',
    '             at /rustc/05f98/library/std/src/panicking.rs:665:5',
    '   1: depot_api::visits',
    'note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.',
  ],
  linker: ['./depot: symbol lookup error: /t/libdepot_api.so: undefined symbol: _ZN5depot4core17h0E'],
  failure: [
    'Error: Starting server',
    '',
    'Caused by:',
    '    0: Address already in use',
    '    1: os error 98',
  ],
  text: ['hello there'],
};
