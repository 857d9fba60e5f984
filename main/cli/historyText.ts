import type { BuildRecord, HistoryRecord, ReloadRecord, ServerRecord } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { duration } from '#shared/duration.ts';
import { isoDay, timeOfDay } from '#shared/time.ts';

import { clean } from './pen.ts';

/** A record as a line for people: when, what, how it came out, how long it took, and what it was about. */
export function historyLine(record: HistoryRecord): string {
  return `${isoDay(record.at)} ${timeOfDay(record.at)}  ${record.kind.padEnd(6)}  ${clean(textOf(record))}`;
}

function textOf(record: HistoryRecord): string {
  switch (record.kind) {
    case 'edit':
      return record.files.join(', ');
    case 'build':
      return buildText(record);
    case 'reload':
      return reloadText(record);
    case 'server':
      return serverText(record);
  }
}

function buildText({ outcome, took, waited, trigger, rebuilt, problems, message }: BuildRecord): string {
  if (trigger.kind === 'elsewhere') return `replaced outside Hotdeck: ${rebuilt.join(', ')}`;
  const asked = trigger.kind === 'edit' ? [] : [trigger.text];
  const why = [...asked, ...trigger.files].join(', ');
  const errors = problems.errors === 0 ? [] : [count(problems.errors, 'error')];
  const parts = [
    ...(waited < 1 ? [] : [`waited ${duration(waited)} for cargo's lock`]),
    ...errors,
    ...(message === null ? [] : [message]),
    ...rebuilt.slice(0, 1).map(() => `rebuilt ${rebuilt.join(', ')}`),
  ];
  return `${outcome} ${outcome === 'interrupted' ? 'after at least' : 'in'} ${duration(took)}, for ${why}${parts.map((part) => `; ${part}`).join('')}`;
}

function reloadText({ number, verdict, took, message, files, drain, firstAnswer }: ReloadRecord): string {
  const why = files.length === 0 ? '' : `, for ${files.join(', ')}`;
  const drained = drain === null ? '' : `; first unload after ${duration(drain)}`;
  const answered = firstAnswer === null ? '' : `; served again after ${duration(firstAnswer)}`;
  return `${number} ${verdict} ${verdict === 'interrupted' ? 'after at least' : 'in'} ${duration(took)}${why}: ${message}${drained}${answered}`;
}

function serverText({ event, pid, life, code, signal }: ServerRecord): string {
  const after = life === null ? '' : ` after ${duration(life)}`;
  if (event === 'unseen')
    return `end not observed, process ${pid}${life === null ? '' : ` after at least ${duration(life)}`}: Hotdeck was killed`;
  const how = signal ?? (code === null ? null : `exit code ${code}`);
  return `${event}, process ${pid}${after}${how === null ? '' : `: ${how}`}`;
}
