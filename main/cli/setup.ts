import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Resolution,
  ResolutionSchema,
  type SetupReport,
  type Way,
  type WayId,
  WayIdSchema,
} from '#shared/contract.ts';
import { count, plural } from '#shared/count.ts';
import { shellLine } from '#shared/shellQuote.ts';
import { messageOf } from '../engine/result.ts';
import { gitStatus } from '../engine/setup/changes/gitStatus.ts';
import { Setup } from '../engine/setup/setup.ts';
import { dataFolder } from './dataFolder.ts';
import { badUse, findingOf, type Outcome } from './outcome.ts';
import { clean, ownPen } from './pen.ts';
import { argumentBlock, conflictText, gitText, planText, refusalsText, sizeOf } from './setupText.ts';

interface Arguments {
  path: string;
  action: 'dry-run' | 'apply' | 'revert';
  /** Cargo on the command line knows of files only, so they are what is edited where nothing else is asked for. */
  way: WayId;
  onConflict: Resolution | null;
  data: string;
  json: boolean;
}

/** `hotdeck setup WORKSPACE [--dry-run] [--apply] [--revert] [--way flags|edits] [--on-conflict …] [--data FOLDER] [--json]` */
export async function setupCommand(args: readonly string[]): Promise<Outcome> {
  const parsed = parse(args);
  if (typeof parsed === 'string') return badUse(parsed);
  const root = resolve(parsed.path);
  const isFolder = await stat(root).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return { kind: 'finding', message: `There is no folder ${root}.` };
  const setup = new Setup({ root: await realpath(root), data: parsed.data, env: process.env });
  const saysWays = parsed.action === 'dry-run' || (parsed.action === 'apply' && parsed.json);
  const report = await (saysWays ? setup.provenReport() : setup.report());
  if (!report.ok) return findingOf(report.failure);
  const task = { setup, parsed, report: report.value };
  return parsed.action === 'revert' ? revert(task) : planOrApply(task);
}

interface Task {
  setup: Setup;
  parsed: Arguments;
  report: SetupReport;
}

async function planOrApply({ setup, parsed, report }: Task): Promise<Outcome> {
  const { action, json } = parsed;
  const way = report.ways.find(({ id }) => id === parsed.way);
  if (way === undefined) return noWay(report, parsed);
  const mayApply = action === 'apply' && way.refusals.length === 0;
  if (mayApply && !way.done) {
    const applied = await setup.apply(way.id, way.plan);
    if (!applied.ok) return findingOf(applied.failure);
  }
  const after = action === 'apply' ? await gitStatus(report.root) : null;
  const code = way.refusals.length === 0 ? 0 : 1;
  if (json) {
    const { id, files, lines, refusals, arguments: words } = way;
    const applied = mayApply ? await setup.report() : { ok: true as const, value: report };
    if (!applied.ok) return findingOf(applied.failure);
    return printedJson(
      {
        ...{ workspace: report.root, action, way: id, files, lines, arguments: words, refusals },
        ...{ ways: report.ways, checks: report.checks, applied: applied.value.applied },
        git: { before: report.git, after },
      },
      code,
    );
  }
  const parts =
    action === 'dry-run'
      ? [...planText(report, way, ownPen()), gitText('now', report.git), whatNext(way, parsed, report)]
      : [
          ...(mayApply ? [] : refusalsText(way)),
          gitText('before', report.git),
          gitText('after', after),
          done(way, parsed),
        ];
  return { kind: 'printed', text: parts.join('\n\n'), code };
}

const printedJson = (value: object, code: 0 | 1): Outcome => ({
  kind: 'printed',
  text: JSON.stringify(value, null, 2),
  code,
});

function noWay(
  { ways, root, kind, checks, applied }: SetupReport,
  { way, json, action }: Arguments,
): Outcome {
  const [other] = ways;
  if (other === undefined && (kind?.kind === 'hot-lib-reloader' || kind?.kind === 'c-interface')) {
    if (json) return printedJson({ workspace: root, action, kind, ways, checks, applied }, 0);
    return {
      kind: 'printed',
      text: `Nothing needs to be set up in ${root}: its modules can be swapped as they are. ${kind.evidence}`,
      code: 0,
    };
  }
  return {
    kind: 'finding',
    message:
      other === undefined
        ? `There is nothing that Hotdeck can set up in ${root}. For details, run hotdeck check.`
        : `--way ${way} isn't available here. Use --way ${other.id}.`,
  };
}

