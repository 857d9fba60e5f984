import type { GraphNode, ModuleGraph, ModuleStatus } from '#shared/contract.ts';
import { clock } from '#shared/time.ts';
import { labelIn } from '../state/labels.ts';
import { pick, useSession } from '../state/store.ts';
import { Fact } from '../ui/Fact.tsx';
import { useNow } from '../ui/useNow.ts';
import { CopyFacts } from './CopyFacts.tsx';
import { crateCopiesOf } from './crateCopies.ts';
import { compareImage, deviceAndInode } from './imageTexts.ts';
import { WhyBuilt } from './WhyBuilt.tsx';

interface Props {
  readonly node: GraphNode;
  readonly status: ModuleStatus | null;
  readonly neededBy: readonly string[];
  readonly graph: ModuleGraph;
}

/** Lists what is known about a node. */
export function Facts({ node, status, neededBy, graph }: Props) {
  const now = useNow(60_000);
  const isGuess = useSession((session) => session.blind !== null) && status?.image != null;
  const own = node.role !== 'external' && status !== null;
  const comparison = status === null ? null : compareImage(status);
  return (
    <dl className="facts">
      <Copies node={node} graph={graph} />
      {own ? (
        <>
          <Fact term="File">
            {status.file === null ? 'not known' : <span className="path">{status.file}</span>}
          </Fact>
          <Fact term="On disk">
            <span className="inode">{deviceAndInode(status.artifact) ?? 'no file'}</span>
          </Fact>
          <Fact term={isGuess ? 'Mapped (a guess)' : 'Mapped'}>
            <span className="inode">{deviceAndInode(status.image) ?? 'not mapped'}</span>
            {status.image?.deleted === true ? <span className="deleted">deleted from disk</span> : null}
          </Fact>
          {status.image === null ? null : <CopyFacts image={status.image} now={now} />}
          {comparison === null ? null : (
            <Fact term="">
              <span className="comparison" data-equal={comparison.equal}>
                {comparison.words}
              </span>
            </Fact>
          )}
          {status.why === undefined ? null : (
            <Fact term={status.state === 'stale' ? 'Because of' : 'Last built'}>
              <WhyBuilt why={status.why} said={status.state === 'stale'} graph={graph} />
            </Fact>
          )}
          <Fact term="Built">{status.builtAt === null ? 'never' : clock(status.builtAt, now)}</Fact>
        </>
      ) : null}
      <Fact term="Needs">
        <Names names={node.needs} graph={graph} none="nothing" />
      </Fact>
      <Fact term="Needed by">
        <Names names={neededBy} graph={graph} none="nothing" />
      </Fact>
    </dl>
  );
}

/** What it has a copy of inside, though another has one too: state that the two don't share. */
function Copies({ node, graph }: Pick<Props, 'node' | 'graph'>) {
  const copies = crateCopiesOf(node, graph);
  if (copies.length === 0) return null;
  return (
    <Fact term={node.role === 'external' ? 'Copies' : 'Own copies'}>
      <ul className="copies">
        {copies.map(({ crate, message, isHarmless }) => (
          <li key={crate} data-harmless={isHarmless}>
            {message}
          </li>
        ))}
      </ul>
    </Fact>
  );
}

function Names({ names, graph, none }: { names: readonly string[]; graph: ModuleGraph; none: string }) {
  if (names.length === 0) return <span className="none">{none}</span>;
  return (
    <span className="names">
      {names.map((name) => (
        <button key={name} type="button" className="name" title={name} onClick={() => pick(name)}>
          {labelIn(graph, name)}
        </button>
      ))}
    </span>
  );
}
