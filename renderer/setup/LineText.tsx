import { pieces } from './diffText.ts';

/** A line of a file with its tabs, spaces at the end and carriage return to be seen; a copy has them as they are. */
export function LineText({ text }: { text: string }) {
  return (
    <>
      {pieces(text).map(({ kind, text: part }, i) =>
        kind === 'text' ? (
          part
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one line never change places
          <span key={i} className="blank" data-blank={kind}>
            {part}
          </span>
        ),
      )}
    </>
  );
}
