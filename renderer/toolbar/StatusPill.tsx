import type { ReactNode } from 'react';

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

interface Props {
  /** Drawn beside the element that tells the state. */
  readonly title: string;
  readonly tone: Tone;
  /** The state's word: the status begins with it. */
  readonly word: string;
  /** Drawn beside the title. */
  readonly aside?: string;
  /** What runs, and how much of it is done; `of` is null where that is unknown. */
  readonly progress?: { readonly done: number; readonly of: number | null } | null;
  /** Shown where the pointer rests on it. */
  readonly hint?: string;
  /** Something to press, after all that is said: it is never shortened. */
  readonly action?: ReactNode;
  /** What is said beside the word: text that is shortened where there is little room. */
  readonly children?: ReactNode;
}

/** Shows a lamp, a word and its details. Only the word is announced, not every second that passes. */
export function StatusPill({
  title,
  tone,
  word,
  aside = '',
  progress = null,
  hint = '',
  action,
  children,
}: Props) {
  return (
    <div className="pill" data-tone={tone} title={hint === '' ? undefined : hint}>
      <span className="pill-lamp" aria-hidden="true" />
      <div className="pill-text">
        <span className="pill-title" aria-hidden="true">
          {title}
          {aside}
        </span>
        <div
          role="status"
          className="pill-value"
          aria-label={`${title} status`}
          aria-description={hint || undefined}
        >
          <strong>{word}</strong>
          <span role="timer" aria-live="off">
            {children}
          </span>
          {action === undefined ? null : <span className="pill-action">{action}</span>}
        </div>
        {progress === null ? null : <Progress title={title} {...progress} />}
      </div>
    </div>
  );
}

/** A thin line that takes no room. */
function Progress({ title, done, of }: { title: string } & NonNullable<Props['progress']>) {
  const known = of !== null && of > 0;
  return (
    <div
      role="progressbar"
      className="pill-progress"
      aria-label={`${title} progress`}
      aria-valuemin={0}
      aria-valuemax={known ? of : undefined}
      aria-valuenow={known ? done : undefined}
    >
      <span style={{ transform: `scaleX(${known ? done / of : 0})` }} />
    </div>
  );
}
