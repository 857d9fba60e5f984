import type { HistoryEntry } from '#shared/contract.ts';

/** Draws the sign of an entry, as its lane shows it. */
export function EntryShape({
  entry: { kind, outcome, tone },
}: {
  entry: Pick<HistoryEntry, 'kind' | 'outcome' | 'tone'>;
}) {
  return (
    <svg className="shape" viewBox="0 0 12 12" data-tone={tone} data-kind={kind} aria-hidden="true">
      {shapeOf(kind, outcome, tone)}
    </svg>
  );
}

function shapeOf(
  kind: HistoryEntry['kind'],
  outcome: HistoryEntry['outcome'],
  tone: HistoryEntry['tone'],
): React.ReactNode {
  if (kind === 'edit') return <path d="M6 .4l3.2 3.2L6 6.8 2.8 3.6zM5.4 6.5h1.2v5H5.4z" />;
  if (outcome === 'start') return <path d="M3 2l7 4-7 4z" />;
  if (outcome === 'ready') return <circle className="inked" cx="6" cy="6" r="3.2" />;
  if (outcome === 'stop') return <path d="M3 3h6v6H3z" />;
  if (outcome === 'crash' || outcome === 'crashed')
    return <path className="inked strong" d="M2.5 2.5l7 7M9.5 2.5l-7 7" />;
  if (outcome === 'stuck') return <path d="M2 2h2v8H2zM5 2h2v8H5zM8 2h2v8H8z" />;
  if (outcome === 'unseen') return <path className="inked dashed" d="M3 3h6v6H3z" />;
  if (outcome === 'cancelled' || outcome === 'nothing' || outcome === 'interrupted')
    return <path className="inked dashed" d="M2 3.5h8v5H2z" />;
  if (tone === 'bad') return <path d="M1 2h10L6 11z" />;
  if (tone === 'warning') return <path d="M6 1l5 5-5 5-5-5z" />;
  if (kind === 'build') return <path d="M4 1.5h4v9.5H4z" />;
  return (
    <>
      <path d="M4.6 5h2.8v6H4.6z" />
      <circle cx="6" cy="3.8" r="2.9" />
    </>
  );
}
