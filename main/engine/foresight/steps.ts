/** Work that takes breaks, for those who have other things to do meanwhile. */
export type Steps<T> = Generator<void, T>;

/** Does it all at once. */
export function inOne<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
