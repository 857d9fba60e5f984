import { Fragment } from 'react';
import type { ModuleGraph, Why } from '#shared/contract.ts';
import { labelIn } from '../state/labels.ts';
import { pick } from '../state/store.ts';

interface Props {
  readonly why: Why;
  /** Whether the sentence is on screen already. */
  readonly said: boolean;
  readonly graph: ModuleGraph;
}

/** Shows the chain from what changed to a module, each step selectable, and the reason as a sentence. */
export function WhyBuilt({ why, said, graph }: Props) {
  const known = new Set(graph.nodes.map((node) => node.name));
  return (
    <div className="why">
      {said ? null : <p className="why-text">{why.text}</p>}
      {said || why.chain.length > 1 ? (
        <p className="why-chain">
          {why.file === null ? null : (
            <>
              <span className="path">{why.file}</span> <Arrow />{' '}
            </>
          )}
          {why.chain.map((name, i) => (
            <Fragment key={name}>
              {i === 0 ? null : (
                <>
                  {' '}
                  <Arrow />{' '}
                </>
              )}
              {known.has(name) && name !== why.module ? (
                <button type="button" className="name" title={name} onClick={() => pick(name)}>
                  {labelIn(graph, name)}
                </button>
              ) : (
                <span title={name}>{labelIn(graph, name)}</span>
              )}
            </Fragment>
          ))}
        </p>
      ) : null}
    </div>
  );
}

/** Read as what it means. */
const Arrow = () => (
  <span className="why-arrow" role="img" aria-label="then">
    →
  </span>
);
