import type { Stream } from '#shared/contract.ts';
import { FindField } from '../search/FindField.tsx';
import { useRunSearch } from '../search/runSearchStore.ts';
import { failureOf, hitsText } from '../search/searchTexts.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { IconFilter } from '../ui/icons.tsx';
import { stepToHit } from './goToHit.ts';
import { changeFilters, useLogView } from './logViewStore.ts';

/**
 * Searches the run that the log shows and marks the matches in the list.
 * @param end the run's end, in lines.
 */
export function LogSearch({ stream, end }: { stream: Stream; end: number }) {
  const search = useRunSearch();

  const onStep = (forward: boolean) => {
    const { selected } = useLogView.getState()[stream];
    void stepToHit(stream, selected ?? end, forward);
  };

  return (
    <FindField
      label="Find in log"
      status={hitsText(search)}
      failure={failureOf(search)}
      onStep={onStep}
      onLeave={() => document.querySelector<HTMLElement>('.log-feed')?.focus()}
    >
      <IconButton
        label="Filter by this"
        title="Show only matching lines"
        disabled={search.pattern.text === ''}
        onClick={() => changeFilters(stream, { pattern: search.pattern })}
      >
        <IconFilter />
      </IconButton>
    </FindField>
  );
}
