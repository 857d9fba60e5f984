import { expect, test } from 'vitest';
import { CargoProgressParser } from '../../../main/engine/cargo/cargoProgressParser.ts';
import { crateOf, parseUnit } from '../../../main/engine/cargo/cargoUnits.ts';

const COMPILING = '\x1b[1m\x1b[92m   Compiling\x1b[0m depot_api v0.1.0 (/srv/api)\n';
const bar = (count: string, names: string): string =>
  `\x1b[1m\x1b[96m    Building\x1b[0m [===>        ] ${count}: ${names}            \r`;
const SAID = `${COMPILING}${bar('1/7', 'depot(bin), depot_api')}\x1b[K${COMPILING.replaceAll('api', 'admin')}${bar(
  '2/7',
  'depot_admin, syn(build.rs), ...',
)}\x1b[K\x1b[1m\x1b[92m    Finished\x1b[0m in 1.9s\n`;

const EVENTS = [
  { kind: 'compiling', crate: { name: 'depot_api', version: '0.1.0' } },
  { kind: 'count', of: 7, crates: ['depot', 'depot_api'] },
  { kind: 'compiling', crate: { name: 'depot_admin', version: '0.1.0' } },
  { kind: 'count', of: 7, crates: ['depot_admin', 'syn'] },
];

test('tells what cargo begins with and how far it is, and leaves its progress out of the text', () => {
  expect(new CargoProgressParser().push(SAID)).toEqual({
    text: `${COMPILING}${COMPILING.replaceAll('api', 'admin')}\x1b[1m\x1b[92m    Finished\x1b[0m in 1.9s\n`,
    events: EVENTS,
  });
});

test('wherever the text is cut', () => {
  const whole = new CargoProgressParser().push(SAID).text;
  for (let at = 1; at < SAID.length; at += 1) {
    const talk = new CargoProgressParser();
    const parts = [talk.push(SAID.slice(0, at)), talk.push(SAID.slice(at))];
    expect(parts.map(({ text }) => text).join('') + talk.flush()).toBe(whole);
    expect(parts.flatMap(({ events }) => events)).toEqual(EVENTS);
  }
});

test('a line without an end comes at the end, and one that never ends does not wait', () => {
  const talk = new CargoProgressParser();
  expect(talk.push('error: no\r\nlast').text).toBe('error: no\r\n');
  expect(talk.flush()).toBe('last');
  expect(talk.push('x'.repeat(70_000)).text).toHaveLength(70_000);
});

test('passes of the compiler, where it is asked to tell', () => {
  const { events } = new CargoProgressParser().push(
    'time:   0.285; rss:  114MB ->  114MB (   +0MB)\trun_linker\n',
  );
  expect(events).toEqual([{ kind: 'pass', pass: 'run_linker', ms: 285 }]);
});

test.each([
  ['path+file:///srv/depot_api#0.1.0', 'depot_api', '0.1.0'],
  ['path+file:///srv/api#depot_api@0.1.0', 'depot_api', '0.1.0'],
  ['registry+https://github.com/rust-lang/crates.io-index#syn@2.0.1', 'syn', '2.0.1'],
  ['syn 1.0.109 (registry+https://github.com/rust-lang/crates.io-index)', 'syn', '1.0.109'],
])('%s is a package', (id, name, version) => {
  expect(crateOf(id, new Map())).toEqual({ name, version });
});

test('units: artifacts, build scripts and their runs', () => {
  const id = 'path+file:///srv/api#depot_api@0.1.0';
  const crate = { name: 'depot_api', version: '0.1.0' };
  const parse = (value: object) => parseUnit(JSON.stringify(value), new Map([[id, 'depot_api']]));
  const artifact = (kind: string) =>
    parse({ reason: 'compiler-artifact', package_id: id, fresh: false, target: { kind: [kind] } });
  expect(artifact('dylib')).toEqual({ kind: 'unit', crate, fresh: false, script: false });
  expect(artifact('custom-build')).toEqual({ kind: 'unit', crate, fresh: false, script: true });
  const ran = parse({ reason: 'build-script-executed', package_id: id, out_dir: '/srv' });
  expect(ran).toEqual({ kind: 'unit', crate, fresh: null, script: true });
  expect(parse({ reason: 'build-finished', success: true })).toBeNull();
  expect(parseUnit('{"reason":"compiler-artifact"', new Map())).toBeNull();
});

test('that it has to wait for a lock is heard, and stays in the text', () => {
  const talk = new CargoProgressParser();
  const line = '\x1b[1m\x1b[36m    Blocking\x1b[0m waiting for file lock on build directory\n';
  expect(talk.push(line)).toEqual({ text: line, events: [{ kind: 'blocked', on: 'build directory' }] });
});
