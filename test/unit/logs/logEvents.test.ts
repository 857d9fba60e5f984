import { describe, expect, it } from 'vitest';
import { LogEvents } from '../../../main/engine/logs/events/logEvents.ts';
import { AT, eventsIn, factIn, RELOADS, TIME } from './samples.ts';

const info = (rest: string) => `${TIME}  INFO ${rest}`;
const error = (rest: string) => `${TIME} ERROR ${rest}`;
const pretty = (rest: string) => `  ${TIME} ERROR ${rest}`;

describe('a line says', () => {
  it.each([
    // Boot, and ready again.
    [info('conduwuit_database: Module loaded'), { kind: 'loaded', module: 'conduwuit_database' }],
    [info('main: tuwunel_api: Module loaded'), { kind: 'loaded', module: 'tuwunel_api' }],
    [info('start: conduwuit_service::services: Services startup complete.'), { kind: 'services-started' }],
    [
      info('tuwunel_router::serve: Listening on ["tcp:[::1]:8008", "unix:/run/a, b.sock"]'),
      { kind: 'ready', addresses: ['tcp:[::1]:8008', 'unix:/run/a, b.sock'] },
    ],
    [
      info('conduwuit_router::serve::tls: Listening on [0.0.0.0:8448] with TLS certificate /etc/x.pem'),
      { kind: 'ready', addresses: ['0.0.0.0:8448'] },
    ],
    [
      `${TIME}  WARN conduwuit_router::serve::tls: Listening on [0.0.0.0:8448] with TLS certificate /etc/x.pem and supporting plain text (HTTP) connections too (insecure!)`,
      { kind: 'ready', addresses: ['0.0.0.0:8448'] },
    ],
    [
      info('conduwuit_router::serve::unix: Listening at "/run/conduwuit.sock"'),
      { kind: 'ready', addresses: ['/run/conduwuit.sock'] },
    ],
    // Signals.
    [
      `${TIME}  WARN signal: depot::signal: Received SIGTERM`,
      { kind: 'shutdown-requested', signal: 'SIGTERM' },
    ],
    [
      error('signal: tuwunel::signals: signal: Reloading already in progress sig="SIGINT"'),
      { kind: 'refused', signal: 'SIGINT', why: 'Reloading already in progress' },
    ],
    [
      error('signal: depot::signal: signal: Shutdown already in progress sig="SIGQUIT"'),
      { kind: 'refused', signal: 'SIGQUIT', why: 'Shutdown already in progress' },
    ],
    [
      error('signal: conduwuit::signal: signal: Reloading not enabled'),
      { kind: 'refused', signal: null, why: 'Reloading not enabled' },
    ],
    // What goes wrong.
    [
      error('depot_core::module: Module "depot_api" is stuck and failed to unload.'),
      { kind: 'stuck', module: 'depot_api' },
    ],
    [
      pretty(
        'conduwuit: Loading router: Loading module "conduwuit_api" failed: /x/y.so: undefined symbol: a=b',
      ),
      { kind: 'load-failed', module: 'conduwuit_api', error: '/x/y.so: undefined symbol: a=b' },
    ],
    [
      error('depot: Loading module "depot_api" failed: /t/libdepot_api.so: No such file a=b'),
      { kind: 'load-failed', module: 'depot_api', error: '/t/libdepot_api.so: No such file a=b' },
    ],
    [
      pretty('conduwuit::mods: Starting server: I/O error: x'),
      { kind: 'failed', message: 'Starting server: I/O error: x' },
    ],
    [
      error('depot: Starting server: Address already in use (os error 98)'),
      { kind: 'failed', message: 'Starting server: Address already in use (os error 98)' },
    ],
    [pretty('tuwunel: Unloading router: gone'), { kind: 'failed', message: 'Unloading router: gone' }],
    [
      pretty('conduwuit: Critical error running server: x'),
      { kind: 'failed', message: 'Critical error running server: x' },
    ],
    [error('depot: 2 workers panicked'), { kind: 'failed', message: '2 workers panicked' }],
    ['Error: Loading module "x" failed: y', { kind: 'failed', message: 'Loading module "x" failed: y' }],
    [
      error('stop: conduwuit_router::run: 3 dangling references to Services after shutdown'),
      { kind: 'dangling', count: 3, what: 'Services' },
    ],
    // The end.
    [
      info('stop: conduwuit_service::services: Services shutdown complete.'),
      { kind: 'shutdown-step', step: 'services stopped' },
    ],
    [
      info('conduwuit_database::engine: Closing database... sequence=812'),
      { kind: 'shutdown-step', step: 'closing database' },
    ],
    [info('stop: tuwunel_router::run: Shutdown complete.'), { kind: 'shutdown-step', step: 'complete' }],
    [info('main: tuwunel: Exit runtime'), { kind: 'shutdown-step', step: 'runtime ended' }],
    [info('tuwunel: Exit'), { kind: 'exit' }],
    [info('depot::server: Exit'), { kind: 'exit' }],
  ])('%s', (line, fact) => {
    expect(factIn(line)).toEqual(fact);
  });

  it.each([
    [
      './depot: symbol lookup error: /t/libdepot_api.so: undefined symbol: _ZN5depot4core17h0E',
      '_ZN5depot4core17h0E',
      '/t/libdepot_api.so',
    ],
    ['depot: symbol lookup error: depot: undefined symbol: foo, version BAR_1', 'foo', 'depot'],
    [
      'depot: relocation error: /t/a.so: symbol foo, version V not defined in file b.so with link time reference',
      'foo',
      '/t/a.so',
    ],
    [
      '/t/depot: error while loading shared libraries: libstd-0a1b.so: cannot open shared object file: No such file or directory',
      null,
      'libstd-0a1b.so',
    ],
    ['error while loading shared libraries: a.so: cannot allocate memory in static TLS block', null, 'a.so'],
    ['Inconsistency detected by ld.so: dl-close.c: 277: _dl_close_worker: Assertion `x` failed!', null, null],
  ])('reads from the linker’s message why it ended: %s', (text, symbol, library) => {
    expect(factIn(text)).toEqual({ kind: 'linker-death', symbol, library, text });
  });

  it.each([
    info('depot_router: GET /Listening status=200'),
    info('depot_router: GET Listening on [1]'),
    info('depot_api: Listening on [127.0.0.1:80]'),
    info('conduwuit_api::client: Module loaded'),
    `${TIME}  WARN signal: conduwuit::signal: Received SIGUSR1`,
    `${TIME} DEBUG depot::mods: Loading modules available=5`,
    `${TIME} DEBUG depot::mods: Unloading modules available=5 loaded=5 stale=3 force=tr`,
    `${TIME} DEBUG depot::mods: Unloading modules available=-1 loaded=5 stale=3 force=true`,
    pretty('hyper: Error: broken pipe'),
    'error: could not compile `depot`',
    'a symbol lookup error: is explained here',
    "thread 'main' panicked at src/x.rs:1:2:",
  ])('reads nothing from %s', (line) => {
    expect(factIn(line)).toBeNull();
  });
});

