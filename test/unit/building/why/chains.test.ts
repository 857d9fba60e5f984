import fc from 'fast-check';
import { expect, test } from 'vitest';
import { causeOf, merged } from '../../../../main/engine/building/why/cause.ts';
import { chainsFrom } from '../../../../main/engine/building/why/chains.ts';
import { linksOf } from '../../../../main/engine/graph/links.ts';
import { generator, type Web, webs } from '../../graph/webs.ts';

/** How many steps each package is away from the nearest that was edited, found the slow way. */
function distances(web: Web, edited: ReadonlySet<string>): Map<string, number> {
  const away = new Map([...edited].map((name) => [name, 0]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, needs] of web) {
      for (const need of needs) {
        const next = (away.get(need) ?? Number.POSITIVE_INFINITY) + 1;
        if (next < (away.get(name) ?? Number.POSITIVE_INFINITY)) {
          away.set(name, next);
          changed = true;
        }
      }
    }
  }
  return away;
}

const edits = fc.record({ web: webs(120), seed: fc.nat() }).map(({ web, seed }) => {
  const random = generator(seed);
  const names = [...web.keys()].filter(() => random() < 0.1);
  const causes = new Map(
    names.map((name) => [name, causeOf('edited', { file: `${name}.rs`, at: Math.floor(random() * 5) })]),
  );
  return { web, causes };
});

test('a chain is a shortest way in the graph, from an edited package to the module', () => {
  fc.assert(
    fc.property(edits, ({ web, causes }) => {
      const found = chainsFrom({ links: linksOf(web), causes, through: () => true });
      const away = distances(web, new Set(causes.keys()));
      expect(new Set(found.keys())).toEqual(new Set(away.keys()));
      for (const [name, { chain, file, others }] of found) {
        expect(chain.at(-1)).toBe(name);
        expect(chain).toHaveLength((away.get(name) ?? 0) + 1);
        expect(causes.get(chain[0] ?? '')?.file).toBe(file);
        for (const [at, each] of chain.slice(1).entries()) expect(web.get(each)).toContain(chain[at]);
        expect(others).not.toContain(file);
      }
    }),
  );
});

test('only what was compiled hands a change on', () => {
  fc.assert(
    fc.property(edits, fc.nat(), ({ web, causes }, seed) => {
      const random = generator(seed);
      const compiled = new Set([...web.keys()].filter(() => random() < 0.7));
      const found = chainsFrom({ links: linksOf(web), causes, through: (name) => compiled.has(name) });
      for (const { chain } of found.values()) for (const each of chain) expect(compiled).toContain(each);
    }),
  );
});

test('names the nearest change, of those as near the earliest, and counts the files of the others', () => {
  const web = { core: [], api: ['core'], admin: ['core'], router: ['admin', 'api'] };
  const causes = new Map([
    ['core', causeOf('edited', { file: 'core.rs', at: 1 })],
    ['admin', causeOf('edited', { file: 'admin.rs', at: 3 })],
    ['api', causeOf('edited', { file: 'api.rs', at: 2, others: ['api2.rs'] })],
  ]);
  const links = linksOf(new Map(Object.entries(web)));
  const found = chainsFrom({ links, causes, through: () => true });
  expect(found.get('router')).toMatchObject({
    chain: ['api', 'router'],
    file: 'api.rs',
    at: 2,
    others: ['admin.rs', 'api2.rs', 'core.rs'],
  });
  expect(found.get('api')).toMatchObject({ chain: ['api'], file: 'api.rs', others: ['api2.rs', 'core.rs'] });
});

test('several builds come to one reason: the nearest and earliest, and the files of all', () => {
  const one = { ...causeOf('edited', { file: 'a.rs', at: 5 }), chain: ['api', 'router'] };
  const two = { ...causeOf('edited', { file: 'b.rs', at: 3, others: ['c.rs'] }), chain: ['api', 'router'] };
  const far = { ...causeOf('edited', { file: 'a.rs', at: 1 }), chain: ['core', 'api', 'router'] };
  expect(merged([one, two, far])).toEqual({ ...two, others: ['a.rs', 'c.rs'] });
  expect(merged([])).toBeNull();
});
