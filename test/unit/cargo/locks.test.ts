import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BuildEvent } from '../../../main/engine/building/buildEvents.ts';
import { holderIn } from '../../../main/engine/cargo/lockHolder.ts';
import { LockWatch } from '../../../main/engine/cargo/lockWatch.ts';
import { waitMessage, waitRemedy, waitsFor } from '../../../main/engine/cargo/lockWords.ts';
import { type BlockedLock, blockedIn } from '../../../main/engine/process/fileLocks.ts';

// As Linux 6.8 writes it.
const LOCKS = `1: POSIX  ADVISORY  READ 812 fd:00:1573 1073741826 1073742335
2: FLOCK  ADVISORY  WRITE 4242 fd:00:9001 0 EOF
2: -> FLOCK  ADVISORY  WRITE 4711 fd:00:9001 0 EOF
2:  -> FLOCK  ADVISORY  WRITE 4712 fd:00:9001 0 EOF
3: FLOCK  ADVISORY  READ 4300 fd:00:77 0 EOF
4: -> FLOCK  ADVISORY  WRITE 5000 fd:00:78 0 EOF
5: FLOCK  ADVISORY  WRITE 0 fd:00:79 0 EOF
5: -> FLOCK  ADVISORY  WRITE 5001 fd:00:79 0 EOF
`;

describe('the kernel’s list of locks', () => {
  it('tells who waits, and for whom', () => {
    expect(blockedIn(LOCKS)).toEqual([
      { waiter: 4711, holder: 4242 },
      { waiter: 4712, holder: 4242 },
      { waiter: 5000, holder: null },
      { waiter: 5001, holder: null },
    ]);
    expect(blockedIn('')).toEqual([]);
  });
});

const line = (...names: string[]) => names.map((name, i) => ({ pid: 100 - i, name, words: [name] }));
const cargo = (...words: string[]) => ({ pid: 7, name: 'cargo', words });

describe('who holds a lock', () => {
  it('is rust-analyzer, whatever stands between', () => {
    const check = cargo('/home/me/.cargo/bin/cargo', '+nightly', '-q', 'check', '--workspace');
    const holder = holderIn([check, ...line('rust-analyzer', 'code', 'systemd')], 1);
    expect(holder).toEqual({
      pid: 7,
      kind: 'rust-analyzer',
      command: 'cargo check',
      startedBy: 'rust-analyzer',
    });
    const wait = { what: 'build directory', holder };
    expect(waitsFor(wait)).toBe('rust-analyzer');
    expect(waitMessage(wait)).toBe(
      'The build is waiting for the lock on the build directory, held by rust-analyzer (cargo check, process 7).',
    );
    expect(waitRemedy(wait)).toContain('rust-analyzer.cargo.targetDir');
    // A target directory of its own is no help for what all share.
    expect(waitRemedy({ ...wait, what: 'package cache' })).not.toContain('targetDir');
  });

  it('is a cargo of a shell, which is not said to be in a terminal, or of another program', () => {
    const shell = holderIn([cargo('cargo', 'build'), ...line('sh', 'bash', 'sshd')], 1);
    const scripted = { what: 'artifact directory', holder: shell };
    expect(waitMessage(scripted)).toContain('held by cargo build (process 7, started by bash).');
    expect(waitMessage(scripted)).not.toContain('terminal');
    const other = holderIn([cargo('cargo', 'test'), ...line('rustrover', 'systemd')], 1);
    const wait = { what: 'build directory', holder: other };
    expect(waitsFor(wait)).toBe('another cargo');
    expect(waitMessage(wait)).toContain('held by cargo test (process 7, started by rustrover).');
    expect(waitRemedy(wait)).toBe('The build continues when the process that holds the lock releases it.');
  });

  it('is a cargo of Hotdeck itself', () => {
    const holder = holderIn([cargo('cargo', 'metadata'), { pid: 55, name: 'node', words: [] }], 55);
    expect(holder?.kind).toBe('hotdeck');
  });

  it('can be unknown, and then nothing is made up', () => {
    expect(holderIn([], 1)).toBeNull();
    const wait = { what: null, holder: null };
    expect(waitsFor(wait)).toBe('a cargo lock');
    expect(waitMessage(wait)).toContain("Hotdeck can't see which process holds it.");
    for (const what of [null, 'package cache'])
      expect(waitRemedy({ what, holder: null })).toBe('The build continues when the lock is free.');
  });
});

describe('a build', () => {
  let now: BlockedLock[] | null = [];
  let told: BuildEvent[] = [];
  const watching = () =>
    new LockWatch(
      process.pid,
      (event) => told.push(event),
      () => now,
    );
  const waits = () => told.flatMap((event) => (event.kind === 'waiting' ? [event] : []));
  const unit: BuildEvent = {
    kind: 'unit',
    crate: { name: 'a', version: '1' },
    fresh: true,
    script: false,
  };
  beforeEach(() => {
    vi.useFakeTimers();
    [now, told] = [[], []];
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('that is told to wait waits until the lock is free', async () => {
    const watch = watching();
    watch.note({ kind: 'blocked', on: 'build directory' });
    now = [{ waiter: process.pid, holder: null }];
    await vi.advanceTimersByTimeAsync(3_000);
    expect(waits()).toHaveLength(1);
    now = [];
    await vi.advanceTimersByTimeAsync(100);
    expect(waits()).toHaveLength(2);
    expect(waits()[1]).toMatchObject({ wait: null });
    expect(waits()[1]?.waited).toBeGreaterThanOrEqual(3_000);
    expect(waits()[1]?.waited).toBeLessThanOrEqual(3_100);
    watch.stop();
    expect(waits()).toHaveLength(2);
  });

  it('that is quiet is found in the list; another’s wait is not its own', async () => {
    const watch = watching();
    now = [{ waiter: 1, holder: null }];
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual([]);
    now = [{ waiter: process.pid, holder: null }];
    await vi.advanceTimersByTimeAsync(300);
    expect(waits()).toHaveLength(1);
    watch.stop();
  });

  it('that works is not looked at any more', async () => {
    const watch = watching();
    watch.note(unit);
    now = [{ waiter: process.pid, holder: null }];
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits until it works, where there is no such list', async () => {
    now = null;
    const watch = watching();
    watch.note({ kind: 'blocked', on: 'package cache' });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(waits()).toHaveLength(1);
    watch.note(unit);
    expect(waits()[1]?.waited).toBeGreaterThanOrEqual(2_000);
  });
});
