import { byName, type Needs } from './links.ts';

/**
 * The given modules bottom-up: whatever a module needs stands below it; by wave, then by name. Names without a
 * wave come last.
 */
export function stackOrder(names: Iterable<string>, waves: ReadonlyMap<string, number>): string[] {
  return [...names]
    .map((name) => ({ name, wave: waves.get(name) ?? Number.MAX_SAFE_INTEGER }))
    .sort((a, b) => a.wave - b.wave || byName(a.name, b.name))
    .map(({ name }) => name);
}

/** `module` stands below `needs` in a stack, though it needs it. */
export interface OrderViolation {
  module: string;
  needs: string;
}

/**
 * Checks an order that was set by hand.
 * @param needs may name libraries outside the order, such as pinned ones: a need that goes through them counts.
 * @returns every need that stands above the module that needs it, by the order given; none if all is well.
 */
export function checkOrder(order: readonly string[], needs: Needs): OrderViolation[] {
  const place = new Map(order.map((name, at) => [name, at]));
  const violations: OrderViolation[] = [];
  order.forEach((module, at) => {
    const direct = needs.get(module) ?? [];
    if (direct.every((need) => (place.get(need) ?? at) < at)) return;
    const met = new Set(direct);
    const above: string[] = [];
    for (const need of met) {
      const level = place.get(need);
      if (level === undefined) for (const further of needs.get(need) ?? []) met.add(further);
      else if (level > at) above.push(need);
    }
    for (const need of above.sort()) violations.push({ module, needs: need });
  });
  return violations;
}
