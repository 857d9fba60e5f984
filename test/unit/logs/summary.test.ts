import { describe, expect, it } from 'vitest';
import type { LogFact } from '../../../main/engine/families/logEvent.ts';
import { summarizeEvents } from '../../../main/engine/logs/events/summary.ts';
import { eventsIn, RELOADS } from './samples.ts';

const summaryOf = (...facts: LogFact[]) => summarizeEvents(facts.map((fact) => ({ ...fact, at: null })));
const calm = {
  loaded: [],
  unloaded: [],
  stuck: [],
  missing: [],
  stale: null,
  deep: false,
  requested: false,
  refused: null,
  ready: false,
  loadFailures: [],
  failed: null,
  linkerDeath: null,
  exited: false,
};

describe('what the log says of a reload', () => {
  it('is nothing at first', () => {
    expect(summaryOf()).toEqual(calm);
    expect(summaryOf()).not.toBe(summaryOf());
  });

  it('names what went, came and stuck', () => {
    expect(summarizeEvents(eventsIn(RELOADS.conduwuit))).toEqual({
      ...calm,
      unloaded: ['conduwuit_router', 'conduwuit_admin'],
      loaded: ['conduwuit_admin', 'conduwuit_router'],
      stuck: ['conduwuit_api'],
      stale: 3,
      requested: true,
      ready: true,
    });
  });

  it('tells a deep one from others', () => {
    expect(summarizeEvents(eventsIn(RELOADS.depot))).toMatchObject({
      deep: true,
      ready: true,
      exited: false,
    });
    expect(summarizeEvents(eventsIn(RELOADS.tuwunel))).toMatchObject({ deep: false, ready: true, stale: 1 });
  });

  it('names what went and did not come back', () => {
    const sum = summaryOf(
      { kind: 'unloading', module: 'b' },
      { kind: 'unloading', module: 'a' },
      { kind: 'loaded', module: 'a' },
    );
    expect(sum).toMatchObject({ unloaded: ['b', 'a'], loaded: ['a'], missing: ['b'], ready: false });
  });

  it('knows a refusal, a failure and an end', () => {
    const why = 'Reloading already in progress';
    expect(summaryOf({ kind: 'refused', signal: 'SIGINT', why })).toEqual({ ...calm, refused: why });
    expect(
      summaryOf(
        { kind: 'ready', addresses: [] },
        { kind: 'load-failed', module: 'a', error: 'no file' },
        { kind: 'failed', message: 'first' },
        { kind: 'failed', message: 'again' },
        { kind: 'exit' },
      ),
    ).toEqual({
      ...calm,
      loadFailures: [{ module: 'a', error: 'no file' }],
      failed: 'first',
      exited: true,
    });
  });

  it('knows what the linker missed', () => {
    const death = { kind: 'linker-death', symbol: null, library: null, text: 'ld.so died' } as const;
    expect(summaryOf(death).linkerDeath).toBe('ld.so died');
    expect(summaryOf({ ...death, library: 'a.so' }).linkerDeath).toBe('a.so');
    expect(summaryOf({ ...death, library: 'a.so', symbol: 'f' }).linkerDeath).toBe('f');
  });
});
