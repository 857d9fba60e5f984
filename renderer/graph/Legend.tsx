import { useState } from 'react';
import { readFlag, writeFlag } from '../state/localChoices.ts';
import { IconChevron } from '../ui/icons.tsx';
import { arrowPath } from './arrows/arrowShape.ts';

const KEY = 'hotdeck.legend';
/** How wide it is with its margin, px. */
export const LEGEND_ROOM = 192;
/** A window at least this wide shows the legend until it is closed, px. */
const ROOMY = 1100;

interface Props {
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  /** What the arrows that are drawn now stand for. */
  readonly arrows: string | null;
}

/** Explains the colors and arrows; can be folded, and remembers that. */
export function Legend({ open, onToggle, arrows }: Props) {
  return (
    <div className="legend" data-open={open}>
      <button type="button" className="legend-toggle" aria-expanded={open} onClick={() => onToggle(!open)}>
        Legend
        <IconChevron />
      </button>
      {open ? (
        <ul className="legend-list">
          <Swatch kind="external" text="third-party" />
          <Swatch kind="pinned" text="pinned: needs a restart to swap" />
          <Swatch kind="module" text="module: swaps while running" />
          <Swatch kind="executable" text="executable" />
          <li>
            <svg className="legend-line" viewBox="0 0 30 10" aria-hidden="true">
              <path d="M 1 5 H 22" />
              <path className="tip" d="M 20 1 L 29 5 L 20 9 L 22 5 Z" />
            </svg>
            links
          </li>
          <li>
            <svg className="legend-line" viewBox="0 0 30 10" aria-hidden="true">
              <path d="M 1 5 H 22" strokeDasharray="4 2" />
              <path className="tip" d="M 20 1 L 29 5 L 20 9 L 22 5 Z" />
            </svg>
            opens while it runs
          </li>
          <Sample step="unload" text="unload" />
          <Sample step="load" text="load" />
          {arrows === null ? null : <li className="legend-words">{arrows}</li>}
        </ul>
      ) : null}
    </div>
  );
}

/** Returns whether the legend is open, as remembered, and how to change that. */
export function useLegend(): readonly [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(() => readFlag(KEY, window.innerWidth >= ROOMY));
  const toggle = (next: boolean) => {
    writeFlag(KEY, next);
    setOpen(next);
  };
  return [open, toggle];
}

function Swatch({ kind, text }: { kind: string; text: string }) {
  return (
    <li>
      <span className="swatch" data-kind={kind} aria-hidden="true" />
      {text}
    </li>
  );
}

function Sample({ step, text }: { step: 'unload' | 'load'; text: string }) {
  const arrow = step === 'unload' ? { tail: 19, tip: 1 } : { tail: 1, tip: 19 };
  return (
    <li>
      <svg className="legend-arrow" viewBox="0 0 30 20" aria-hidden="true">
        <path className="arrow" data-step={step} d={arrowPath({ x: 15, width: 7, ...arrow })} />
      </svg>
      {text}
    </li>
  );
}
