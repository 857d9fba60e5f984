/** Quotes a word for a POSIX shell, where it needs that. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** Writes arguments as a shell reads them, in one line. */
export const shellLine = (words: readonly string[]): string => words.map(shellWord).join(' ');

/** Writes arguments line by line, each option with its value. */
export function argumentLines(words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && /^--[\w-]+$/.test(last) && !word.startsWith('-'))
      lines[lines.length - 1] = `${last} ${shellWord(word)}`;
    else lines.push(shellWord(word));
  }
  return lines;
}
