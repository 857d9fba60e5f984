type Listener<Values extends unknown[]> = (...values: Values) => void;

/**
 * Tells subscribers what happened in one part of a session: before `emit` returns, in the order in which they subscribed.
 * `Events` names each event and what it carries: `{ began: [build: BegunBuild]; known: [] }`.
 */
export class Emitter<Events extends Record<keyof Events, unknown[]>> {
  readonly #listeners: { [Event in keyof Events]?: Listener<Events[Event]>[] } = {};

  /** Subscribes to an event. @returns ends the subscription. */
  readonly on = <Event extends keyof Events>(
    event: Event,
    listener: Listener<Events[Event]>,
  ): (() => void) => {
    this.#listeners[event] = [...(this.#listeners[event] ?? []), listener];
    return () => {
      this.#listeners[event] = this.#listeners[event]?.filter((each) => each !== listener) ?? [];
    };
  };

  /** Tells whoever subscribed to this event until now. */
  emit<Event extends keyof Events>(event: Event, ...values: Events[Event]): void {
    for (const listener of this.#listeners[event] ?? []) listener(...values);
  }
}
