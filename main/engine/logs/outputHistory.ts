/** The latest part of a stream of text, with each character's place in the whole. */
export class OutputHistory {
  readonly #limit: number;
  readonly #pieces: string[] = [];
  #chars = 0;
  #end = 0;

  /** @param limit characters that are kept, at least the last piece. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The place after the last character. */
  get end(): number {
    return this.#end;
  }

  push(data: string): void {
    if (data === '') return;
    this.#pieces.push(data);
    this.#chars += data.length;
    this.#end += data.length;
    while (this.#chars > this.#limit && this.#pieces.length > 1) {
      this.#chars -= this.#pieces.shift()?.length ?? 0;
    }
  }

  /** What came after a place; null where a part of it is kept no longer. */
  since(place: number): string | null {
    let missing = this.#end - place;
    if (missing > this.#chars) return null;
    const parts: string[] = [];
    for (let at = this.#pieces.length - 1; missing > 0; at -= 1) {
      const piece = this.#pieces[at] ?? '';
      parts.push(missing < piece.length ? piece.slice(-missing) : piece);
      missing -= piece.length;
    }
    return parts.reverse().join('');
  }

  /** All that is kept. Where its beginning is gone it begins with a line, not in the middle of a color. */
  all(): string {
    const text = this.#pieces.join('');
    return this.#chars === this.#end ? text : text.slice(text.indexOf('\n') + 1);
  }
}
