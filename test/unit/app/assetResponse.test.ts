import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetResponse } from '../../../main/app/assetResponse.ts';
import { contentSecurityPolicy } from '../../../main/app/policy.ts';

let folder: string;
let root: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hotdeck-assets-'));
  root = join(folder, 'renderer');
  await mkdir(join(root, 'folder.js'), { recursive: true });
  await mkdir(join(folder, 'renderer-other'));
  await writeFile(join(root, 'index.html'), '<p>page</p>');
  await writeFile(join(folder, 'secret.json'), '{"secret":1}');
  await writeFile(join(folder, 'renderer-other', 'secret.json'), '{"secret":2}');
  await symlink(join(folder, 'secret.json'), join(root, 'out.json'));
  await symlink(join(folder, 'renderer-other'), join(root, 'sibling'));
  await symlink(join(root, 'index.html'), join(root, 'inside.html'));
});
afterAll(() => rm(folder, { recursive: true }));

const get = (path: string, method = 'GET') =>
  assetResponse(new Request(`app://hotdeck/${path}`, { method }), root);

describe('serving the page', () => {
  it.each(['', 'index.html', 'inside.html'])('gives the file for “%s”', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<p>page</p>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it.each(['out.json', 'sibling/secret.json', 'missing.js', 'folder.js', '..%2fsecret.json'])(
    'has nothing for “%s”',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('secret');
    },
  );

  it('only reads', async () => {
    expect((await get('index.html', 'POST')).status).toBe(404);
  });

  it.each(['index.html', 'missing.js'])('sends the policy with “%s”', async (path) => {
    const { headers } = await get(path);
    expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
