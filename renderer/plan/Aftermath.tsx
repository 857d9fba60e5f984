import type { ReactNode } from 'react';
import type { ModuleGraph, LastReload as Reload } from '#shared/contract.ts';
import { labelIn } from '../state/labels.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { StuckImages } from './StuckImages.tsx';
import { unplaced } from './stuckFacts.ts';

/** Shows what is left to say about a reload that did not go as planned. */
export function Aftermath({ reload, graph, gone }: { reload: Reload; graph: ModuleGraph; gone: boolean }) {
  const { stuck, disagreements, deviations, lines, coreFile, message } = reload;
  const stayed = unplaced(reload);
  return (
    <>
      {gone ? null : <StuckImages stuck={stuck} graph={graph} said={message} />}
      {stayed.length === 0 ? null : (
        <p className="last-stayed">
          {gone ? 'Kept the old image' : 'Still the old image'}:{' '}
          {stayed.map((name) => labelIn(graph, name)).join(', ')}
        </p>
      )}
      <Sentences heading="The log says otherwise" sentences={disagreements} />
      <Sentences heading="Not as planned" sentences={deviations} />
      {coreFile === null ? null : (
        <Part heading="Core file">
          <p className="core-file">
            <span className="path">{coreFile}</span>
            <CopyButton text={coreFile} what="the core file’s path" />
          </p>
        </Part>
      )}
      {lines.length === 0 ? null : (
        <Part heading="Last output of the server">
          <pre className="last-lines">{lines.join('\n')}</pre>
        </Part>
      )}
    </>
  );
}

function Sentences({ heading, sentences }: { heading: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <Part heading={heading}>
      <ul className="last-sentences">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Part>
  );
}

function Part({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section className="last-part" aria-label={heading}>
      <h3 className="last-heading">{heading}</h3>
      {children}
    </section>
  );
}
