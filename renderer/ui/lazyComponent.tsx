import { type ComponentType, type ReactNode, useEffect, useSyncExternalStore } from 'react';

type State = { is: 'coming' } | { is: 'here'; Component: ComponentType } | { is: 'failed'; error: unknown };

/** A component whose code is loaded when it is first shown, or ahead of that. */
export interface LazyComponent {
  /** Shows the fallback, nothing without one, until the code is here. Throws what loading failed with. */
  Component: ComponentType<{ fallback?: ReactNode }>;
  /** Fetches the code, once; where the component is shown it is told if that fails. */
  load(): void;
}

/**
 * Wraps a component whose code is loaded when it is first shown, or ahead of that. React's own `lazy` shows the
 * fallback even when the code has long been loaded, and then holds back what replaces it for 300 ms.
 */
export function lazyComponent(from: () => Promise<ComponentType>): LazyComponent {
  let state: State = { is: 'coming' };
  let begun = false;
  const listeners = new Set<() => void>();
  const become = (next: State): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const load = (): void => {
    if (begun) return;
    begun = true;
    from().then(
      (Component) => become({ is: 'here', Component }),
      (error: unknown) => become({ is: 'failed', error }),
    );
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  function Shown({ fallback = null }: { fallback?: ReactNode }) {
    const seen = useSyncExternalStore(subscribe, () => state);
    useEffect(load, []);
    if (seen.is === 'failed') throw seen.error;
    return seen.is === 'coming' ? fallback : <seen.Component />;
  }
  return { Component: Shown, load };
}
