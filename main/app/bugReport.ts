import type { EngineFacts } from '../engine/protocol.ts';

/** What a bug report is made of. */
export interface BugFacts {
  readonly app: Readonly<Record<string, string>>;
  readonly system: Readonly<Record<string, string>>;
  /** Null: the engine did not answer. */
  readonly engine: EngineFacts | null;
  /** The last lines of the app's log. */
  readonly log: readonly string[];
  /** ISO 8601. */
  readonly at: string;
}

/** Writes the report as Markdown, ready to be pasted into an issue. Nothing is replaced yet. */
export function bugReport({ app, system, engine, log, at }: BugFacts): string {
  const { lastReload = null, ...rest } = engine?.facts ?? {};
  return [
    '# Hotdeck bug report',
    '',
    'What did you do, what did you expect, and what happened instead?',
    '',
    `## Versions (${at})`,
    '',
    list({ ...app, ...system }),
    '',
    '## Workspace',
    '',
    engine === null ? 'The engine did not respond.' : json(rest),
    '',
    '## Last reload',
    '',
    lastReload === null ? 'None.' : json(lastReload),
    '',
    '## Log of the app',
    '',
    fenced('text', log.length === 0 ? '(empty)' : log.join('\n')),
    '',
  ].join('\n');
}

const list = (facts: Readonly<Record<string, string>>): string =>
  Object.entries(facts)
    .map(([name, value]) => `- ${name}: ${value}`)
    .join('\n');

const json = (value: unknown): string => fenced('json', JSON.stringify(value, null, 2));

/** The fence is longer than any in the text. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
