/** Which versions of Node are supported, and that `npm ci` has nothing to warn of there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { satisfies } from 'semver';
import { expect, it } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const text = (file: string) => readFileSync(join(root, file), 'utf8');

const ManifestSchema = z.object({
  engines: z.object({ node: z.string() }),
  allowScripts: z.record(z.string(), z.boolean()),
});
const LockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      optional: z.boolean().optional(),
      deprecated: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
      engines: z.union([z.object({ node: z.string().optional() }), z.array(z.string())]).optional(),
    }),
  ),
});
const manifest = ManifestSchema.parse(JSON.parse(text('package.json')));
const installed = Object.entries(LockSchema.parse(JSON.parse(text('package-lock.json'))).packages)
  .filter(([path]) => path !== '')
  .map(([path, facts]) => ({ name: path.split('node_modules/').at(-1) ?? '', ...facts }));

/** The packages that ask for another Node than this. npm leaves out optional ones that don't fit, without a word. */
const unfit = (version: string): string[] =>
  installed
    .filter(({ optional }) => optional !== true)
    .filter(({ engines }) => {
      const range = Array.isArray(engines) ? undefined : engines?.node;
      return range !== undefined && !satisfies(version, range);
    })
    .map(({ name }) => name);

it('the hosted CI tests each major version that package.json names, and no other', () => {
  const matrix = /node: \[([\d, ]+)\]/.exec(text('.github/workflows/ci.yml'))?.[1]?.split(', ');
  const named = [...manifest.engines.node.matchAll(/(\d+)\.\d+\.\d+/g)].map(([, major]) => major);
  expect(matrix).toEqual(named);
});

it.each(['22.12.0', '24.0.0'])('every package fits Node %s', (version) => {
  expect(satisfies(version, manifest.engines.node)).toBe(true);
  expect(unfit(version)).toEqual([]);
});

it('on Node 20.19 only Electron and its own tools ask for a later one', () => {
  expect(satisfies('20.19.0', manifest.engines.node)).toBe(true);
  const known = /^(electron|node-abi|@electron\/.*|@electron-internal\/.*)$/;
  expect(unfit('20.19.0').filter((name) => !known.test(name))).toEqual([]);
});

it.each(['18.20.0', '20.18.3', '21.7.0', '22.11.0', '23.0.0'])('Node %s is refused', (version) => {
  expect(satisfies(version, manifest.engines.node)).toBe(false);
});

it('no package is deprecated', () => {
  expect(installed.flatMap(({ name, deprecated }) => (deprecated === undefined ? [] : [name]))).toEqual([]);
});

it('of each package with an install script it is said whether the script may run', () => {
  const scripted = installed.flatMap(({ name, hasInstallScript }) =>
    hasInstallScript === true ? [name] : [],
  );
  expect(scripted.filter((name) => manifest.allowScripts[name] === undefined)).toEqual([]);
  expect(Object.keys(manifest.allowScripts).filter((name) => !scripted.includes(name))).toEqual([]);
});
