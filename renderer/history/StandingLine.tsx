import { useEffect, useState } from 'react';
import { askList, LIST_PAGE, pickEntry, useHistory } from '../state/history.ts';
import { useNow } from '../state/useNow.ts';
import { bringIntoView } from './stage.ts';
import { type Item, type Standing, standingOf, standingText } from './standing.ts';
import { momentText } from './words.ts';

/** Goes back so many pages at the most. */
const PAGES = 20;
const CALM_MS = 80;

/** Since when has this been broken? */
export function StandingLine() {
  const recorded = useHistory((history) => history.recorded);
  const known = useHistory((history) => history.known);
  const begun = useHistory((history) => history.whole?.from ?? null);
  const [standing, setStanding] = useState<Standing | null>(null);
  const now = useNow(60_000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is more
  useEffect(() => {
    if (!known) return;
    let gone = false;
    const timer = setTimeout(
      () => {
        void readStanding().then((read) => {
          if (!gone && read !== null) setStanding(read);
        });
      },
      standing === null ? 0 : CALM_MS,
    );
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [recorded, known]);
  if (standing === null || begun === null) return <p className="standing" role="status" />;
  const [trouble] = standing.troubles;
  const item = trouble?.item ?? standing.mended;
  return (
    <p
      className="standing"
      role="status"
      aria-label="Since when"
      data-tone={trouble === undefined ? 'good' : 'bad'}
    >
      {item === null ? (
        standingText(standing, begun, now)
      ) : (
        <button
          type="button"
          title={`Show the record of ${momentText(item.entry.at, now)}`}
          onClick={() => {
            pickEntry(item.entry);
            bringIntoView(item.entry.at, item.entry.took);
          }}
        >
          {standingText(standing, begun, now)}
        </button>
      )}
    </p>
  );
}

/** Reads back until it is clear what is so and since when. */
async function readStanding(): Promise<Standing | null> {
  const items: Item[] = [];
  let first: number | null = null;
  /** What lies from here on is read. */
  let known = Number.POSITIVE_INFINITY;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await askList({ wrong: false, first, around: null });
    if (answer === null) return null;
    items.push(...answer.items.slice(0, Math.max(0, known - answer.first)).reverse());
    const standing = standingOf(items, answer.first === 0);
    if (!standing.open || answer.first === 0) return standing;
    known = answer.first;
    first = Math.max(0, answer.first - LIST_PAGE);
  }
  return standingOf(items, false);
}
