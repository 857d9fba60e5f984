import type { Hit } from './found.ts';

/** Keeps the hits that are nearest to a line, of all that come in order: half of them before it, half from it on. */
export class HitWindow {
  readonly #line: number;
  readonly #half: number;
  readonly #before: Hit[] = [];
  readonly #behind: Hit[] = [];
  #dropped = 0;

  constructor(line: number, most: number) {
    this.#line = line;
    this.#half = Math.max(1, Math.floor(most / 2));
  }

  /** Whether those to come are too far away. */
  get isFull(): boolean {
    return this.#behind.length >= this.#half;
  }

  add(hits: readonly Hit[]): void {
    for (const hit of hits) {
      if (hit.line >= this.#line) this.#behind.push(hit);
      else this.#before.push(hit);
    }
    // Now and then: to take each off the front would take its time.
    if (this.#before.length > 4 * this.#half) this.#drop();
  }

  /** The hits, and how many there are before the first of them. */
  hits(): { first: number; hits: Hit[] } {
    this.#drop();
    return { first: this.#dropped, hits: [...this.#before, ...this.#behind.slice(0, this.#half)] };
  }

  #drop(): void {
    const dropped = Math.max(0, this.#before.length - this.#half);
    this.#before.splice(0, dropped);
    this.#dropped += dropped;
  }
}
