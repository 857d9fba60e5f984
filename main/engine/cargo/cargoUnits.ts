import { z } from 'zod';
import type { BuildEvent, CrateId } from '../building/buildEvents.ts';

const ArtifactSchema = z.object({
  reason: z.literal('compiler-artifact'),
  package_id: z.string(),
  fresh: z.boolean(),
  target: z.object({ kind: z.array(z.string()) }),
});

const ScriptSchema = z.object({ reason: z.literal('build-script-executed'), package_id: z.string() });

const UnitSchema = z.discriminatedUnion('reason', [ArtifactSchema, ScriptSchema]);

/** The unit that a line of `cargo build --message-format=json` says is there; null if it says something else. */
export function parseUnit(line: string, names: ReadonlyMap<string, string>): BuildEvent | null {
  // Most lines are diagnostics, and long: they are left alone.
  if (!/^\{"reason":"(compiler-artifact|build-script-executed)"/.test(line)) return null;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = UnitSchema.safeParse(value);
  if (!parsed.success) return null;
  const unit = parsed.data;
  const crate = crateOf(unit.package_id, names);
  return unit.reason === 'compiler-artifact'
    ? { kind: 'unit', crate, fresh: unit.fresh, script: unit.target.kind.includes('custom-build') }
    : { kind: 'unit', crate, fresh: null, script: true };
}

/**
 * The package that an id means: `registry+https://…#syn@2.0.1`, `path+file:…/api#0.1.0` (named like its folder), or
 * `syn 2.0.1 (registry+…)` of a cargo before 1.77.
 */
export function crateOf(id: string, names: ReadonlyMap<string, string>): CrateId {
  const hash = id.lastIndexOf('#');
  const [place, spec] = hash < 0 ? ['', id.split(' (')[0] ?? id] : [id.slice(0, hash), id.slice(hash + 1)];
  const [, named = '', version = ''] = /^(?:(.*)[@ ])?([^@ ]*)$/.exec(spec) ?? [];
  return { name: names.get(id) ?? (named === '' ? (place.split('/').at(-1) ?? place) : named), version };
}
