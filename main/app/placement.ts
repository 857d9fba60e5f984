import { z } from 'zod';

/** Where a window was, in screen pixels. */
export const PlacementSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maximized: z.boolean(),
});
export type Placement = z.infer<typeof PlacementSchema>;

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const defaultSize = { width: 1280, height: 800 };
export const minimumSize = { width: 900, height: 600 };

/** So much of the window's top must lie on a display for a hand to take hold of it. */
const handle = { width: 120, height: 24 };

/** Without `x` and `y` the system places the window. */
export interface Place {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

/** Where to open the window: where it was, if that can still be seen on one of the displays' work areas. */
export function placeWindow(saved: Placement | null, displays: readonly Rectangle[]): Place {
  if (saved === null) return { ...defaultSize, maximized: false };
  const top = { x: saved.x, y: saved.y, width: saved.width, height: handle.height };
  const home = displays.find((display) => {
    const common = overlap(top, display);
    return common.width >= handle.width && common.height >= handle.height;
  });
  if (home === undefined) return { ...defaultSize, maximized: saved.maximized };
  return {
    x: saved.x,
    y: saved.y,
    width: Math.max(minimumSize.width, Math.min(saved.width, home.width)),
    height: Math.max(minimumSize.height, Math.min(saved.height, home.height)),
    maximized: saved.maximized,
  };
}

function overlap(a: Rectangle, b: Rectangle): { width: number; height: number } {
  return {
    width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  };
}
