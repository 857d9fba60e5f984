/**
 * Link times out of `-Ztime-passes`, whose lines don't say of which crate they are: what a compiler tells ends with
 * `total`, and what it made is told about beside that. Where two compilers end at a time it stays unknown who was who.
 */
export class PassTimes {
  /** ms by crate. */
  readonly linking = new Map<string, number>();
  /** Since the last `total`; null: of more than one compiler. */
  #linker: number | null | undefined;
  #totals: (number | null)[] = [];
  #ended: string[] = [];

  note({ pass, ms }: { pass: string; ms: number }): void {
    if (pass === 'run_linker') this.#linker = this.#linker === undefined ? ms : null;
    if (pass !== 'total') return;
    this.#totals.push(this.#linker ?? null);
    this.#linker = undefined;
    this.#match();
  }

  /** A unit of this crate is there. */
  end(crate: string): void {
    this.#ended.push(crate);
    this.#match();
  }

  #match(): void {
    const isAlone = this.#totals.length === 1 && this.#ended.length === 1;
    if (this.#totals.length !== this.#ended.length) return;
    const [ms = null] = this.#totals;
    const [crate] = this.#ended;
    if (isAlone && ms !== null && crate !== undefined)
      this.linking.set(crate, (this.linking.get(crate) ?? 0) + ms);
    this.#totals = [];
    this.#ended = [];
  }
}
