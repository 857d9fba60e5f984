/** What cargo says of a workspace, asked by hand. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { temporaryFolder } from '../../support/folders.ts';

const MessageSchema = z.object({
  reason: z.literal('compiler-message'),
  target: z.object({ name: z.string() }),
  message: z.object({
    level: z.string(),
    message: z.string(),
    code: z.object({ code: z.string() }).nullable(),
    spans: z.array(
      z.object({
        is_primary: z.boolean(),
        file_name: z.string(),
        line_start: z.number(),
        column_start: z.number(),
      }),
    ),
  }),
});

export interface Said {
  package: string;
  level: string;
  message: string;
  code: string | null;
  file: string | null;
  line: number | null;
  column: number | null;
}

/** Builds a twin of a workspace with `cargo build --message-format json`. @returns all that rustc says of a place. */
export async function rustcSays(root: string): Promise<Said[]> {
  const twin = await temporaryFolder('hotdeck-twin');
  await promisify(execFile)('cp', ['-a', `${root}/.`, twin]);
  const { stdout } = await promisify(execFile)('cargo', ['build', '--message-format', 'json'], {
    cwd: twin,
  }).catch((error: unknown) => z.object({ stdout: z.string() }).parse(error));
  return stdout
    .trimEnd()
    .split('\n')
    .flatMap((line) => MessageSchema.safeParse(JSON.parse(line)).data ?? [])
    .flatMap(({ target, message: { level, message, code, spans } }) => {
      const place = spans.find((span) => span.is_primary);
      if (place === undefined) return [];
      const { file_name: file, line_start: line, column_start: column } = place;
      return [{ package: target.name, level, message, code: code?.code ?? null, file, line, column }];
    });
}
