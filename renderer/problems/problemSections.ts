import { stripAnsi } from '#shared/ansi.ts';

/** A remark below the frame, as the compiler drew it. */
export interface Note {
  readonly level: string;
  readonly message: string;
  /** Its own frame or further lines, with colors; empty where there are none. */
  readonly body: string;
}

/** What the compiler drew, less what is said elsewhere: the headline. All with its colors. */
export interface Sections {
  readonly frame: string;
  readonly notes: readonly Note[];
}

/** `note: …` at the beginning of a line, or `   = note: …` */
const NOTE = /^(?:\s*= )?(?<level>note|help|warning|error)(?:\[[^\]]*\])?: (?<message>.*)$/;
/** `  --> src/lib.rs:3:5`, or the bar of a frame that has no place. */
const FRAME = /^\s*(?:-->|\|\s*$)/;

/** Takes apart what the compiler drew of a diagnostic. */
export function sectionsOf(rendered: string): Sections {
  const lines = rendered.trimEnd().split('\n');
  const bare = lines.map(stripAnsi);
  const begin = bare.findIndex((line, i) => i > 0 && (FRAME.test(line) || NOTE.test(line)));
  if (begin === -1) return { frame: '', notes: [] };
  const starts = bare.flatMap((line, i) => (i >= begin && NOTE.test(line) ? [i] : []));
  const end = starts[0] ?? lines.length;
  return {
    frame: join(lines.slice(begin, end), bare.slice(begin, end)),
    notes: starts.map((start, i) => {
      const next = starts[i + 1] ?? lines.length;
      const { level = 'note', message = '' } = NOTE.exec(bare[start] ?? '')?.groups ?? {};
      return { level, message, body: join(lines.slice(start + 1, next), bare.slice(start + 1, next)) };
    }),
  };
}

/**
 * Removes `  --> src/lib.rs:3:5` and the bar below it from the beginning of a frame, for those who show the place
 * otherwise.
 */
export function withoutPlace(frame: string): string {
  const lines = frame.split('\n');
  const at = lines.findIndex((line) => !/^\s*(?:-->.*|\|\s*)$/.test(stripAnsi(line)));
  return lines.slice(Math.max(0, at)).join('\n');
}

/** Lines without the empty bars and lines at their end. */
function join(lines: readonly string[], bare: readonly string[]): string {
  const last = bare.findLastIndex((line) => !/^\s*\|?\s*$/.test(line));
  return lines.slice(0, last + 1).join('\n');
}
