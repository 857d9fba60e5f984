import type { HistoryTone } from '#shared/contract.ts';

type Paint = string | CanvasPattern;

/** The window's colors and patterns, as a canvas needs them. Patterns tell tones apart where colors don't. */
export interface Palette {
  readonly surface: string;
  readonly lane: string;
  readonly line: string;
  readonly strong: string;
  readonly life: string;
  readonly text: string;
  readonly faint: string;
  readonly focus: string;
  readonly font: string;
  readonly tones: Readonly<Record<HistoryTone, { fill: Paint; edge: string; soft: string }>>;
  readonly busy: { fill: Paint; edge: string };
  readonly stuck: Paint;
}

/** Reads the colors of the theme that is on. */
export function readPalette(element: HTMLElement, context: CanvasRenderingContext2D): Palette {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const surface = color('surface');
  const pattern = (ground: string, ink: string, draw: (tile: CanvasRenderingContext2D) => void): Paint => {
    const tile = document.createElement('canvas');
    tile.width = 6;
    tile.height = 6;
    const pen = tile.getContext('2d');
    if (pen === null) return ground;
    pen.fillStyle = ground;
    pen.fillRect(0, 0, 6, 6);
    pen.strokeStyle = ink;
    pen.lineWidth = 1.6;
    draw(pen);
    return context.createPattern(tile, 'repeat') ?? ground;
  };
  const bad = color('bad');
  const warn = color('warn');
  const busy = color('busy');
  /** What is thin has to stand out more than an area of the color does. */
  const mixed = (name: string, strong: string, part: number): string =>
    `color-mix(in oklab, ${color(strong)} ${part}%, ${color(name)})`;
  const warning = mixed('warn', 'warn-text', 50);
  return {
    surface,
    lane: color('sunken'),
    line: color('line'),
    strong: color('line-2'),
    life: mixed('line-2', 'text-3', 70),
    text: color('text'),
    faint: color('text-2'),
    focus: color('focus'),
    font: `11px ${style.fontFamily}`,
    tones: {
      quiet: { fill: surface, edge: mixed('text-3', 'text-2', 40), soft: color('hover') },
      good: { fill: color('good'), edge: color('good'), soft: color('good-soft') },
      warning: { fill: pattern(warn, surface, slant), edge: warning, soft: color('warn-soft') },
      bad: { fill: pattern(bad, surface, cross), edge: bad, soft: color('bad-soft') },
    },
    busy: { fill: pattern(busy, surface, dots), edge: busy },
    stuck: pattern(bad, surface, bars),
  };
}

function slant(pen: CanvasRenderingContext2D): void {
  pen.beginPath();
  for (const from of [-6, 0, 6]) {
    pen.moveTo(from, 6);
    pen.lineTo(from + 6, 0);
  }
  pen.stroke();
}

function cross(pen: CanvasRenderingContext2D): void {
  pen.lineWidth = 1.1;
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.lineTo(6, 6);
  pen.moveTo(6, 0);
  pen.lineTo(0, 6);
  pen.stroke();
}

function bars(pen: CanvasRenderingContext2D): void {
  pen.beginPath();
  pen.moveTo(1.5, 0);
  pen.lineTo(1.5, 6);
  pen.stroke();
}

function dots(pen: CanvasRenderingContext2D): void {
  pen.beginPath();
  pen.moveTo(0, 3);
  pen.lineTo(3, 3);
  pen.stroke();
}
