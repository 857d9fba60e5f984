import { expect, it } from 'vitest';
import type { ModuleGraph } from '#shared/contract.ts';
import { whyNoModules } from '../../../../renderer/plan/whyNoModules.ts';

const graphOf = (roles: ModuleGraph['nodes'][number]['role'][], rolesFrom: ModuleGraph['rolesFrom']) => ({
  nodes: roles.map((role, i) => ({ name: `n${i}`, label: `n${i}`, role, needs: [], wave: null })),
  order: [],
  rolesFrom,
});

it('before the first build nothing is said about what the program opens', () => {
  const why = whyNoModules(graphOf(['executable', 'pinned', 'pinned'], 'manifests'));
  expect(why).toMatchObject({ title: 'Not built yet.', remedy: 'build' });
  expect(why?.more).not.toContain('no library');
});

it('after it, the linked files say that all of them stay', () => {
  expect(whyNoModules(graphOf(['executable', 'pinned'], 'artifacts'))?.more).toBe(
    'Its one library is linked into the program, or linked NODELETE: it stays until the server ends.',
  );
  expect(whyNoModules(graphOf(['executable', 'pinned', 'pinned'], 'artifacts'))?.more).toMatch(
    /2 libraries .* they stay/,
  );
});

it('no library at all: then the setup helps, and no build does', () => {
  expect(whyNoModules(graphOf(['executable', 'external'], 'manifests'))).toMatchObject({
    title: 'This workspace has no modules yet.',
    remedy: 'set-up',
  });
});

it('the settings are named where they say so', () => {
  expect(whyNoModules(graphOf(['executable', 'pinned'], 'settings'))?.more).toContain('hotdeck.json');
});

it('nothing, where there is a module', () => {
  expect(whyNoModules(graphOf(['executable', 'module'], 'manifests'))).toBeNull();
});
