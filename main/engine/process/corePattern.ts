/** What is known of a process that died; core(5) has a letter for each, and for some that nobody knows afterwards. */
export interface Dead {
  pids: readonly number[];
  /** The program file's name and path. */
  program: string;
  path: string;
  uid: number;
  gid: number;
  /** The signal's number; null where it isn't known. */
  signal: number | null;
  host: string;
}

export type CorePattern =
  | {
      kind: 'file' /** A pattern for each part of the path, as sources of regular expressions. */;
      parts: string[];
      absolute: boolean;
    }
  /** The kernel hands cores to a program (or a socket). */
  | { kind: 'collector'; program: string };

/**
 * Reads /proc/sys/kernel/core_pattern (core(5)). Pure.
 * @param usesPid the other setting: a name without %p gets the process id at its end.
 */
export function readCorePattern(pattern: string, usesPid: boolean, dead: Dead): CorePattern | null {
  const text = pattern.trimEnd();
  if (text === '')
    return usesPid ? { kind: 'file', parts: [`core\\.${pidsOf(dead)}`], absolute: false } : null;
  if (text.startsWith('|') || text.startsWith('@')) {
    return { kind: 'collector', program: text.slice(1).trimStart().split(' ')[0] ?? '' };
  }
  const hasPid = /%p/.test(text.replaceAll('%%', ''));
  const parts = text.split('/').map((part) => partOf(part, dead));
  const last = parts.pop() ?? '';
  parts.push(usesPid && !hasPid ? `${last}\\.${pidsOf(dead)}` : last);
  return { kind: 'file', parts: parts.filter((part) => part !== ''), absolute: text.startsWith('/') };
}

/** The source of a regular expression for one part of a path. */
const partOf = (part: string, dead: Dead): string =>
  part.replace(/%(.?)|[^%]+/g, (plain, letter: string | undefined) =>
    letter === undefined ? escaped(plain) : specifier(letter, dead),
  );

const ANY_NUMBER = '\\d+';
const ANY_NAME = '[^/]*';

function specifier(letter: string, dead: Dead): string {
  // A single % at the end is dropped by the kernel, and so is one before a letter that it does not know.
  switch (letter) {
    case '%':
      return '%';
    case 'p':
      return pidsOf(dead);
    case 'u':
      return String(dead.uid);
    case 'g':
      return String(dead.gid);
    case 's':
      return dead.signal === null ? ANY_NUMBER : String(dead.signal);
    case 'h':
      return escaped(dead.host);
    case 'f':
      return escaped(dead.program);
    case 'E':
      return escaped(dead.path.replaceAll('/', '!'));
    // The name of the thread that died, which it may have chosen itself.
    case 'e':
      return ANY_NAME;
    // Ids in other namespaces, the time, the dump mode, the limit, the processor.
    case 'P':
    case 'i':
    case 'I':
    case 't':
    case 'd':
    case 'c':
    case 'C':
    case 'F':
      return ANY_NUMBER;
    default:
      return '';
  }
}

const pidsOf = ({ pids }: Dead): string => `(?:${pids.join('|')})`;
const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
