import type { BuildRecord, HistoryRecord, ReloadRecord, ServerRecord } from '#shared/contract.ts';
import { count, number } from '#shared/count.ts';
import { duration } from '#shared/duration.ts';

/** What a record says, in one line: `reload 17: 3 modules, 0.4 s, because api/src/sync.rs changed`. */
export function sentenceOf(record: HistoryRecord): string {
  switch (record.kind) {
    case 'edit': {
      const [first = 'nothing', ...others] = record.files;
      return others.length === 0 ? `edit: ${first}` : `edit: ${first} and ${number(others.length)} more`;
    }
    case 'build':
      if (record.trigger.kind === 'elsewhere')
        return `${count(record.rebuilt.length, 'module')} replaced outside Hotdeck`;
      return joined([`build ${record.outcome}`, took(record), builtWhat(record), builtWhy(record)]);
    case 'reload':
      return `reload ${record.number}: ${joined([reloadedWhat(record), took(record), reloadedWhy(record)])}`;
    case 'server':
      return serverLine(record);
  }
}

function builtWhat({ outcome, problems, rebuilt, message }: BuildRecord): string {
  if (outcome === 'failed') return problems.errors > 0 ? count(problems.errors, 'error') : (message ?? '');
  if (outcome === 'interrupted') return 'Hotdeck exited meanwhile';
  if (outcome === 'cancelled') return '';
  return rebuilt.length === 0 ? 'nothing was rebuilt' : count(rebuilt.length, 'module');
}

function builtWhy({ trigger: { kind, files, text } }: BuildRecord): string {
  if (kind === 'edit') return changed(files.length > 0 ? files : [text]);
  if (kind === 'set-up') return 'because the setup changed';
  const asked = kind === 'asked' ? 'asked for' : kind === 'start' ? 'for the start' : 'for a reload';
  return files.length === 0 ? asked : `${asked}, ${changed(files)}`;
}

function reloadedWhat({ verdict, swapped, stayed, plan }: ReloadRecord): string {
  if (verdict === 'interrupted') return 'interrupted, Hotdeck exited meanwhile';
  const planned = count(plan.unload.length, 'module');
  if (verdict === 'swapped') return count(swapped.length, 'module');
  if (verdict === 'nothing') return 'nothing to swap';
  if (verdict === 'stuck' && stayed.length > 0) return `stuck, ${stayed.length} of ${planned} stayed`;
  if (verdict === 'partial') return `partial, ${swapped.length} of ${planned} swapped`;
  return verdict;
}

const CAUSES: Readonly<Record<ReloadRecord['cause'], string>> = {
  reload: 'asked for',
  terminal: 'by a key in the terminal',
  'after-build': 'after a build',
  self: 'by the server itself',
  outside: 'from outside',
  late: 'late, for an earlier signal',
};

const reloadedWhy = ({ files, cause }: ReloadRecord): string =>
  files.length === 0 ? CAUSES[cause] : changed(files);

function serverLine({ event, pid, life, code, signal }: ServerRecord): string {
  if (event === 'start') return `server started, process ${pid}`;
  if (event === 'ready') return life === null ? 'server ready' : `server ready after ${duration(life)}`;
  if (event === 'unseen')
    return `server ended while Hotdeck was not running${life === null ? '' : `, after at least ${duration(life)}`}`;
  const how = signal ?? (code === null ? '' : `exit code ${code}`);
  const lived = life === null ? '' : ` after ${duration(life)}`;
  return `server ${event === 'crash' ? 'crashed' : 'stopped'}${lived}${how === '' ? '' : ` (${how})`}`;
}

/** Of what was interrupted, there is no telling how long it would have gone on. */
function took(record: BuildRecord | ReloadRecord): string {
  const outcome = record.kind === 'build' ? record.outcome : record.verdict;
  return outcome === 'interrupted' ? `after at least ${duration(record.took)}` : duration(record.took);
}

function changed(files: readonly string[]): string {
  const [first = '', ...others] = files;
  return `because ${others.length === 0 ? first : `${first} and ${others.length} more`} changed`;
}

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');
