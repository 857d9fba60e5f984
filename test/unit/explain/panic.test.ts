/** The texts are what rustc 1.95, 1.70 and 1.60 programs print. */
import { describe, expect, test } from 'vitest';
import { panicked, panicStory, panicsIn } from '../../../main/engine/explain/panic.ts';

const BACKTRACE = [
  'stack backtrace:',
  '   0: std::panicking::begin_panic::<&str>',
  '             at /rustc/59807616/library/std/src/panicking.rs:761:5',
  '   1: p::main',
  'note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.',
];
const HINT = 'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace';
const CANNOT = [
  "thread 'main' (9394) panicked at /rustc/59807616/library/core/src/panicking.rs:225:5:",
  'panic in a function that cannot unwind',
];

describe('a panic', () => {
  test.each<[string, string[], { thread: string | null; place: string; message: string }]>([
    [
      'its message is the line after "panicked at", not the backtrace',
      ['', "thread 'main' (9388) panicked at p.rs:4:17:", 'boom', ...BACKTRACE],
      { thread: 'main', place: 'p.rs:4:17', message: 'boom' },
    ],
    [
      'before the threads had numbers',
      ["thread 'main' panicked at src/main.rs:3:5:", 'boom', HINT],
      { thread: 'main', place: 'src/main.rs:3:5', message: 'boom' },
    ],
    [
      'a message of several lines, an empty one among them',
      ["thread 'main' panicked at src/main.rs:3:5:", 'multi', 'line', '', 'message', HINT],
      { thread: 'main', place: 'src/main.rs:3:5', message: 'multi\nline\n\nmessage' },
    ],
    [
      'an assertion, with both of its sides; what the server logs next is none of it',
      [
        "thread 'a b' panicked at p.rs:9:20:",
        'assertion failed: why',
        '  left: 1',
        ' right: 2',
        'INFO on it goes',
      ],
      { thread: 'a b', place: 'p.rs:9:20', message: 'assertion failed: why\n  left: 1\n right: 2' },
    ],
    [
      'of a thread without a name',
      ["thread '<unnamed>' (9392) panicked at p.rs:6:45:", 'x', HINT],
      { thread: null, place: 'p.rs:6:45', message: 'x' },
    ],
    [
      'as Rust before 1.73 writes it',
      ["thread 'main' panicked at 'it's over', src/main.rs:3:5", HINT],
      { thread: 'main', place: 'src/main.rs:3:5', message: "it's over" },
    ],
    [
      'the same over several lines, from a logger',
      ["ERROR thread 'main' panicked at 'first", "second', src/main.rs:3:5"],
      { thread: 'main', place: 'src/main.rs:3:5', message: 'first\nsecond' },
    ],
  ])('%s', (_, lines, panic) => {
    expect(panicsIn(lines)).toEqual([panic]);
  });

  test('no panic is read into lines that merely speak of one', () => {
    expect(panicsIn(['INFO a task panicked at noon', "thread 'x' panicked at 'half of it"])).toEqual([]);
  });
});

describe('what a panic has to do with the end', () => {
  const worker = ["thread 'worker 1' panicked at p.rs:5:13:", 'index out of bounds', HINT];
  const main = [
    "thread 'main' panicked at p.rs:6:65:",
    'called `Result::unwrap()` on an `Err` value: Any { .. }',
  ];

  test('exit code 101 is a panic of the main thread, and it reports the one that led to it', () => {
    const story = panicStory([...worker, ...main], { code: 101, signal: null });
    expect(story?.cause?.message).toContain('Result::unwrap()');
    expect(story?.earlier?.message).toBe('index out of bounds');
    expect(story?.aborted).toBeNull();
  });

  test('at another exit code a panic of a thread is not called the reason', () => {
    const story = panicStory([...worker, 'server goes on'], { code: 3, signal: null });
    expect(story).toMatchObject({ cause: null, earlier: { thread: 'worker 1' } });
    expect(panicStory(worker, { code: null, signal: 'SIGSEGV' })?.cause).toBeNull();
  });

  test.each([[{ code: null, signal: 'SIGABRT' }], [{ code: 134, signal: null }]])(
    'an abort behind a panic that could not unwind names the panic itself: %j',
    (end) => {
      const lines = ["thread 'main' (9394) panicked at p.rs:1:26:", 'in extern', ...BACKTRACE, '', ...CANNOT];
      const story = panicStory([...lines, ...BACKTRACE, 'thread caused non-unwinding panic. aborting.'], end);
      expect(story).toMatchObject({
        cause: { message: 'in extern', place: 'p.rs:1:26' },
        aborted: 'panic in a function that cannot unwind',
      });
    },
  );

  test('recognizes a panic while panicking, as older runtimes report it', () => {
    const lines = [
      "thread 'main' panicked at p.rs:1:26:",
      'first',
      HINT,
      'thread panicked while panicking. aborting.',
    ];
    expect(panicStory(lines, { code: null, signal: 'SIGABRT' })).toMatchObject({
      cause: { message: 'first' },
      aborted: 'thread panicked while panicking',
    });
  });

  test('an abort without a panic has none', () => {
    expect(panicStory(['INFO fine'], { code: null, signal: 'SIGABRT' })).toBeNull();
  });
});

test('describes a panic in a sentence', () => {
  expect(panicked({ thread: 'main', place: 'a.rs:1:2', message: '' })).toBe(
    "thread 'main' panicked at a.rs:1:2",
  );
  expect(panicked({ thread: null, place: 'a.rs:1:2', message: '' })).toBe(
    'a thread without a name panicked at a.rs:1:2',
  );
});
