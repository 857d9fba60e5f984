import { describe, expect, test } from 'vitest';
import type { GraphNode } from '#shared/contract.ts';
import { type Mapped, sortMapped } from '../../../../main/engine/foresight/reading/mapped.ts';
import { library } from '../files.ts';

const mapped = (name: string, role: GraphNode['role'], needs: string[] = [], noDelete = false): Mapped => ({
  path: `/target/debug/lib${name}.so`,
  node: role === 'external' ? null : { name, label: name, role, needs: [], wave: null },
  file: library(name, { needed: needs.map((need) => `lib${need}.so`), noDelete }),
});

function sorted(files: readonly Mapped[], unload: string[]): Record<string, string[]> {
  const modules = new Set(files.flatMap(({ node }) => (node?.role === 'module' ? [node.name] : [])));
  const groups = sortMapped(files, new Set(unload), (name) => modules.has(name));
  return Object.fromEntries(
    Object.entries(groups).map(([kind, members]) => [kind, members.map((each: Mapped) => each.file.module)]),
  );
}

describe('what goes and what stays', () => {
  const program = mapped('host', 'executable', ['core', 'c']);
  const core = mapped('core', 'pinned', ['c']);
  const libc = mapped('c', 'external');

  test('modules go, what the program links stays', () => {
    const files = [program, core, libc, mapped('api', 'module', ['core']), mapped('db', 'module', ['c'])];
    expect(sorted(files, ['api'])).toEqual({
      unloading: ['api'],
      along: [],
      staying: ['host', 'core', 'c', 'db'],
    });
  });

  test('a library that only they need goes along, also one that the settings leave out', () => {
    const files = [
      program,
      core,
      libc,
      mapped('api', 'module', ['core']),
      mapped('web', 'pinned', ['api', 'z', 'c']),
      mapped('z', 'external', ['c']),
      mapped('router', 'module', ['web']),
    ];
    expect(sorted(files, ['router', 'api'])).toEqual({
      unloading: ['api', 'router'],
      along: ['web', 'z'],
      staying: ['host', 'core', 'c'],
    });
  });

  test('unless a module that stays needs it, or it is linked NODELETE', () => {
    const router = mapped('router', 'module', ['z', 'kept']);
    const files = [program, core, libc, router, mapped('z', 'external'), mapped('db', 'module', ['z'])];
    expect(sorted(files, ['router']).staying).toContain('z');
    const kept = [program, router, mapped('kept', 'external', ['low'], true), mapped('low', 'external')];
    expect(sorted(kept, ['router'])).toMatchObject({ along: [], staying: ['host', 'kept', 'low'] });
  });

  test('and what nobody knows the owner of stays', () => {
    const files = [
      program,
      mapped('api', 'module'),
      mapped('nss', 'external', ['resolv']),
      mapped('resolv', 'external'),
    ];
    expect(sorted(files, ['api'])).toMatchObject({ along: [], staying: ['host', 'nss', 'resolv'] });
  });
});
