import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../main/engine/logs/events/logLine.ts';
import { AT, TIME } from './samples.ts';

const scopeOf = (rest: string) => {
  const line = parseLine(`${TIME}  INFO ${rest}`);
  return line && [line.spans, line.target, line.message];
};
const fieldsOf = (text: string) => {
  const line = parseLine(`${TIME}  INFO depot: ${text}`);
  return line && [line.message, Object.fromEntries(line.fields)];
};

describe('a line of the log', () => {
  it('is taken apart', () => {
    expect(
      parseLine(`${TIME} ERROR signal: conduwuit::signal: signal: Shutdown already in progress sig="SIGINT"`),
    ).toEqual({
      at: AT,
      level: 'ERROR',
      spans: ['signal'],
      target: 'conduwuit::signal',
      text: 'signal: Shutdown already in progress sig="SIGINT"',
      message: 'signal: Shutdown already in progress',
      fields: new Map([['sig', 'SIGINT']]),
      pretty: false,
    });
  });

  it('may be the first of several', () => {
    expect(parseLine(`  ${TIME} ERROR conduwuit: Loading router: no = such, file: "x"`)).toMatchObject({
      level: 'ERROR',
      spans: [],
      target: 'conduwuit',
      message: 'Loading router: no = such, file: "x"',
      pretty: true,
    });
  });

  it.each([
    ['depot_router: Module loaded', [], 'depot_router', 'Module loaded'],
    ['depot: Usage: depot [--port N]', [], 'depot', 'Usage: depot [--port N]'],
    ['depot: some_word: more', [], 'depot', 'some_word: more'],
    ['main: tuwunel: Exit runtime', ['main'], 'tuwunel', 'Exit runtime'],
    ['hyper::proto: conn: closed', [], 'hyper::proto', 'conn: closed'],
    ['conduwuit_api::client: a_b::c: x', [], 'conduwuit_api::client', 'a_b::c: x'],
    ['acme: hello: world', [], 'acme', 'hello: world'],
    ['room_directory: acme::client: hi', ['room_directory'], 'acme::client', 'hi'],
    ['main:start: conduwuit_service::services: up', ['main', 'start'], 'conduwuit_service::services', 'up'],
    ['get{path="/a}: b" id={x: 1}}:send{to=me}: acme: hi: ho', ['get', 'send'], 'acme', 'hi: ho'],
    ['ThreadId(01) run: conduwuit_router::run: Finish', ['run'], 'conduwuit_router::run', 'Finish'],
    ['depot:', [], 'depot', ''],
  ])('tells spans, target and message: %s', (rest, ...expected) => {
    expect(scopeOf(rest)).toEqual(expected);
  });

  it.each([
    ['Loading modules available=5 loaded=0', 'Loading modules', { available: '5', loaded: '0' }],
    [
      '0.5.0 name="a \\"b\\" c=d" levels=info,x=debug',
      '0.5.0',
      { name: 'a "b" c=d', levels: 'info,x=debug' },
    ],
    ['took e=Io { kind: NotFound } n=2', 'took', { e: 'Io { kind: NotFound }', n: '2' }],
    ['a=1 b= c=3', '', { a: '1', b: '', c: '3' }],
    ['GET /x?a=b&c=d', 'GET /x?a=b&c=d', {}],
    ['said "x a=1" and went', 'said "x a=1" and went', {}],
  ])('tells the message from its fields: %s', (text, ...expected) => {
    expect(fieldsOf(text)).toEqual(expected);
  });

  it('takes any name for a field', () => {
    const fields = parseLine(`${TIME}  INFO depot: hi __proto__=1 constructor=2`)?.fields;
    expect([...(fields ?? [])]).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  it('keeps a time that is none as text, and reads other zones', () => {
    expect(parseLine('2025-13-08T12:00:00Z  INFO a: b')?.at).toBe('2025-13-08T12:00:00Z');
    expect(parseLine('2025-04-08T14:00:00.123+02:00  INFO a: b')?.at).toBe(AT);
  });

  it('may come behind the echo of a key', () => {
    expect(parseLine(`^C^\\${TIME}  WARN signal: depot::signal: Received SIGINT`)?.target).toBe(
      'depot::signal',
    );
  });

  it.each([
    '',
    'hello',
    TIME,
    `${TIME}  INFO `,
    `${TIME}  INFO no target here`,
    `${TIME}  LOUD depot: hi`,
    ` ${TIME}  INFO depot: hi`,
    `${TIME}  INFO get{path="/a: depot: hi`,
    `\x1b[2m${TIME}\x1b[0m \x1b[32m INFO\x1b[0m \x1b[2mdepot\x1b[0m\x1b[2m:\x1b[0m hi`,
    `${TIME}  INFO depot: ${'x'.repeat(20_000)}`,
  ])('is not any other text', (line) => {
    expect(parseLine(line)).toBeNull();
  });
});
