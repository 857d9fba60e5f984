import type { ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import './split.css';

interface PaneSpec {
  readonly id: string;
  /** In percent of the group. */
  readonly size: number;
  readonly least: string;
  readonly content: ReactNode;
}

interface Props {
  readonly id: string;
  readonly orientation: 'horizontal' | 'vertical';
  readonly label: string;
  readonly first: PaneSpec;
  readonly second: PaneSpec;
}

/** Lays out two panes with a separator that moves by mouse or keys; its place is remembered. */
export function Split({ id, orientation, label, first, second }: Props) {
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id: `hotdeck.${id}`,
    panelIds: [first.id, second.id],
    storage: localStorage,
  });
  return (
    <Group
      className="split"
      id={id}
      orientation={orientation}
      defaultLayout={defaultLayout}
      onLayoutChanged={onLayoutChanged}
    >
      <Pane {...first} />
      <Separator className="separator" data-orientation={orientation} aria-label={label} />
      <Pane {...second} />
    </Group>
  );
}

const CLIPPED = { overflow: 'hidden' };

function Pane({ id, size, least, content }: PaneSpec) {
  return (
    <Panel id={id} defaultSize={`${size}%`} minSize={least} className="pane" style={CLIPPED}>
      {content}
    </Panel>
  );
}
