import type { Node, NodeProps } from '@xyflow/react';
import type { GraphNode, ModuleGraph, ModuleStateName } from '#shared/contract.ts';
import { ReloadModuleButton } from '../plan/ReloadModuleButton.tsx';
import { worstFindingOf } from '../plan/worstFinding.ts';
import { stateOf } from '../state/moduleStates.ts';
import { pick, useSession } from '../state/store.ts';
import { IconReload } from '../ui/icons.tsx';
import { FOLD } from './foldExternals.ts';
import { type NodeMarks, useGraphView } from './graphView.ts';
import type { PlacedNode } from './layout/arrangement.ts';
import { NodeFinding } from './NodeFinding.tsx';
import { fadeStyle } from './waveFade.ts';

export type ModuleFlowNode = Node<{ spot: PlacedNode }, 'module'>;

/** Draws one node: a button that selects it and, on a module, a small one that reloads it. */
export function ModuleNode({ data }: NodeProps<ModuleFlowNode>) {
  const { node, fade } = data.spot;
  return node.name === FOLD ? <FoldNode label={node.label} /> : <RealNode spot={data.spot} fade={fade} />;
}

function RealNode({ spot, fade }: { spot: PlacedNode; fade: number }) {
  const { node } = spot;
  const state = useSession((session) => stateOf(node, session.modules));
  const reason = useSession((session) => session.modules[node.name]?.reason ?? null);
  const worst = useSession((session) => worstFindingOf(session.plan.findings, node.name));
  const copies = useSession((session) => copiesIn(node, session.graph));
  const view = useGraphView();
  const marks = view.marks(node.name);
  return (
    <div
      className="node nopan"
      style={fadeStyle(fade)}
      data-kind={node.role}
      data-look={state}
      data-moved={marks.moved}
      data-gone={node.isGone}
      data-relation={marks.relation ?? undefined}
    >
      <button
        type="button"
        className="node-main"
        data-module={node.name}
        data-role={node.role}
        data-state={state}
        aria-label={`${node.label}, ${node.role}, ${state}`}
        aria-description={worst?.told ?? (copies < 2 ? undefined : `${copies} copies`)}
        aria-pressed={marks.relation === 'picked'}
        title={titleOf(node.name, reason, copies)}
        tabIndex={view.stop === node.name ? 0 : -1}
        onFocus={() => view.onFocus(node.name)}
        onClick={() => pick(marks.relation === 'picked' ? null : node.name)}
      >
        <span className="node-label">
          {node.label}
          {copies < 2 ? null : <span className="node-copies"> ×{copies}</span>}
        </span>
        {node.role === 'external' ? null : (
          <span className="node-state">{shownState(state, marks.moved)}</span>
        )}
      </button>
      {worst === undefined ? null : <NodeFinding worst={worst} />}
      {marks.unload === undefined ? null : <Order kind="unload" number={marks.unload} />}
      {marks.load === undefined ? null : <Order kind="load" number={marks.load} />}
      {node.role === 'module' && node.isGone !== true ? (
        <ReloadModuleButton
          className="node-reload"
          module={node.name}
          label={node.label}
          tabIndex={view.stop === node.name ? 0 : -1}
        >
          <IconReload />
        </ReloadModuleButton>
      ) : null}
    </div>
  );
}

const titleOf = (name: string, reason: string | null, copies: number): string =>
  copies > 1
    ? `${name}: ${copies} copies, each inside another file`
    : reason === null
      ? name
      : `${name}: ${reason}`;

/** How many copies there are of a crate from elsewhere, each inside of another file; 0 for all others. */
function copiesIn({ name, role }: GraphNode, { doubles = [] }: ModuleGraph): number {
  if (role !== 'external') return 0;
  return doubles.find(({ crate }) => crate === name.split(' ')[0])?.copies.length ?? 0;
}

/** While a reload is played, the word is that of the moment that is shown. */
function shownState(state: ModuleStateName, moved: NodeMarks['moved']): string {
  return moved === undefined ? state : moved === 'gone' ? 'unloaded' : 'loaded';
}

function Order({ kind, number }: { kind: 'unload' | 'load'; number: number }) {
  return (
    <span className="node-order" data-step={kind} aria-hidden="true">
      {number}
    </span>
  );
}

function FoldNode({ label }: { label: string }) {
  const view = useGraphView();
  return (
    <div className="node nopan" data-kind="external" data-look="fold">
      <button
        type="button"
        className="node-main"
        aria-label={`${label} third-party libraries: show all`}
        title="Show all third-party libraries"
        tabIndex={view.stop === FOLD ? 0 : -1}
        onFocus={() => view.onFocus(FOLD)}
        onClick={view.onUnfold}
        data-fold=""
      >
        <span className="node-label">{label}</span>
      </button>
    </div>
  );
}
