import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { assetPath } from './assetPath.ts';
import { describe, log } from './log.ts';
import { responseHeaders } from './policy.ts';

/** The answer to one request of the page: a file below `root` with its type, or 404. */
export async function assetResponse(request: Request, root: string): Promise<Response> {
  const asset = request.method === 'GET' ? assetPath(request.url) : null;
  if (asset === null) return refuse(request.url);
  try {
    const base = await realpath(root);
    const path = await realpath(join(base, ...asset.segments));
    // A link inside the root may point out of it.
    if (!path.startsWith(base + sep)) return refuse(request.url);
    const body = await readFile(path);
    return new Response(body, { headers: { ...responseHeaders, 'Content-Type': asset.type } });
  } catch (error) {
    return refuse(describe(error));
  }
}

function refuse(why: string): Response {
  log('Not a file of the page', why);
  return new Response('Not found', {
    status: 404,
    headers: { ...responseHeaders, 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
