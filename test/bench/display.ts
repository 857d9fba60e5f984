import { startXvfb } from '../../main/launch/xvfb.ts';

/** A display to draw on: the one there is, or a virtual one of our own. */
export async function benchDisplay(): Promise<{ stop(): Promise<void> }> {
  if (process.env.DISPLAY !== undefined) return { stop: async () => {} };
  const started = await startXvfb();
  if (!started.ok) throw new Error(started.failure.message);
  Object.assign(process.env, started.environment);
  return {
    stop: async () => {
      // The next bench starts its own.
      for (const name of Object.keys(started.environment)) delete process.env[name];
      await started.stop();
    },
  };
}
