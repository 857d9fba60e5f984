import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  KindChoiceSchema,
  NewnessSchema,
  type ReloadBy,
  RuleSchema,
  SignalSchema,
} from '#shared/contract.ts';
import { codeOf, failed, messageOf, type Result, success } from '../result.ts';

const SETTINGS_FILE = 'hotdeck.json';

/** Compiles, and is not so long that matching every log line against it hurts. */
const pattern = z
  .string()
  .max(500)
  .refine(
    (source) => {
      try {
        new RegExp(source);
        return true;
      } catch {
        return false;
      }
    },
    { message: 'is not a regular expression' },
  );

/** The file `hotdeck.json` at the root of a workspace. Everything in it is optional. */
export const SettingsFileSchema = z
  .strictObject({
    $schema: z.string().optional(),
    package: z.string().min(1).optional().describe('Cargo package of the server program.'),
    binary: z.string().min(1).optional().describe('Binary target of that package.'),
    arguments: z.array(z.string()).optional().describe('Arguments the server is started with.'),
    environment: z
      .record(z.string(), z.string())
      .optional()
      .describe('Environment variables the server is started with, beside those of Hotdeck itself.'),
    kind: KindChoiceSchema.optional().describe(
      'What the modules need: "shared-std": dylibs that share Rust types and the standard library with the program; "hot-lib-reloader": that crate and its like, which need a dylib only; "c-interface": plugins with a C interface, which need nothing.',
    ),
    rule: RuleSchema.optional().describe(
      'How the server decides what to swap: "stack" pops from the top while modules are stale; "dependents" swaps every stale module and all that depend on it; "all" closes and opens every module, changed or not.',
    ),
    new: NewnessSchema.optional().describe(
      'How the server tells that a library is new: "newer-time", its file was written later than it was loaded; "file-identity", it is another file (device or inode); "content", its bytes differ.',
    ),
    reload: z
      .union([
        SignalSchema,
        z.literal('self'),
        z.strictObject({ command: z.array(z.string().min(1)).min(1) }),
      ])
      .optional()
      .describe(
        'What makes the server reload: a signal; a command, in which {pid} is the server (HOTDECK_SERVER_PID in its environment); or "self" for a server that reloads when a library file changes.',
      ),
    signals: z
      .strictObject({ reload: SignalSchema.optional(), shutdown: SignalSchema.optional() })
      .optional()
      .describe('The signals that make the server reload (the same as "reload") and shut down.'),
    modules: z
      .array(z.string().min(1))
      .optional()
      .describe('Packages the server opens while it runs, bottom-up: the order in which it loads them.'),
    ready: pattern
      .optional()
      .describe('A regular expression; a log line that matches it says that the server serves again.'),
    reloadTimeout: z
      .number()
      .min(1)
      .max(3600)
      .optional()
      .describe('Seconds after which a reload that does not happen is given up.'),
    build: z
      .strictObject({ arguments: z.array(z.string()) })
      .optional()
      .describe('Arguments for `cargo build`, such as ["--features", "mods"].'),
    editor: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('The command that opens a file, with {file}, {line} and {column} in it.'),
  })
  .describe('How Hotdeck runs this workspace.');
export type SettingsFile = z.infer<typeof SettingsFileSchema>;

/** Reads `hotdeck.json`; a workspace without one has no settings. */
export async function readSettingsFile(root: string): Promise<Result<SettingsFile>> {
  let text: string;
  try {
    text = await readFile(join(root, SETTINGS_FILE), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return success({});
    return failed('broken-settings', `${SETTINGS_FILE} can't be read: ${messageOf(error)}.`);
  }
  return parseSettings(text);
}

export function parseSettings(text: string): Result<SettingsFile> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return failed(
      'broken-settings',
      `${SETTINGS_FILE} is not JSON: ${messageOf(error)}.`,
      'Fix the file and try again.',
    );
  }
  const parsed = SettingsFileSchema.safeParse(value);
  if (parsed.success) return agreeing(parsed.data);
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') || 'the file';
  return failed(
    'broken-settings',
    `${SETTINGS_FILE}: ${where}: ${issue?.message ?? 'not as expected'}.`,
    'Fix the file and try again; docs/hotdeck-json.md lists the keys.',
  );
}

/** Two keys say by which signal it reloads: they must not contradict each other. */
function agreeing(settings: SettingsFile): Result<SettingsFile> {
  const { reload, signals } = settings;
  if (reload === undefined || signals?.reload === undefined || reload === signals.reload)
    return success(settings);
  return failed(
    'broken-settings',
    `${SETTINGS_FILE}: "reload" and "signals.reload" contradict each other.`,
    'Keep one of them.',
  );
}

/** What makes the server reload, as far as the file says; undefined where it does not. */
export function reloadIn({ reload, signals }: SettingsFile): ReloadBy | undefined {
  const how = reload ?? signals?.reload;
  if (how === undefined) return undefined;
  if (how === 'self') return { by: 'self' };
  return typeof how === 'string'
    ? { by: 'signal', signal: how }
    : { by: 'command', command: [...how.command] };
}
