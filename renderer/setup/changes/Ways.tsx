import { type KeyboardEvent, useRef, useState } from 'react';
import type { SetupReport, WayId } from '#shared/contract.ts';
import { WayPanel } from './WayPanel.tsx';
import { firstWay, wayMeasure, wayTitle } from './wayTexts.ts';
import './ways.css';

/** Lists the ways to set the workspace up, one of them in full. */
export function Ways({ report }: { report: SetupReport }) {
  const [picked, setPicked] = useState<WayId | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const { ways, applied } = report;
  const shown = ways.find((way) => way.id === picked) ?? ways.find((way) => way.id === firstWay(report));
  if (shown === undefined) return null;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = ways[(ways.indexOf(shown) + step + ways.length) % ways.length];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    setPicked(next.id);
    list.current?.querySelector<HTMLElement>(`#way-${next.id}`)?.focus();
  };
  return (
    <div className="ways">
      <div ref={list} role="tablist" aria-label="Ways" className="way-tabs" onKeyDown={onKeyDown}>
        {ways.map((way) => (
          <button
            key={way.id}
            id={`way-${way.id}`}
            type="button"
            role="tab"
            className="way-tab"
            data-way={way.id}
            aria-label={wayTitle(way, applied)}
            aria-description={wayMeasure(way)}
            aria-selected={way === shown}
            aria-controls="way-panel"
            tabIndex={way === shown ? 0 : -1}
            onClick={() => setPicked(way.id)}
          >
            <strong>{wayTitle(way, applied)}</strong>
            <span>{wayMeasure(way)}</span>
          </button>
        ))}
      </div>
      <div role="tabpanel" id="way-panel" aria-labelledby={`way-${shown.id}`} className="way">
        <WayPanel key={shown.id} way={shown} applied={applied} />
      </div>
    </div>
  );
}
