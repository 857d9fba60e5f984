import { memo } from 'react';
import { codeName, visibleBits } from './invisibleCharacters.ts';
import { LogLink } from './LogLink.tsx';
import { type Span, spansWithin } from './searchHighlights.ts';
import { partsOf, type TextPart } from './textLinks.ts';

interface Props {
  readonly text: string;
  /** What a search found in it. */
  readonly found?: readonly Span[];
}

const NONE: readonly Span[] = [];

/** Shows a program's text as text, whatever it holds, with links, and with signs for invisible characters. */
export const LogText = memo(function LogText({ text, found = NONE }: Props) {
  return split(text).map((part) => (
    <Part key={part.start} part={part} found={spansWithin(found, part.start, part.text.length)} />
  ));
});

function Part({ part: { kind, text }, found }: { part: TextPart; found: readonly Span[] }) {
  const inside = <Marked text={text} found={found} />;
  if (kind === 'text') return inside;
  return (
    <LogLink kind={kind} text={text}>
      {inside}
    </LogLink>
  );
}

// Both kinds of links have a colon; most texts have none.
const split = (text: string): readonly TextPart[] =>
  text.includes(':') ? partsOf(text) : [{ kind: 'text', text, start: 0 }];

function Marked({ text, found }: { text: string; found: readonly Span[] }) {
  if (found.length === 0) return <Signs text={text} />;
  let from = 0;
  return (
    <>
      {found.map(({ start, length }) => {
        const before = text.slice(from, start);
        from = start + length;
        return (
          <span key={start}>
            <Signs text={before} />
            <mark>
              <Signs text={text.slice(start, from)} />
            </mark>
          </span>
        );
      })}
      <Signs text={text.slice(from)} />
    </>
  );
}

function Signs({ text }: { text: string }) {
  const bits = visibleBits(text);
  if (bits.every(({ code }) => code === null)) return text;
  return bits.map((bit, i) =>
    bit.code === null ? (
      bit.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the bits of one text never change places
      <span key={i} className="unseen" title={`The character ${codeName(bit.code)}`}>
        {bit.text}
      </span>
    ),
  );
}