function whatNext(way: Way, parsed: Arguments, { applied }: SetupReport): string {
  const isEdited = applied !== null && applied.conflicts.length > 0;
  const back =
    applied === null
      ? ''
      : ` --revert${isEdited ? ' --on-conflict CHOICE' : ''} reverts the setup that is applied (${count(applied.lines, 'line')}).`;
  if (way.refusals.length > 0) return `Nothing was changed.${back}`;
  if (way.done) return `Nothing to do: this setup is already in place.${back}`;
  const command = commandLine(parsed, ['--apply', '--way', way.id]);
  return `Nothing was changed. To change ${sizeOf(way)}, run: ${command}.${back}`;
}

/** This command once more, for a shell. */
const commandLine = ({ path, data }: Arguments, options: readonly string[]): string =>
  clean(
    shellLine([
      'hotdeck',
      'setup',
      path.startsWith('-') ? `./${path}` : path,
      ...options,
      ...(data === dataFolder() ? [] : ['--data', data]),
    ]),
  );

function done(way: Way, parsed: Arguments): string {
  if (way.refusals.length > 0) return 'Nothing was changed.';
  if (way.done) return 'Nothing to do: this setup is already in place.';
  const command = commandLine(parsed, ['--revert']);
  const flags =
    way.arguments.length === 0
      ? ''
      : `\nThe app passes these arguments to cargo. When you run cargo yourself, pass them too:\n${argumentBlock(way.arguments)}`;
  return `Applied: ${sizeOf(way)}. To revert, run: ${command}${flags}`;
}

async function revert({ setup, parsed, report }: Task): Promise<Outcome> {
  const { onConflict, json } = parsed;
  const { applied, root } = report;
  if (applied === null) return { kind: 'finding', message: `Hotdeck has no setup to revert in ${root}.` };
  const { conflicts } = applied;
  const isOpen = conflicts.some(
    ({ merged }) => onConflict === null || (onConflict === 'merged' && merged === null),
  );
  const json_ = { workspace: root, action: 'revert', way: applied.way, files: applied.files, conflicts };
  if (isOpen) {
    if (json) return printedJson({ ...json_, reverted: false, git: { before: report.git, after: null } }, 1);
    const pen = ownPen();
    const isMergeable = conflicts.every(({ merged }) => merged !== null);
    const choices = `${isMergeable ? 'merged, ' : ''}original or current`;
    const text = [
      ...conflicts.flatMap((conflict) => conflictText(conflict, pen)),
      `Nothing was reverted. Choose what to do with ${plural(conflicts.length, 'this file', 'these files')}: --on-conflict ${choices}.`,
    ];
    return { kind: 'printed', text: text.join('\n\n'), code: 1 };
  }
  const resolutions = conflicts.flatMap(({ file }) =>
    onConflict === null ? [] : [[file, onConflict] as const],
  );
  const reverted = await setup.revert(Object.fromEntries(resolutions));
  if (!reverted.ok) return findingOf(reverted.failure);
  const after = await gitStatus(root);
  if (json) return printedJson({ ...json_, reverted: true, git: { before: report.git, after } }, 0);
  const said = `Reverted: ${count(applied.files.length, 'file')}, ${count(applied.lines, 'line')}.`;
  const text = [gitText('before', report.git), gitText('after', after), said].join('\n\n');
  return { kind: 'printed', text };
}

function parse(args: readonly string[]): Arguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        'dry-run': { type: 'boolean', default: false },
        apply: { type: 'boolean', default: false },
        revert: { type: 'boolean', default: false },
        way: { type: 'string' },
        'on-conflict': { type: 'string' },
        data: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) return 'setup takes one WORKSPACE.';
    const actions = (['dry-run', 'apply', 'revert'] as const).filter((action) => values[action]);
    if (actions.length > 1) return `--${actions.join(' and --')} can't be combined.`;
    const action = actions[0] ?? 'dry-run';
    const way = WayIdSchema.safeParse(values.way ?? 'edits');
    if (!way.success) return `--way takes flags or edits, not ${values.way}.`;
    if (values.way !== undefined && action === 'revert') return '--way has no effect with --revert.';
    const onConflict = ResolutionSchema.optional().safeParse(values['on-conflict']);
    if (!onConflict.success) {
      return `--on-conflict takes merged, original or current, not ${values['on-conflict']}.`;
    }
    if (onConflict.data !== undefined && action !== 'revert') return '--on-conflict needs --revert.';
    if (values.data === '') return '--data takes a folder.';
    return {
      ...{ path, action, way: way.data, json: values.json },
      onConflict: onConflict.data ?? null,
      data: values.data === undefined ? dataFolder() : resolve(values.data),
    };
  } catch (error) {
    return messageOf(error);
  }
}
