import { runsOf } from './ansiRuns.ts';
import './ansi.css';

/** A text in the colours that its program gave it. */
export function AnsiText({ text }: { text: string }) {
  return runsOf(text).map((run, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the runs of one text never change places
    <span key={i} data-colour={run.colour ?? undefined} data-bold={run.bold}>
      {run.text}
    </span>
  ));
}
