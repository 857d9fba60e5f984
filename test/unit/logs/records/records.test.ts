import { describe, expect, it } from 'vitest';
import { RecordParser } from '../../../../main/engine/logs/records/recordParser.ts';
import { AT, BLOCKS, painted, recordsIn, TIME } from './samples.ts';

const block = (name: string) => BLOCKS[name] ?? [];
const recordOf = (name: string) => recordsIn(block(name))[0];

describe('a record', () => {
  it('of tracing’s one-line form is taken apart', () => {
    const [text = ''] = block('tracing');
    expect(recordsIn([text])).toEqual([
      {
        format: 'tracing',
        time: AT,
        level: 'info',
        target: 'depot_router::serve',
        module: 'depot_router',
        spans: [
          {
            name: 'request',
            fields: [
              { name: 'id', value: '3' },
              { name: 'path', value: '/a b' },
            ],
          },
          { name: 'send', fields: [] },
        ],
        message: 'GET /visits',
        fields: [
          { name: 'status', value: '200' },
          { name: 'took', value: '3ms' },
        ],
        text,
        extra: [],
        lines: 1,
      },
    ]);
  });

  it('reads the same through colors', () => {
    expect(recordOf('painted')).toMatchObject({
      time: AT,
      level: 'warn',
      target: 'conduwuit::signal',
      module: 'conduwuit',
      spans: [{ name: 'signal', fields: [] }],
      message: 'Received SIGINT',
      fields: [{ name: 'n', value: '1' }],
      text: `${TIME}  WARN signal: conduwuit::signal: Received SIGINT n=1`,
    });
  });

  it('of the compact form has its spans’ fields among its own', () => {
    expect(recordOf('compact')).toMatchObject({
      level: 'debug',
      target: 'depot_api::client',
      spans: [{ name: 'start' }, { name: 'load' }],
      message: 'opened',
      fields: [{ name: 'file' }, { name: 'id' }, { name: 'depth', value: '2' }],
    });
  });

  it('keeps what is indented below it', () => {
    expect(recordOf('indented')).toMatchObject({
      level: 'error',
      message: 'no config: Config {',
      extra: block('indented').slice(1),
      lines: 6,
    });
  });

  it('of several lines stays whole', () => {
    expect(recordOf('pretty')).toMatchObject({
      format: 'pretty',
      level: 'error',
      target: 'conduwuit_core::mods::module',
      module: 'conduwuit_core',
      message: 'Module "conduwuit_api" is stuck\nand failed to unload.',
      spans: [
        { name: 'reload', fields: [{ name: 'n', value: '3' }] },
        {
          name: 'unload',
          fields: [
            { name: 'name', value: 'api' },
            { name: 'forced', value: 'true' },
          ],
        },
      ],
      extra: block('pretty').slice(1, -1),
      lines: 6,
    });
  });

  it('may be JSON', () => {
    expect(recordOf('json')).toMatchObject({
      time: AT,
      level: 'info',
      target: 'depot_router',
      spans: [{ name: 'request', fields: [{ name: 'id', value: '3' }] }, { name: 'send' }],
      message: 'GET /',
      fields: [
        { name: 'status', value: '200' },
        { name: 'deep', value: '{"a":[1]}' },
      ],
    });
    expect(recordOf('jsonFlat')).toMatchObject({
      level: 'error',
      target: 'depot::mods',
      message: 'no',
      fields: [{ name: 'code', value: '7' }],
    });
  });

  it('may be cut JSON, or JSON deeper than anyone reads', () => {
    const [text = ''] = block('json');
    const cut = text.slice(0, 80);
    expect(recordsIn([cut])).toMatchObject([{ format: 'json', level: 'info', message: cut, time: AT }]);
    const deep = `{"level":"INFO","message":"x","a":${'['.repeat(7000)}${']'.repeat(7000)}}`;
    expect(recordsIn([deep])).toMatchObject([{ level: 'info', message: 'x' }]);
  });

  it.each([
    ['envLogger', Date.UTC(2025, 3, 8, 12), 'info', 'depot_api::client', 'opened'],
    ['envLoggerTimeless', null, 'warn', 'depot', 'slow'],
    ['timeless', null, 'info', 'depot_router', 'Listening on [127.0.0.1:80]'],
    ['uptime', null, 'debug', 'depot::mods', 'Loading modules'],
    ['text', null, null, null, 'hello there'],
  ])('of another form is read too: %s', (name, time, level, target, message) => {
    expect(recordOf(name)).toMatchObject({ time, level, target, message });
  });

  it('may be a panic, with its backtrace and the hint below', () => {
    expect(recordOf('panic')).toMatchObject({
      format: 'panic',
      level: 'error',
      message: block('panic').slice(0, 4).join('\n'),
      fields: [
        { name: 'thread', value: 'tokio-runtime-worker' },
        { name: 'at', value: 'src/api/src/lib.rs:12:5' },
      ],
      lines: 9,
    });
  });

  it('may be the end of the process', () => {
    expect(recordOf('linker')).toMatchObject({
      format: 'linker',
      level: 'error',
      fields: [
        { name: 'symbol', value: '_ZN5depot4core17h0E' },
        { name: 'library', value: '/t/libdepot_api.so' },
      ],
    });
    expect(recordOf('failure')).toMatchObject({ format: 'failure', level: 'error', lines: 5 });
  });

  it('without a target still has its level', () => {
    expect(recordsIn([`${TIME}  INFO no target here`])).toMatchObject([
      { level: 'info', target: null, module: null, message: 'no target here' },
    ]);
  });

  it('has no level where none is written', () => {
    for (const line of ['', 'INFO', 'INFORM me', '[INFO', 'thread panicked', `${TIME} LOUD depot: x`]) {
      expect(recordsIn([line]), line).toMatchObject([{ level: null, text: line }]);
    }
  });
});

