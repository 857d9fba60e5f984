import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProgram } from '../../../main/launch/systemPackages.ts';
import { startXvfb } from '../../../main/launch/xvfb.ts';

describe.skipIf(findProgram('Xvfb') === undefined)('a virtual display', () => {
  it('is one of its own each time, and goes away when it is stopped', async () => {
    const [first, second] = await Promise.all([startXvfb(), startXvfb()]);
    if (!first.ok || !second.ok) throw new Error('Xvfb did not start');
    try {
      expect(first.display).toMatch(/^:\d+$/);
      expect(second.display).not.toBe(first.display);
      expect(existsSync(socketOf(first.display))).toBe(true);
      expect(existsSync(first.environment.XAUTHORITY)).toBe(true);
    } finally {
      await Promise.all([first.stop(), second.stop()]);
    }
    expect(existsSync(socketOf(first.display))).toBe(false);
    expect(existsSync(dirname(first.environment.XAUTHORITY))).toBe(false);
    await first.stop();
  });
});

function socketOf(display: string): string {
  return `/tmp/.X11-unix/X${display.slice(1)}`;
}
