import { useEffect } from 'react';
import { uptime } from '#shared/duration.ts';
import { clock } from '#shared/time.ts';
import { useNow } from '../../ui/useNow.ts';
import { writtenAt } from '../entryTexts.ts';
import {
  askList,
  bringIntoView,
  LIST_PAGE,
  type ListedEntry,
  pickEntry,
  useHistory,
} from '../historyStore.ts';
import { type Health, healthOf, healthParts } from './health.ts';
import { useHealth } from './healthStore.ts';

/** Goes back so many pages at the most. */
const PAGES = 20;
const CALM_MS = 80;

/** Says since when something has been broken, or all has been well. */
export function HealthLine() {
  const recorded = useHistory((history) => history.recorded);
  const known = useHistory((history) => history.known);
  const begun = useHistory((history) => history.whole?.from ?? null);
  const standing = useHealth((state) => state.standing);
  const now = useNow(60_000);
  useEffect(() => () => useHealth.setState({ standing: null }), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is more
  useEffect(() => {
    if (!known) return;
    let gone = false;
    const timer = setTimeout(
      () => {
        void readHealth().then((read) => {
          if (!gone && read !== null) useHealth.setState({ standing: read });
        });
      },
      standing === null ? 0 : CALM_MS,
    );
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [recorded, known]);
  const trouble = standing?.troubles[0];
  const isKnown = standing !== null && begun !== null;
  return (
    <div className="standing" data-tone={isKnown ? (trouble === undefined ? 'good' : 'bad') : undefined}>
      <p role="status" aria-label="Since when">
        {isKnown
          ? healthParts(standing, begun, now).map(({ text, item }) =>
              item === null ? (
                <span key={text}>{text}</span>
              ) : (
                <ToRecord key={item.entry.id} item={item} now={now}>
                  {text}
                </ToRecord>
              ),
            )
          : null}
      </p>
      {trouble === undefined ? null : <Beside {...trouble} now={now} />}
    </div>
  );
}

/** Shows how long ago that was, and what went well last: outside of the text that is announced when it changes. */
function Beside({ since, before, now }: { now: number } & Health['troubles'][number]) {
  return (
    <>
      <span className="standing-ago">{now - since < 60_000 ? 'just now' : `for ${uptime(now - since)}`}</span>
      {before === null || before.entry.kind === 'server' ? null : (
        <ToRecord item={before} now={now} className="standing-before">
          last good {before.entry.kind}: {clock(writtenAt(before.entry), now)}
        </ToRecord>
      )}
    </>
  );
}

interface ToRecordProps {
  readonly item: ListedEntry;
  readonly now: number;
  readonly className?: string;
  readonly children: React.ReactNode;
}

/** Words that lead to a record. */
function ToRecord({ item: { entry, text }, now, className, children }: ToRecordProps) {
  return (
    <button
      type="button"
      className={className}
      title={`Show the event at ${clock(writtenAt(entry), now)}: ${text}`}
      onClick={() => {
        pickEntry(entry);
        bringIntoView(entry.at, entry.took);
      }}
    >
      {children}
    </button>
  );
}

/** Reads back until it is clear what is so and since when. */
async function readHealth(): Promise<Health | null> {
  const items: ListedEntry[] = [];
  let first: number | null = null;
  /** What lies from here on is read. */
  let known = Number.POSITIVE_INFINITY;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await askList({ wrong: false, first, around: null });
    if (answer === null) return null;
    items.push(...answer.items.slice(0, Math.max(0, known - answer.first)).reverse());
    const standing = healthOf(items, answer.first === 0);
    if (!standing.open || answer.first === 0) return standing;
    known = answer.first;
    first = Math.max(0, answer.first - LIST_PAGE);
  }
  return healthOf(items, false);
}
