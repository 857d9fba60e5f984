/** Functions that want to be told. One that throws does not keep the others from hearing. */
export class Listeners<Value> {
  readonly #listeners = new Set<(value: Value) => void>();

  /** Gives the function that ends the subscription. The same listener may subscribe more than once. */
  add(listener: (value: Value) => void): () => void {
    const own = (value: Value) => listener(value);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  tell(value: Value): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        console.error('A listener of the page failed:', error);
      }
    }
  }
}
