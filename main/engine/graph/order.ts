import { byName, type Needs } from './links.ts';

/**
 * The given modules bottom-up: whatever a module needs stands below it; by wave, then by name. Names without a
 * wave come last.
 */
export function stackOrder(names: Iterable<string>, waves: ReadonlyMap<string, number>): string[] {
  const waveOf = (name: string) => waves.get(name) ?? Number.MAX_SAFE_INTEGER;
  return [...names].sort((a, b) => waveOf(a) - waveOf(b) || byName(a, b));
}

/** `module` stands below `needs` in a stack, though it needs it. */
export interface OrderViolation {
  module: string;
  needs: string;
}

/**
 * Checks an order that was set by hand.
 * @returns every direct need that stands above the module that needs it, by the order given; none if all is well.
 */
export function checkOrder(order: readonly string[], needs: Needs): OrderViolation[] {
  const place = new Map(order.map((name, at) => [name, at]));
  return order.flatMap((module, at) =>
    [...new Set(needs.get(module) ?? [])]
      .filter((need) => (place.get(need) ?? -1) > at)
      .sort(byName)
      .map((need) => ({ module, needs: need })),
  );
}
