import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependents, directNeeds, reduceNeeds } from '../../../../renderer/graph/needs.ts';
import { node, stack } from '../fixtures.ts';

type Needs = ReadonlyMap<string, readonly string[]>;

function reachable(needs: Needs, from: string): string[] {
  const seen = new Set<string>();
  const visit = (name: string) => {
    for (const next of needs.get(name) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      visit(next);
    }
  };
  visit(from);
  return [...seen].sort();
}

/** Graphs without a cycle: a node needs only nodes with smaller numbers. */
const acyclic = fc
  .array(fc.array(fc.nat(30), { maxLength: 6 }), { maxLength: 30 })
  .map(
    (rows): Needs =>
      new Map(rows.map((row, i) => [`${i}`, [...new Set(row.filter((n) => n < i).map(String))]])),
  );

/** Any graph, cycles and all. */
const any = fc
  .array(fc.array(fc.nat(11), { maxLength: 5 }), { minLength: 12, maxLength: 12 })
  .map(
    (rows): Needs =>
      new Map(rows.map((row, i) => [`${i}`, [...new Set(row.filter((n) => n !== i).map(String))]])),
  );

describe('the lines that are drawn', () => {
  it('leave out what follows from others', () => {
    const reduced = reduceNeeds(directNeeds(stack));
    expect(Object.fromEntries(reduced)).toEqual({
      std: [],
      core: ['std'],
      database: ['core'],
      service: ['database'],
      api: ['service'],
      admin: ['api'],
      router: ['admin'],
      depot: ['core'],
    });
  });

  it('say as much about who needs whom as all needs do', () => {
    fc.assert(
      fc.property(fc.oneof(acyclic, any), (needs) => {
        const reduced = reduceNeeds(needs);
        for (const name of needs.keys()) expect(reachable(reduced, name)).toEqual(reachable(needs, name));
      }),
    );
  });

  it('are as few as can be where nothing goes in a circle', () => {
    fc.assert(
      fc.property(acyclic, (needs) => {
        const reduced = reduceNeeds(needs);
        for (const [name, targets] of reduced) {
          for (const target of targets) {
            const without = new Map(reduced).set(
              name,
              targets.filter((other) => other !== target),
            );
            expect(reachable(without, name)).not.toContain(target);
          }
        }
      }),
    );
  });
});

describe('direct needs', () => {
  it('are only those on nodes that are drawn, and not on oneself', () => {
    const nodes = [node('a', 'module', ['b', 'gone', 'a', 'b']), node('b', 'module')];
    expect(Object.fromEntries(directNeeds(nodes))).toEqual({ a: ['b'], b: [] });
  });

  it('turned round are the dependents', () => {
    expect(
      Object.fromEntries(
        dependents(
          new Map([
            ['c', ['a']],
            ['b', ['a', 'c']],
          ]),
        ),
      ),
    ).toEqual({
      a: ['b', 'c'],
      c: ['b'],
    });
  });
});
