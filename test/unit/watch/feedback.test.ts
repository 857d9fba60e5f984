import { describe, expect, test } from 'vitest';
import { FeedbackLoop, type LoopVerdict } from '../../../main/engine/watch/feedback.ts';

const FILE = 'src/generated.rs';

/** A clock, a loop, and builds of a second that an edit starts again. */
function stage(suspects: readonly string[] = []) {
  const loop = new FeedbackLoop();
  let now = 1_000_000;
  let building = false;
  const begin = (byEdit = true): void => {
    if (building) loop.ended(now, true);
    loop.began(now, byEdit);
    building = true;
  };
  return {
    loop,
    begin,
    wait: (ms: number): void => {
      now += ms;
    },
    end: (): void => {
      loop.ended(now, false);
      building = false;
    },
    /** Builds, too, if that is the verdict. */
    edit: (...files: string[]): LoopVerdict => {
      const verdict = loop.edited(files, { at: now, reloaded: 0, suspects });
      if (verdict.kind === 'build') begin();
      return verdict;
    },
  };
}

describe('a build that writes what is watched', () => {
  test('may be seen to do so just after its end', () => {
    const { loop, edit, wait, end } = stage();
    edit('src/lib.rs');
    for (const _ of [1, 2, 3]) {
      wait(300);
      edit(FILE);
    }
    end();
    wait(400);
    expect(edit(FILE).kind).toBe('hold');
    expect(loop.isHeld).toBe(true);
  });

  test.each([
    [true, 300],
    // Quicker than the pieces of one write may be apart.
    [true, 110],
    [false, 300],
  ])('is found after a few builds (while it is built: %s, after %i ms)', (isDuring, after) => {
    const { loop, edit, wait, end, begin } = stage(['low']);
    const round = (): LoopVerdict => {
      wait(after);
      if (!isDuring) end();
      if (!isDuring) wait(100);
      return edit(FILE);
    };
    expect(edit('src/lib.rs').kind).toBe('build');
    expect(round().kind).toBe('build');
    expect(round().kind).toBe('build');
    expect(round().kind).toBe('hold');
    if (isDuring) end();
    wait(1500);
    expect(loop.proceed()).toBe(true);
    begin();
    expect(round()).toEqual({ kind: 'loop', files: [FILE], suspects: ['low'], rounds: 4 });
    expect(loop.suspended).toEqual([FILE]);
    end();
    wait(5000);
    expect(edit(FILE).kind).toBe('suspended');
    expect(edit('src/lib.rs', FILE)).toEqual({ kind: 'build', files: ['src/lib.rs'] });
    wait(300);
    expect(edit(FILE).kind).toBe('suspended');
    loop.resume();
    expect(edit(FILE)).toEqual({ kind: 'build', files: [FILE] });
  });

  test('is found when it is a program that waits for builds', () => {
    const { loop, edit, wait, end, begin } = stage();
    edit('src/lib.rs');
    for (const late of [1200, 1350, 1250]) {
      wait(1000);
      end();
      wait(late);
      edit(FILE);
    }
    expect(loop.isHeld).toBe(true);
    wait(1500);
    expect(loop.proceed()).toBe(true);
    begin();
    wait(1000);
    end();
    wait(1300);
    expect(edit(FILE).kind).toBe('loop');
  });

  test('is found though each write is seen in pieces, and of several files', () => {
    const { loop, edit, wait, end, begin } = stage();
    const round = (): string[] => {
      wait(250);
      const first = edit(FILE).kind;
      wait(8);
      const piece = edit(FILE).kind;
      wait(8);
      return [first, piece];
    };
    edit('src/lib.rs');
    expect(round()).toEqual(['build', 'build']);
    expect(round()).toEqual(['build', 'build']);
    expect(round()).toEqual(['hold', 'hold']);
    end();
    wait(1500);
    expect(loop.proceed()).toBe(true);
    begin();
    wait(300);
    expect(edit(FILE).kind).toBe('loop');
  });
});

describe('a user who saves', () => {
  test.each([200, 600, 900, 1500, 3000])('every %i ms is let be', (every) => {
    const { loop, edit, wait, end } = stage();
    let held = 0;
    let endIn = Number.POSITIVE_INFINITY;
    let quiet = Number.POSITIVE_INFINITY;
    for (let ms = 0; ms < 60_000; ms += 100) {
      if (ms % every === 0) {
        const verdict = edit('src/lib.rs');
        expect(verdict.kind).not.toBe('loop');
        if (verdict.kind === 'build') {
          endIn = 1000;
          quiet = Number.POSITIVE_INFINITY;
        } else if (verdict.kind === 'hold') {
          held += 1;
          quiet = endIn === Number.POSITIVE_INFINITY ? verdict.quiet : endIn + verdict.quiet;
        }
      }
      wait(100);
      endIn -= 100;
      quiet -= 100;
      if (endIn <= 0) {
        end();
        endIn = Number.POSITIVE_INFINITY;
      }
      if (quiet <= 0 && loop.proceed()) {
        quiet = Number.POSITIVE_INFINITY;
        loop.began(1_000_000 + ms + 100, true);
        endIn = 1000;
      }
    }
    expect(loop.suspended).toEqual([]);
    expect(held).toBeLessThan(60_000 / every);
  });

  test.each([
    // Seconds from the end of a build to the next save: as quick as one can be who looks at what it came to.
    [[1.0, 1.6, 1.1, 1.5, 1.0, 1.6, 1.2]],
    [[1.3, 1.9, 1.4, 1.9, 1.3, 1.8]],
  ])('as soon as each build is over is let be', (pauses) => {
    const { loop, edit, wait, end, begin } = stage();
    edit(FILE);
    for (const seconds of pauses) {
      wait(1000);
      end();
      wait(seconds * 1000);
      if (edit(FILE).kind !== 'hold') continue;
      wait(1500);
      if (loop.proceed()) begin();
    }
    expect(loop.suspended).toEqual([]);
  });

  test('another file in between, or asks for builds, is let be', () => {
    const { edit, wait, begin } = stage();
    for (let i = 0; i < 20; i += 1) {
      wait(300);
      expect(edit(i % 2 === 0 ? 'src/a.rs' : 'src/b.rs').kind).toBe('build');
    }
    for (let i = 0; i < 20; i += 1) {
      begin(false);
      wait(300);
      expect(edit(FILE).kind).toBe('build');
    }
  });
});
