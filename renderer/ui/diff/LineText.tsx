import { type Difference, pieces } from './diffText.ts';

interface Props {
  readonly text: string;
  /** The part that is to stand out. */
  readonly difference?: Difference | undefined;
}

/**
 * Shows a line of a file with tabs, trailing spaces and carriage return made visible; a copy has them as they are.
 */
export function LineText({ text, difference }: Props) {
  if (difference === undefined || difference.start >= difference.end) return <Plain text={text} />;
  const { start, end } = difference;
  return (
    <>
      <Plain text={text.slice(0, start)} inside />
      <mark>
        <Plain text={text.slice(start, end)} inside={end < text.length} />
      </mark>
      <Plain text={text.slice(end)} />
    </>
  );
}

/** @param inside the line continues behind it, so its end is not the line's. */
function Plain({ text, inside = false }: { text: string; inside?: boolean }) {
  return pieces(text, inside).map(({ kind, text: part }, i) =>
    kind === 'text' ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one line never change places
      <span key={i} className="blank" data-blank={kind}>
        {part}
      </span>
    ),
  );
}
