/** The borders between the folders, as the linter draws them: one run over files that each cross one, or may. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { temporaryFolder } from '../support/folders.ts';

const FORBIDDEN = [
  ['main/engine', 'electron'],
  ['main/engine/session', '../../app/window.ts'],
  ['main/engine', '../../renderer/main.tsx'],
  ['main/engine/graph', 'node:fs'],
  ['main/engine/graph', '../process/images.ts'],
  ['main/engine/elf', 'node:fs'],
  ['main/engine/families/conduwuit', 'node:fs'],
  ['main/engine/foresight', 'node:fs'],
  ['main/cli', 'electron'],
  ['main/launch', 'electron'],
  ['main/app', '../engine/session/session.ts'],
  ['main/app', '../../renderer/main.tsx'],
  ['renderer', 'electron'],
  ['renderer', 'node:fs'],
  ['renderer', '../main/engine/result.ts'],
  ['renderer/graph', '../../main/engine/graph/plan.ts'],
  ['renderer', '../preload/bridge.ts'],
  ['renderer', '#shared/contract/state.ts'],
  ['renderer', '../preload/shared/contract.ts'],
  ['preload', '../main/engine/result.ts'],
  ['preload', '../renderer/main.tsx'],
] as const;

const ALLOWED = [
  ['main/engine/session', '../graph/plan.ts'],
  ['main/engine/graph', '#shared/contract.ts'],
  ['main/engine/foresight/reading', 'node:fs'],
  ['main/app', 'electron'],
  ['main/app', '../engine/protocol.ts'],
  ['renderer/graph', '#shared/contract.ts'],
  ['preload', './shared/contract.ts'],
  ['preload', '#shared/contract.ts'],
] as const;

const ReportSchema = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});

test('every forbidden import is refused, every allowed one is not', async () => {
  const root = await temporaryFolder();
  const checkout = checkoutRoot();
  await copyFile(join(checkout, 'biome.json'), join(root, 'biome.json'));
  const write = async (kind: string, cases: readonly (readonly [string, string])[]): Promise<string[]> =>
    Promise.all(
      cases.map(async ([folder, imported], index) => {
        const path = `${folder}/${kind}${index}.ts`;
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), `import { thing } from '${imported}';\n\nthing();\n`);
        return path;
      }),
    );
  const forbidden = await write('forbidden', FORBIDDEN);
  await write('allowed', ALLOWED);
  const output = await new Promise<string>((resolve) => {
    const biome = join(checkout, 'node_modules/@biomejs/biome/bin/biome');
    const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.'];
    execFile(process.execPath, [biome, ...args], { cwd: root }, (_error, stdout) => resolve(stdout));
  });
  const { diagnostics } = ReportSchema.parse(JSON.parse(output));
  const refused = diagnostics
    .filter(({ category }) => category === 'lint/style/noRestrictedImports')
    .map(({ location }) => location.path);
  expect([...new Set(refused)].sort()).toEqual(forbidden.sort());
});
