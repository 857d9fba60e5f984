import { arrowPath } from '../graph/arrows/arrowShape.ts';
import { fadeStyle } from '../graph/waveFade.ts';

const LAYERS = [
  { kind: 'external', y: 0 },
  { kind: 'pinned', y: 38 },
  { kind: 'module', y: 84, fade: 0 },
  { kind: 'module', y: 122, fade: 0.34 },
  { kind: 'module', y: 160, fade: 0.67 },
  { kind: 'module', y: 198, fade: 1 },
  { kind: 'executable', y: 244 },
];

/** Draws the idea in one picture: the stack of libraries, the unload arrow and the load arrow. */
export function StackPicture() {
  return (
    <svg className="stack-picture" viewBox="-2 -2 224 280" aria-hidden="true">
      {LAYERS.map(({ kind, y, fade }) => (
        <rect
          key={y}
          className="layer"
          data-kind={kind}
          style={fadeStyle(fade ?? 0)}
          x={0}
          y={y}
          width={220}
          height={30}
          rx={6}
        />
      ))}
      <path className="arrow" data-step="unload" d={arrowPath({ x: 62, tail: 222, tip: 88, width: 18 })} />
      <path className="arrow" data-step="load" d={arrowPath({ x: 158, tail: 92, tip: 226, width: 18 })} />
    </svg>
  );
}
