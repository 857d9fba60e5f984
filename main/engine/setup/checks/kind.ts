import type { Check, Kind, KindFinding } from '#shared/contract.ts';
import { hasFeature } from '../../rust/featureArguments.ts';
import type { ReloadFeature } from '../../workspace/kindBasis.ts';
import { about } from './check.ts';
import type { Scene } from './input.ts';
import type { Need } from './steps.ts';

const check = about({
  id: 'kind',
  group: 'workspace',
  title: 'Kind of workspace',
  why: 'Which setup the modules need depends on how the program uses them. What does not fit can break a program that works.',
});
const feature = about({
  id: 'reload-feature',
  group: 'workspace',
  title: 'Feature that reloads',
  why: 'Without it the program is built in one piece, with the library inside.',
});

const WORDS: Readonly<Record<Kind, string>> = {
  family: 'It is set up as conduwuit is.',
  'shared-std': 'Modules and program share one standard library.',
  'hot-lib-reloader': 'A dylib is enough: nothing else needs to be set up.',
  'c-interface': 'Plugins with a C interface need no setup.',
  unknown: 'Which setup it needs is not known.',
};

/** What is the workspace taken for, and does that fit what was seen? Pure. */
export function kindCheck({ kind, detected, evidence, from }: KindFinding, running: boolean): Check {
  const seen = `${WORDS[kind]} ${evidence}`;
  if (kind === 'unknown') {
    return running
      ? check.ok(`${evidence} The server has opened its modules as they are.`)
      : check.unknown(seen, 'If you know how the program uses its modules, choose the kind above.');
  }
  if (detected === kind || detected === 'unknown' || from === 'detected') return check.ok(seen);
  return check.warning(
    `${WORDS[kind]} So ${from === 'hotdeck.json' ? 'hotdeck.json says' : 'was chosen'}; what was seen says otherwise: ${evidence}`,
    from === 'hotdeck.json'
      ? 'Take "kind" out of hotdeck.json to go by what was seen.'
      : 'Choose "as detected" above to go by what was seen.',
  );
}

/** Does the build turn on what makes the program reload? Pure. */
export function reloadFeatureCheck({ feature: name, reason }: ReloadFeature, isOn: boolean): Check {
  return isOn
    ? feature.ok(`${reason} The build has it.`)
    : feature.problem(
        `${reason} The build does not have it.`,
        `Add "--features", "${name}" to "build": { "arguments": […] } in hotdeck.json.`,
      );
}

/** One check where a feature turns reloading on, else none. */
export function reloadFeatureOf({ workspace, buildArguments }: Scene): Check[] {
  const reload = workspace?.reloadFeature ?? null;
  if (workspace === null || reload === null) return [];
  const program = workspace.packages.programs.find((each) => each.node === workspace.program.node);
  return [reloadFeatureCheck(reload, hasFeature(reload.feature, buildArguments, program?.defaults ?? []))];
}

/** Is it known that this workspace needs the setup that is planned for it? */
export function needOf({ kind, plan, running, workspace }: Scene): Need {
  if (plan.kind === 'family') return 'needed';
  if (running.size > 0) return 'works';
  const isDynamic = (workspace?.libraries.length ?? 0) > 0;
  return kind?.kind === 'unknown' && isDynamic ? 'unclear' : 'needed';
}

/** Null where the workspace can't be opened. */
export const kindOfScene = ({ kind, running }: Scene): Check | null =>
  kind === null ? null : kindCheck(kind, running.size > 0);