describe('lines', () => {
  it('of all forms one after the other are grouped as they were written', () => {
    const blocks = Object.values(BLOCKS);
    const records = recordsIn(blocks.flat());
    expect(records.map(({ lines }) => lines)).toEqual(blocks.map(({ length }) => length));
    expect(records).toEqual(blocks.flatMap((lines) => recordsIn(lines)));
  });

  it('of a panic end before whatever begins a record', () => {
    const [head = '', message = ''] = block('panic');
    const records = recordsIn([head, message, ...block('tracing'), 'more']);
    expect(records.map(({ lines }) => lines)).toEqual([2, 1, 1]);
  });

  it('behind a blank one are no part of an error above', () => {
    const records = recordsIn([`  ${TIME} ERROR depot: a`, '    at x.rs:1', 'stray', '    at y.rs:2']);
    expect(records.map(({ text }) => text.trim())).toEqual([`${TIME} ERROR depot: a`, 'stray', 'at y.rs:2']);
  });

  it('that are many, or long, end the record that would swallow them', () => {
    const many = recordsIn([`${TIME}  INFO a: b`, ...Array.from({ length: 1000 }, () => '  x')]);
    expect(many[0]?.lines).toBe(401);
    expect(many).toHaveLength(601);
    const long = recordsIn([`${TIME}  INFO a: b`, `  ${'x'.repeat(5000)}`]);
    expect(long).toHaveLength(2);
  });

  it('are given as soon as their record is over', () => {
    const parser = new RecordParser();
    expect(parser.push('plain')).toHaveLength(1);
    expect(parser.pending).toBe(false);
    expect(parser.push(`${TIME}  INFO a: one`)).toEqual([]);
    expect(parser.pending).toBe(true);
    expect(parser.push(`${TIME}  INFO a: two`)).toMatchObject([{ message: 'one' }]);
    expect(parser.push('plain')).toMatchObject([{ message: 'two' }, { message: 'plain' }]);
    expect(parser.push(`${TIME}  INFO a: three`)).toEqual([]);
    expect(parser.flush()).toMatchObject([{ message: 'three' }]);
    // What comes after a pause is no part of it.
    expect(parser.push('  indented')).toMatchObject([{ level: null }]);
    expect(parser.flush()).toEqual([]);
  });

  it('keep their text, however long, and are read in their first part', () => {
    const rest = 'x '.repeat(5_000_000);
    const [record] = recordsIn([painted('INFO', `depot: ${rest}a=1`)]);
    expect(record?.text.length).toBeGreaterThan(10_000_000);
    expect(record?.message.length).toBeLessThanOrEqual(16 * 1024);
    expect(record).toMatchObject({ level: 'info', target: 'depot' });
  });

  it('lose a carriage return and every kind of escape sequence', () => {
    const line =
      '\x1b]0;a title\x07\x1b]8;;file:///x\x1b\\link\x1b]8;;\x1b\\\x1b[?25l\x1b(B\x1b7 end\x1b[K\r';
    expect(recordsIn([line])).toMatchObject([{ text: 'link end' }]);
    expect(recordsIn(['\x1b[38;5;1', '\x1b]0;open'])).toMatchObject([
      { text: '\x1b[38;5;1' },
      { text: '\x1b]0;open' },
    ]);
  });
});
