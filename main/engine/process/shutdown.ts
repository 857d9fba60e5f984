import type { Signal } from '#shared/contract.ts';
import type { ServerExit, ServerProcess } from './serverProcess.ts';

export interface ShutdownStep {
  signal: Signal | 'SIGKILL';
  /** How long the server has after it, in ms. */
  wait: number;
}

/** Ever sterner: the server's own shutdown signal, then SIGTERM, then SIGKILL, which nothing survives. */
export function shutdownSteps(first: Signal, waits = { first: 20_000, term: 5_000 }): ShutdownStep[] {
  const steps: ShutdownStep[] = [{ signal: first, wait: waits.first }];
  if (first !== 'SIGTERM') steps.push({ signal: 'SIGTERM', wait: waits.term });
  steps.push({ signal: 'SIGKILL', wait: 2_000 });
  return steps;
}

/** A shutdown under way. `hurry` ends the present wait: the next signal goes out at once. */
export class Shutdown {
  readonly done: Promise<void>;
  #hurry: () => void = () => {};

  /** @param onStep hears of each signal as it is sent, with the end of its wait (ms since the epoch). */
  constructor(
    server: ServerProcess,
    steps: readonly ShutdownStep[],
    onStep: (step: ShutdownStep, until: number) => void,
  ) {
    this.done = this.#run(server, steps, onStep);
  }

  hurry(): void {
    this.#hurry();
  }

  async #run(
    server: ServerProcess,
    steps: readonly ShutdownStep[],
    onStep: (step: ShutdownStep, until: number) => void,
  ): Promise<void> {
    for (const step of steps) {
      onStep(step, Date.now() + step.wait);
      server.signal(step.signal);
      if (await this.#endsWithin(server.exited, step.wait)) return;
    }
  }

  #endsWithin(exited: Promise<ServerExit>, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ms);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve(false);
      };
      void exited.then(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
}