describe('a reload', () => {
  it('of conduwuit, with a stuck module', () => {
    const addresses = ['127.0.0.1:8008', '[::1]:8008'];
    expect(eventsIn(RELOADS.conduwuit)).toEqual(
      [
        { kind: 'reload-requested', signal: 'SIGINT' },
        { kind: 'draining' },
        { kind: 'stopped-listening', addresses },
        { kind: 'drained' },
        { kind: 'unload-pass', available: 5, loaded: 5, stale: 3, force: false },
        { kind: 'unloading', module: 'conduwuit_router' },
        { kind: 'unloading', module: 'conduwuit_admin' },
        { kind: 'stuck', module: 'conduwuit_api' },
        { kind: 'load-pass', available: 5, loaded: 2 },
        { kind: 'loaded', module: 'conduwuit_admin' },
        { kind: 'loaded', module: 'conduwuit_router' },
        { kind: 'ready', addresses },
      ].map((fact) => ({ ...fact, at: AT })),
    );
  });

  it('of the sample, with its services', () => {
    const kinds = eventsIn(RELOADS.depot).map((event) => event.kind);
    expect(kinds).toEqual([
      'reload-requested',
      'stopped-listening',
      'services-stopping',
      ...Array<string>(3).fill('shutdown-step'),
      'unload-pass',
      ...Array<string>(5).fill('unloading'),
      'load-pass',
      ...Array<string>(5).fill('loaded'),
      'services-started',
      'ready',
    ]);
  });
});

describe('an error of several lines', () => {
  const head = pretty('conduwuit: Loading router: first');
  const first = { kind: 'failed', message: 'Loading router: first', at: AT };

  it('comes whole, when it is over', () => {
    const log = new LogEvents();
    expect(
      [head, 'second', '    at src/main/main.rs:102 on main ThreadId(1)', '    in conduwuit::main'].flatMap(
        (l) => log.push(l),
      ),
    ).toEqual([]);
    expect(log.push('')).toEqual([{ ...first, message: 'Loading router: first\nsecond' }]);
    expect(log.flush()).toEqual([]);
  });

  it('ends where another begins, and at the end', () => {
    const log = new LogEvents();
    log.push(head);
    expect(log.push(head)).toEqual([first]);
    expect(log.flush()).toEqual([first]);
    expect(log.flush()).toEqual([]);
  });

  it.each([
    [info('depot_api: Module loaded'), { kind: 'loaded', module: 'depot_api', at: AT }],
    ['Error: x', { kind: 'failed', message: 'x', at: null }],
  ])('ends with what is no part of it: %s', (line, event) => {
    expect(eventsIn([head, line])).toEqual([first, event]);
  });

  it('takes nothing in behind its place, nor without end', () => {
    expect(eventsIn([head, '    on main ThreadId(1)', 'other text'])).toEqual([first]);
    const [event] = eventsIn([head, ...Array<string>(10_000).fill('more')]);
    expect(event?.kind === 'failed' && event.message.split('\n').length).toBe(65);
    expect(eventsIn([head, 'x'.repeat(60_000), 'y'])).toEqual([first]);
  });
});
