import type { ReactNode } from 'react';
import { runsOf } from '#shared/ansi.ts';
import './ansi.css';

interface Props {
  readonly text: string;
  /** Draws the text of a run; without it, it is drawn as it is. */
  readonly draw?: (text: string) => ReactNode;
}

/** Shows a text in the colors that its program gave it. */
export function AnsiText({ text, draw }: Props) {
  return runsOf(text).map((run, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the runs of one text never change places
    <span key={i} data-color={run.color ?? undefined} data-bold={run.bold}>
      {draw === undefined ? run.text : draw(run.text)}
    </span>
  ));
}
