import { createContext, useContext } from 'react';

/** What is drawn on a node beside its own state. */
export interface NodeMarks {
  /** Its number in the unload and the load order. */
  readonly unload?: number | undefined;
  readonly load?: number | undefined;
  /** During a reload: it has gone, or it has come. */
  readonly moved?: 'gone' | 'fresh' | undefined;
  /** How it stands to the picked node. */
  readonly relation: 'picked' | 'near' | 'far' | null;
}

export interface GraphView {
  readonly marks: (name: string) => NodeMarks;
  /** The node that the Tab key reaches. */
  readonly stop: string | null;
  readonly onFocus: (name: string) => void;
  readonly onUnfold: () => void;
}

export const GraphViewContext = createContext<GraphView>({
  marks: () => ({ relation: null }),
  stop: null,
  onFocus: () => {},
  onUnfold: () => {},
});

/** Returns what a node needs to know of the graph around it. */
export const useGraphView = (): GraphView => useContext(GraphViewContext);
