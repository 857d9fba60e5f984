import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { HistoryEntry } from '#shared/contract.ts';
import { KIND_NAMES, tellEntry } from '../entryTexts.ts';
import { pickEntry, showRange, useHistory } from '../historyStore.ts';
import { fitted } from '../tiles/timeScale.ts';
import { MiniMap } from './MiniMap.tsx';
import { TimelineTip, type TipText } from './TimelineTip.tsx';
import { TimelineCanvas } from './timelineCanvas.ts';
import { listenForGestures } from './timelineGestures.ts';
import { timelineKey } from './timelineKeys.ts';
import { LANES, type Mark } from './timelineMarks.ts';

const HELP =
  'Left and Right: previous and next event; Up and Down: switch lanes; Enter: open details; plus and minus: zoom; ' +
  'Shift+Left, Shift+Right, Page Up and Page Down: scroll; Home: go to start; End: follow live; 0: show all.';

/** Shows what happened along the timeline, a lane for each kind. */
export function Timeline({ onEnter }: { onEnter: () => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useRef<TimelineCanvas | null>(null);
  const last = useRef<HistoryEntry | null>(null);
  const [tip, setTip] = useState<TipText | null>(null);
  const [spoken, setSpoken] = useState('');
  const picked = useHistory((history) => history.picked);

  const choose = (mark: Mark | null): void => {
    last.current = mark?.entry ?? null;
    setSpoken(mark === null ? '' : tellEntry(mark.entry, Date.now()).join(', '));
    pickEntry(mark?.entry ?? null);
  };
  const chooses = useRef(choose);
  chooses.current = choose;

  useEffect(() => {
    const element = canvas.current;
    const drawn = element === null ? null : TimelineCanvas.on(element);
    if (element === null || drawn === null) return;
    stage.current = drawn;
    const end = listenForGestures(element, {
      onPress: (x, y) => chooses.current(drawn.at(x, y)),
      onTwice: (x, y) => {
        const mark = drawn.at(x, y);
        if (mark !== null) lookAt(mark.entry);
      },
      onHover: (place) => {
        const text = place === null ? null : tipAt(drawn, place.x, place.y);
        element.style.cursor = text?.picks === true ? 'pointer' : '';
        setTip(text);
      },
    });
    return () => {
      end();
      drawn.close();
      stage.current = null;
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (stage.current === null || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' && picked !== null) onEnter();
    else if (!timelineKey(event, stage.current, entryOf(stage.current, picked, last.current), choose)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section id="history-timeline" className="timeline" aria-label="Timeline">
      <div className="lane-names" aria-hidden="true">
        {LANES.map((kind) => (
          <span key={kind}>{KIND_NAMES[kind]}</span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a picture that takes keys; no element is that */}
      <div
        role="group"
        className="timeline-stage"
        aria-label="Timeline of edits, builds, reloads and server runs"
        aria-description={HELP}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move from entry to entry in it
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} className="timeline-canvas" />
        {tip === null ? null : <TimelineTip tip={tip} />}
      </div>
      <div className="offscreen" aria-live="polite">
        {spoken}
      </div>
      <MiniMap />
    </section>
  );
}

/** The picked one as it is drawn; it may have been picked elsewhere. */
function entryOf(
  stage: TimelineCanvas,
  picked: string | null,
  last: HistoryEntry | null,
): HistoryEntry | null {
  if (picked === null) return null;
  return stage.find(picked)?.entry ?? (last?.id === picked ? last : null);
}

/** Zooms to an entry, so that what is put together comes apart. */
export function lookAt({ at, took }: Pick<HistoryEntry, 'at' | 'took'>): void {
  const length = took ?? 0;
  const room = Math.max(length * 0.3, 2000);
  showRange(fitted(at - room, at + length + room), false);
}

function tipAt(stage: TimelineCanvas, x: number, y: number): TipText | null {
  const mark = stage.at(x, y);
  const now = Date.now();
  if (mark !== null) return { x, y, width: stage.width, lines: tellEntry(mark.entry, now), picks: true };
  const running = stage.runningAt(x, y);
  return running === null
    ? null
    : { x, y, width: stage.width, lines: [running.text, 'in progress'], picks: false };
}
