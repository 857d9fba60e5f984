/** What in a text tells who somebody is. */
export interface Personal {
  /** The home folder, as the system names it and without links. */
  readonly homes: readonly string[];
  readonly user: string;
  readonly host: string;
  /** Folders of workspaces: of each its names, that without links among them. */
  readonly workspaces: readonly (readonly string[])[];
}

/** They tell nothing of a person, and are words of their own. */
const COMMON = new Set(['root', 'user', 'admin', 'localhost', 'build', 'runner', 'node', 'app', 'server']);

/** Names may go on with these, so that `/home/ann` is not found in `/home/anna`. */
const NAME = String.raw`[\p{L}\p{N}_-]`;

/**
 * Replaces personal paths and names: a workspace's folder by `<workspace>` (the second one by `<workspace-2>`), the home
 * folder by `~`, the user's name by `<user>`, the machine's by `<host>`. Paths are found whole, names as whole words, also
 * where JSON or a URL has escaped them.
 */
export function redact(text: string, { homes, user, host, workspaces }: Personal): string {
  const places = new Map<string, string>();
  for (const [index, names] of workspaces.entries()) {
    const word = index === 0 ? '<workspace>' : `<workspace-${index + 1}>`;
    for (const name of names) if (!places.has(name)) places.set(name, word);
  }
  for (const home of homes) if (!places.has(home)) places.set(home, '~');
  let redacted = text;
  // A folder before those that it lies in.
  for (const [folder, word] of [...places].sort(([a], [b]) => b.length - a.length)) {
    if (folder.length < 2) continue;
    for (const form of formsOf(folder)) {
      redacted = redacted.replaceAll(new RegExp(`${escaped(form)}(?!${NAME}|\\.${NAME})`, 'giu'), word);
    }
  }
  redacted = word(redacted, user, '<user>');
  const [short = ''] = host.split('.');
  return word(word(redacted, host, '<host>'), short, '<host>');
}

/** A path as it is, as JSON has it, and as a URL has it. */
function formsOf(path: string): Set<string> {
  return new Set([path, JSON.stringify(path).slice(1, -1), encodeURI(path)]);
}

function word(text: string, name: string, by: string): string {
  if (name.length < 2 || COMMON.has(name.toLowerCase())) return text;
  return text.replaceAll(new RegExp(`(?<!${NAME})${escaped(name)}(?!${NAME})`, 'giu'), by);
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
