import { extname } from 'node:path';
import { host, scheme } from './policy.ts';

/** The kinds of file the page consists of; nothing else is served. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface Asset {
  /** Parts of the path below the root of the page: never empty, `.`, `..`, nor with a separator inside. */
  readonly segments: readonly string[];
  /** The MIME type. */
  readonly type: string;
}

/** The file that a URL of the page names; null for all that is not plainly a file of the page. */
export function assetPath(url: string): Asset | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== `${scheme}:` || parsed.host !== host) return null;
  if (parsed.username !== '' || parsed.password !== '') return null;

  const path = decode(parsed.pathname);
  if (path === null || !path.startsWith('/')) return null;
  const segments = path === '/' ? ['index.html'] : path.slice(1).split('/');
  if (!segments.every(isPlainName)) return null;
  const type = types[extname(segments.at(-1) ?? '').toLowerCase()];
  return type === undefined ? null : { segments, type };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Neither empty nor dotted, and without the characters that mean something in some file system's path. */
function isPlainName(segment: string): boolean {
  return segment !== '' && !segment.startsWith('.') && !/[\\/:\0]/.test(segment);
}
