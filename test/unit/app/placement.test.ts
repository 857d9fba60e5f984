import { describe, expect, it } from 'vitest';
import { placeWindow } from '../../../main/app/placement.ts';

const left = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: 0, width: 2560, height: 1400 };
const saved = { x: 2000, y: 100, width: 1400, height: 900, maximized: false };

describe('the place of the window', () => {
  it('is the system’s choice at first', () => {
    expect(placeWindow(null, [left])).toEqual({ width: 1280, height: 800, maximized: false });
  });

  it('is where it was', () => {
    expect(placeWindow(saved, [left, right])).toEqual(saved);
    expect(placeWindow({ ...saved, x: -50 }, [left])).toMatchObject({ x: -50 });
  });

  it.each([
    ['its display is gone', saved],
    ['its top is above every display', { ...saved, x: 10, y: -200 }],
    ['only a sliver would be seen', { ...saved, x: 1900 }],
    ['it is below every display', { ...saved, x: 10, y: 1030 }],
  ])('is the system’s choice when %s', (_why, placement) => {
    expect(placeWindow(placement, [left])).toEqual({ width: 1280, height: 800, maximized: false });
  });

  it('keeps being maximized when its display is gone', () => {
    expect(placeWindow({ ...saved, maximized: true }, [left]).maximized).toBe(true);
  });

  it('is no larger than the display and no smaller than the smallest', () => {
    expect(placeWindow({ ...saved, x: 0, y: 0, width: 9999, height: 9999 }, [left])).toMatchObject({
      width: 1920,
      height: 1040,
    });
    expect(placeWindow({ ...saved, width: 10, height: 10, x: 2000 }, [right])).toEqual({
      width: 1280,
      height: 800,
      maximized: false,
    });
    expect(placeWindow({ ...saved, width: 300, height: 10 }, [right])).toMatchObject({
      width: 900,
      height: 600,
    });
  });
});
