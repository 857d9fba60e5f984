import { useMemo } from 'react';
import type { GraphNode } from '#shared/contract.ts';
import { dependents, directNeeds } from '../graph/needs.ts';
import { FindingsAbout } from '../plan/Findings.tsx';
import { ReloadModuleButton } from '../plan/ReloadModuleButton.tsx';
import { StuckImages } from '../plan/StuckImages.tsx';
import { ask } from '../state/actions.ts';
import { stateOf } from '../state/moduleStates.ts';
import { pick, useSession, useWindow } from '../state/store.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { IconClose, IconOpen, IconReload } from '../ui/icons.tsx';
import { Facts } from './Facts.tsx';
import { WorkspaceSettings } from './settings/WorkspaceSettings.tsx';
import './details.css';

/** Shows everything about the selected node or, with none selected, how the workspace is run. */
export function ModuleDetails() {
  const picked = useWindow((state) => state.picked);
  const node = useSession((session) => session.graph.nodes.find((each) => each.name === picked) ?? null);
  return (
    <section className="card details" aria-label="Module details">
      {node === null ? <WorkspaceSettings /> : <Picked node={node} />}
    </section>
  );
}

function Picked({ node }: { node: GraphNode }) {
  const graph = useSession((session) => session.graph);
  const state = useSession((session) => stateOf(node, session.modules));
  const status = useSession((session) => session.modules[node.name]);
  const plan = useSession((session) => session.plan);
  const findings = useMemo(() => plan.findings.filter((each) => each.module === node.name), [plan, node]);
  const reload = useSession((session) => session.lastReload);
  const neededBy = useMemo(() => dependents(directNeeds(graph.nodes)).get(node.name) ?? [], [graph, node]);
  return (
    <>
      <h2>
        <span className="details-name">{node.label}</span>
        {node.label === node.name ? null : <span className="details-package">{node.name}</span>}
        <IconButton label="Close details" title="Close (Escape in the graph)" onClick={() => pick(null)}>
          <IconClose />
        </IconButton>
      </h2>
      <p className="details-tags">
        <span className="tag" data-kind={node.role}>
          {node.role}
        </span>
        {node.role === 'external' ? null : (
          <span className="tag" data-look={state}>
            {state}
          </span>
        )}
        {node.wave === null ? null : <span className="tag">wave {node.wave}</span>}
        {node.isGone === true ? <span className="tag">no longer in the workspace</span> : null}
      </p>
      {status?.reason == null ? null : <p className="details-reason">{status.reason}</p>}
      {state === 'stuck' && reload !== null ? (
        <StuckImages
          stuck={reload.stuck.filter((image) => image.module === node.name)}
          graph={graph}
          said={status?.reason ?? ''}
        />
      ) : null}
      <FindingsAbout findings={findings} plan={plan} graph={graph} />
      {node.role === 'external' || node.isGone === true ? null : (
        <div className="details-actions">
          {node.role === 'module' ? (
            <ReloadModuleButton className="button small" module={node.name} label={node.label}>
              <IconReload /> Reload {node.label}
            </ReloadModuleButton>
          ) : null}
          <button
            type="button"
            className="button small"
            title="Open the crate’s source in the editor"
            onClick={() => void ask('openModule', { module: node.name })}
          >
            <IconOpen /> Open source
          </button>
        </div>
      )}
      <Facts node={node} status={status ?? null} neededBy={neededBy} graph={graph} />
    </>
  );
}
