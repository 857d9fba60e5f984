import type { ReactNode } from 'react';

export type Tone = 'good' | 'busy' | 'bad' | 'idle';

interface Props {
  /** Drawn beside the element that tells the state. */
  readonly title: string;
  readonly tone: Tone;
  /** The state's word: the status begins with it. */
  readonly word: string;
  readonly children?: ReactNode;
}

/** A lamp, a word and what belongs to it. Only the word is announced, not every second that passes. */
export function StatusPill({ title, tone, word, children }: Props) {
  return (
    <div className="pill" data-tone={tone}>
      <span className="pill-lamp" aria-hidden="true" />
      <div className="pill-text">
        <span className="pill-title" aria-hidden="true">
          {title}
        </span>
        <div role="status" className="pill-value" aria-label={`${title} status`}>
          <strong>{word}</strong>
          <span role="timer" aria-live="off">
            {children}
          </span>
        </div>
      </div>
    </div>
  );
}
