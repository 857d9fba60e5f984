import { describe, expect, it } from 'vitest';
import { planDisplay } from '../../../main/launch/display.ts';
import { authorityFile } from '../../../main/launch/xvfb.ts';

describe('where the window appears', () => {
  it('is the screen where there is one', () => {
    expect(planDisplay('linux', { DISPLAY: ':0' }, false)).toEqual({ use: 'screen' });
    expect(planDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' }, false)).toEqual({ use: 'screen' });
    expect(planDisplay('darwin', {}, true)).toEqual({ use: 'screen' });
  });

  it('is a virtual display where the caller asks for it, even beside a screen', () => {
    expect(planDisplay('linux', { DISPLAY: ':0' }, true)).toEqual({ use: 'xvfb' });
    expect(planDisplay('linux', { HOTDECK_XVFB: '1' }, false)).toEqual({ use: 'xvfb' });
  });

  it('is nowhere otherwise, with what to type', () => {
    const plan = planDisplay('linux', { DISPLAY: '' }, false);
    expect(plan).toMatchObject({ use: 'nothing', failure: { kind: 'no-display' } });
    expect(plan.use === 'nothing' && plan.failure.remedy).toContain('npm start -- --xvfb');
  });
});

describe('the key to a virtual display', () => {
  it('is written as X programs read it', () => {
    const file = authorityFile(Buffer.alloc(16, 0xab));
    const name = Buffer.from('MIT-MAGIC-COOKIE-1').toString('hex');
    expect(file.toString('hex')).toBe(`ffff${'0000'}${'0000'}${'0012'}${name}${'0010'}${'ab'.repeat(16)}`);
  });
});
