/** Where the project's own checkout lies: the launcher runs from it, as sources (tests) or bundled (dist/main). */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder at or above `from` whose package.json is this project's; throws where there is none. */
export function checkoutRoot(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (packageName(folder) === 'hotdeck') return folder;
    if (folder === dirname(folder)) throw new Error(`No Hotdeck checkout at or above ${from}`);
  }
}

function packageName(folder: string): unknown {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof parsed === 'object' && parsed !== null && 'name' in parsed ? parsed.name : undefined;
  } catch {
    // No package.json here, or not a readable one: the search goes on above.
    return undefined;
  }
}
