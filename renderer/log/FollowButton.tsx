import { useEffect, useState } from 'react';
import type { LogRun, Stream } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { IconArrowDown } from '../ui/icons.tsx';
import type { LogPages } from './logPages.ts';
import { changeView, useLogView } from './logViewStore.ts';

interface Props {
  readonly stream: Stream;
  readonly run: LogRun;
  readonly pages: LogPages;
}

/** Takes hold of the end of the log again; says how much came since it was let go. */
export function FollowButton({ stream, run, pages }: Props) {
  const following = useLogView((views) => views[stream].following);
  const [letGo, setLetGo] = useState(pages.endLine);
  const { endLine } = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the end was when it was let go
  useEffect(() => setLetGo(endLine), [following]);
  if (following || pages.records.length === 0) return null;
  const live = run.state === 'live';
  const more = live ? Math.max(0, endLine - letGo) : 0;
  return (
    <button
      type="button"
      className="button small follow"
      title={live ? 'Follow new output (End)' : 'Go to the end of the log (End)'}
      onClick={() => changeView(stream, { following: true, selected: null, open: false })}
    >
      <IconArrowDown />
      {live ? 'Follow' : 'Go to end'}
      {more > 0 ? <span className="badge">{count(more, 'new line')}</span> : null}
    </button>
  );
}
