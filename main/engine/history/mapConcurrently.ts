/** Reads of files that are under way at once: in a busy process it is the waiting in between that takes long. */
const AT_A_TIME = 8;

/** Does the work for all of them, some at a time. Answers come in the order of the items; the first failure is told. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const done: R[] = [];
  const left = items.entries();
  const worker = async (): Promise<void> => {
    for (const [i, item] of left) done[i] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, items.length) }, worker));
  return done;
}
