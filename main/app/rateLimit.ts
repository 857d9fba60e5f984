/** A bucket of `capacity` requests that refills by `perSecond`; `now` is in ms. */
export function createRateLimit(capacity: number, perSecond: number): (now: number) => boolean {
  let left = capacity;
  let last = Number.NEGATIVE_INFINITY;
  return (now) => {
    left = Math.min(capacity, left + (Math.max(0, now - last) / 1000) * perSecond);
    last = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
