import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OutputHistory } from '../../../main/engine/logs/outputHistory.ts';

test('gives exactly what came after a place, or says that it is gone', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 20 })), fc.nat(100), fc.nat(200), (pieces, limit, place) => {
      const history = new OutputHistory(limit);
      for (const piece of pieces) history.push(piece);
      const whole = pieces.join('');
      expect(history.end).toBe(whole.length);
      const since = history.since(Math.min(place, whole.length));
      if (since === null) expect(whole.length - place).toBeGreaterThan(limit - 20);
      else expect(since).toBe(whole.slice(place));
      expect(whole.endsWith(history.all())).toBe(true);
    }),
  );
});
