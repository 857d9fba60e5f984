import { z } from 'zod';
import { type Environment, lookingOnly } from '../environment.ts';
import { run } from '../run.ts';

/** What makes cargo link with another linker: arguments of its, and variables in its environment. */
export interface LinkerFlags {
  arguments: string[];
  environment: Environment;
}

/** cargo's list of flags in one variable: they are parted by this character. */
const ENCODED_SEPARATOR = '\x1f';
/** Variables that stand for a key of cargo's configuration. */
const KEY_VARIABLE = /^CARGO_(BUILD|TARGET_\w+)_RUSTFLAGS$/;

/**
 * How to give rustc flags that ask for a linker beside all that the user's own flags say, not in their place. cargo takes its flags from one
 * source only, the first there is: the variables, then `target.*.rustflags`, then `build.rustflags`. So the linker is
 * added to each that there is; among several `-fuse-ld=` the last one counts, and what is added comes last.
 * @param flags what asks rustc for the linker.
 * @param keys the keys below `target` that have `rustflags` in cargo's configuration.
 */
export function besideOwnFlags(
  flags: readonly string[],
  keys: readonly string[],
  environment: Environment,
): LinkerFlags {
  const changed: Environment = { ...environment };
  for (const [name, value] of Object.entries(environment)) {
    if (name === 'CARGO_ENCODED_RUSTFLAGS' && value !== '') {
      changed[name] = [value, ...flags].join(ENCODED_SEPARATOR);
    } else if ((name === 'RUSTFLAGS' && value.trim() !== '') || KEY_VARIABLE.test(name)) {
      changed[name] = [value, ...flags].join(' ').trim();
    }
  }
  const places = ['build', ...keys.map((key) => `target.${tomlKey(key)}`)];
  return {
    arguments: places.flatMap((place) => [
      '--config',
      `${place}.rustflags=[${flags.map((flag) => JSON.stringify(flag)).join(', ')}]`,
    ]),
    environment: changed,
  };
}

const tomlKey = (key: string): string => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key));

const ConfigurationSchema = z.object({
  target: z.record(z.string(), z.unknown()).optional(),
});
const HasFlagsSchema = z.object({ rustflags: z.union([z.string(), z.array(z.unknown())]) });

/**
 * The keys below `target` that have `rustflags`, in whatever file cargo reads for this folder. Where cargo can't be
 * asked they count as none.
 */
export async function targetKeysWithFlags(root: string, env: Environment): Promise<string[]> {
  // `cargo config` is not stable yet; this is what lets a stable cargo carry it out. It only reads.
  const asked = await run('cargo', ['config', 'get', '-Zunstable-options', '--format', 'json'], {
    cwd: root,
    env: { ...lookingOnly(env), RUSTC_BOOTSTRAP: '1' },
  });
  if (!asked.ok || asked.value.code !== 0) return [];
  return keysWithFlags(asked.value.stdout);
}

/** The same out of cargo's answer. */
export function keysWithFlags(answer: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(answer);
  } catch {
    return [];
  }
  const parsed = ConfigurationSchema.safeParse(value);
  if (!parsed.success) return [];
  return Object.entries(parsed.data.target ?? {}).flatMap(([key, target]) =>
    HasFlagsSchema.safeParse(target).success ? [key] : [],
  );
}
