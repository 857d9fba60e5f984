import '@xyflow/react/dist/base.css';
import { ReactFlow, ReactFlowProvider, ViewportPortal } from '@xyflow/react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { pick, useSession, useWindow } from '../state/store.ts';
import { arrowsView } from './arrows/arrowsView.ts';
import { arrowsWords, ReloadCaption } from './arrows/ReloadCaption.tsx';
import { BandTitles } from './BandTitles.tsx';
import { FOLD, foldExternals } from './foldExternals.ts';
import { arrange } from './layout/arrangement.ts';
import './graph.css';
import './node.css';
import { ReloadArrows } from './arrows/ReloadArrows.tsx';
import { usePlayback } from './arrows/usePlayback.ts';
import { EdgeLayer } from './edges/EdgeLayer.tsx';
import { defaultEdges, edgesOf } from './edges/edges.ts';
import { GraphViewContext } from './graphView.ts';
import { nodeInDirection } from './keyNavigation.ts';
import { Legend, useLegend } from './Legend.tsx';
import { type ModuleFlowNode, ModuleNode } from './ModuleNode.tsx';
import { NoModules } from './NoModules.tsx';
import { useNodeMarks } from './useNodeMarks.ts';
import { ViewControls } from './ViewControls.tsx';

const nodeTypes = { module: ModuleNode };

/** Draws the module graph: who links whom, the state of each node, and what a reload does. */
export function ModuleGraph() {
  const graph = useSession((session) => session.graph);
  const plan = useSession((session) => session.plan);
  const reload = useSession((session) => session.lastReload);
  const picked = useWindow((state) => state.picked);
  const [unfolded, setUnfolded] = useState(false);
  const [legend, setLegend] = useLegend();
  const [focused, setFocused] = useState<string | null>(null);
  const region = useRef<HTMLElement>(null);
  const moved = useRef(false);

  const { nodes } = useMemo(() => foldExternals(graph.nodes, unfolded), [graph, unfolded]);
  const arrangement = useMemo(() => arrange(nodes), [nodes]);
  const quiet = useMemo(() => defaultEdges(nodes, arrangement), [nodes, arrangement]);
  const strong = useMemo(
    () => (picked === null ? [] : edgesOf(picked, nodes, arrangement)),
    [picked, nodes, arrangement],
  );
  const playback = usePlayback(reload);
  const arrows = useMemo(() => arrowsView(plan, reload, playback), [plan, reload, playback]);
  const marks = useNodeMarks(arrows, picked, strong);

  const flowNodes = useMemo(
    () =>
      [...arrangement.placed.values()].map(
        (spot): ModuleFlowNode => ({
          id: spot.node.name,
          type: 'module',
          position: { x: spot.x, y: spot.y },
          width: spot.width,
          height: spot.height,
          data: { spot },
        }),
      ),
    [arrangement],
  );

  const stop = firstOf(
    arrangement.placed,
    focused,
    picked,
    nodes.find((n) => n.role === 'module')?.name ?? null,
  );
  const view = useMemo(
    () => ({ marks, stop, onFocus: setFocused, onUnfold: () => setUnfolded(true) }),
    [marks, stop],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return pick(null);
    const from = event.target instanceof HTMLElement ? nodeNameOf(event.target) : null;
    const to = from === null ? null : nodeInDirection(arrangement, from, event.key);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = region.current?.querySelectorAll<HTMLElement>('.node-main') ?? [];
    [...buttons].find((button) => nodeNameOf(button) === to)?.focus({ preventScroll: true });
  };

  return (
    <section ref={region} className="graph" aria-label="Module graph" data-legend={legend}>
      <GraphViewContext value={view}>
        <ReactFlowProvider>
          <div className="graph-keys" onKeyDownCapture={onKeyDown}>
            <ReactFlow
              nodes={flowNodes}
              edges={[]}
              nodeTypes={nodeTypes}
              nodesDraggable={false}
              nodesConnectable={false}
              nodesFocusable={false}
              edgesFocusable={false}
              elementsSelectable={false}
              zoomOnDoubleClick={false}
              disableKeyboardA11y
              panOnScroll
              deleteKeyCode={null}
              selectionKeyCode={null}
              multiSelectionKeyCode={null}
              minZoom={0.08}
              maxZoom={2.5}
              onPaneClick={() => pick(null)}
              onMoveStart={(event) => {
                if (event !== null) moved.current = true;
              }}
              proOptions={{ hideAttribution: true }}
            >
              <ViewportPortal>
                <BandTitles arrangement={arrangement} />
                <EdgeLayer quiet={quiet} picked={strong} />
                <ReloadArrows arrangement={arrangement} view={arrows} />
              </ViewportPortal>
              <ViewControls arrangement={arrangement} legend={legend} focused={focused} moved={moved} />
            </ReactFlow>
          </div>
        </ReactFlowProvider>
      </GraphViewContext>
      {nodes.some((node) => node.role === 'module') ? null : <NoModules />}
      <ReloadCaption view={arrows} reload={reload} />
      <Legend open={legend} onToggle={setLegend} arrows={arrowsWords(arrows, reload)} />
    </section>
  );
}

function firstOf(placed: ReadonlyMap<string, unknown>, ...names: (string | null)[]): string | null {
  return names.find((name) => name !== null && placed.has(name)) ?? placed.keys().next().value ?? null;
}

function nodeNameOf(element: HTMLElement): string | null {
  const main = element.closest<HTMLElement>('.node')?.querySelector<HTMLElement>('.node-main');
  if (main === null || main === undefined) return null;
  return main.dataset.fold === undefined ? (main.dataset.module ?? null) : FOLD;
}
