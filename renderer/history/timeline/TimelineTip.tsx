/** What the pointer lies on, and where; px from the stage's corner. */
export interface TipText {
  readonly x: number;
  readonly y: number;
  /** Of the stage. */
  readonly width: number;
  readonly lines: readonly string[];
  /** A press there picks something. */
  readonly picks: boolean;
}

/** Shows a tooltip beside the pointer, on the side where there is room. */
export function TimelineTip({ tip: { x, y, width, lines } }: { tip: TipText }) {
  const side = x > width / 2 ? { right: width - x + 12 } : { left: x + 14 };
  const [head, ...more] = lines;
  return (
    <div className="timeline-tip" role="tooltip" style={{ ...side, top: Math.max(2, y - 40) }}>
      <strong>{head}</strong>
      {more.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}
