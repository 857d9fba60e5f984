/** A comment, a string or a character of Rust; block comments nest, which `endOfBlock` counts. */
const SKIPPED =
  /\/\/[^\n]*|\/\*|b?r(?<hashes>#*)"[\s\S]*?"\k<hashes>|b?"(?:\\[\s\S]|[^"\\])*"|'(?:\\[^\n]+?|[^'\\\n])'/g;

/** Takes the comments out of Rust source, each for a space. Pure. */
export const withoutComments = (source: string): string => strip(source, (found) => /^\/[/*]/.test(found));

/** Takes the comments, strings, and characters out of Rust source, each for a space. Pure. */
export const withoutTexts = (source: string): string => strip(source, () => true);

function strip(source: string, isDropped: (found: string) => boolean): string {
  let kept = '';
  let from = 0;
  SKIPPED.lastIndex = 0;
  for (let found = SKIPPED.exec(source); found !== null; found = SKIPPED.exec(source)) {
    if (!isDropped(found[0])) continue;
    kept += `${source.slice(from, found.index)} `;
    from = found[0] === '/*' ? endOfBlock(source, found.index) : SKIPPED.lastIndex;
    SKIPPED.lastIndex = from;
  }
  return kept + source.slice(from);
}

function endOfBlock(source: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(source); mark !== null; mark = marks.exec(source)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return source.length;
}
