import type { Stream } from '../../preload/contract.ts';
import { stepHit } from '../log/hits.ts';
import { aimAt, changeFilters, useLogView } from '../log/view.ts';
import { IconFilter } from '../shell/icons.tsx';
import { setHit, useRunSearch } from '../state/runSearch.ts';
import { FindField } from './FindField.tsx';
import { failureOf, hitsHint, hitsText } from './words.ts';

/** The search in the run that the log shows; what is found is marked in the list. @param end the run's end, in lines. */
export function LogSearch({ stream, end }: { stream: Stream; end: number }) {
  const search = useRunSearch();

  const onStep = (forward: boolean) => {
    const { hits, at } = useRunSearch.getState();
    const { selected } = useLogView.getState()[stream];
    const next = stepHit(hits, at, selected ?? end, forward);
    const hit = next === null ? undefined : hits[next];
    if (hit === undefined) return;
    setHit(next);
    aimAt(stream, hit.line);
  };

  return (
    <FindField
      label="Find in log"
      status={hitsText(search)}
      hint={hitsHint(search)}
      failure={failureOf(search)}
      onStep={onStep}
      onLeave={() => document.querySelector<HTMLElement>('.log-feed')?.focus()}
    >
      <button
        type="button"
        className="icon-button"
        aria-label="Filter by this"
        title="Show only the records that hold this"
        disabled={search.pattern.text === ''}
        onClick={() => changeFilters(stream, { pattern: search.pattern })}
      >
        <IconFilter />
      </button>
    </FindField>
  );
}
