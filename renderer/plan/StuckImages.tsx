import { Fragment } from 'react';
import type { ModuleGraph, StuckImage } from '#shared/contract.ts';
import { labelIn } from '../state/labels.ts';
import { useSession } from '../state/store.ts';
import { hasGoneFromDisk } from './stuckFacts.ts';
import './stuck.css';

interface Props {
  readonly stuck: readonly StuckImage[];
  readonly graph: ModuleGraph;
  /** What is said already: a holder that it names is not named again. */
  readonly said: string;
}

/** Lists old images that are still mapped: where, and what keeps them there. */
export function StuckImages({ stuck, graph, said }: Props) {
  const modules = useSession((session) => session.modules);
  if (stuck.length === 0) return null;
  return (
    <ul className="stuck" aria-label="Still mapped">
      {stuck.map((image) => (
        <li key={`${image.module} ${image.pid} ${image.address}`} data-module={image.module}>
          <strong>{labelIn(graph, image.module)}</strong> is still mapped in process {image.pid} at{' '}
          <Address text={image.address} />, inode <code>{image.inode}</code>
          {hasGoneFromDisk(image, modules) ? ' (deleted)' : ''}.
          {image.holder === null || said.includes(image.holder) ? null : ` ${image.holder}`}
        </li>
      ))}
    </ul>
  );
}

/** Breaks between its two ends first, where there is too little room for both. */
function Address({ text }: { text: string }) {
  return (
    <code>
      {text.split('-').map((end, i) => (
        <Fragment key={end}>
          {i === 0 ? null : '-'}
          {i === 0 ? null : <wbr />}
          {end}
        </Fragment>
      ))}
    </code>
  );
}
