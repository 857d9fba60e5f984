import { MessageChannelMain, type MessagePortMain, utilityProcess, type WebContents } from 'electron';
import { channels } from '#shared/contract.ts';
import { engineEnvironment } from './engineEnvironment.ts';
import { logEngineOutput } from './engineOutput.ts';
import type { EngineChild, EngineEvents, EngineSupervisor } from './engineSupervisor.ts';
import { describe, log } from './log.ts';

export interface EngineProgram {
  readonly script: string;
  /** Node's own arguments. */
  readonly execArgv: readonly string[];
  /** The folder for what the engine keeps. */
  readonly data: string;
}

/** Starts the engine as a utility process of Electron; its lines go to the app's own stdout and stderr. */
export function forkEngine(
  { script, execArgv, data }: EngineProgram,
  events: EngineEvents,
): EngineChild<MessagePortMain> {
  const child = utilityProcess.fork(script, [], {
    serviceName: 'hotdeck-engine',
    execArgv: [...execArgv],
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...engineEnvironment(process.env), HOTDECK_DATA: data },
  });
  if (child.stderr !== null) logEngineOutput(child.stderr);
  child.on('message', (message: unknown) => events.message(message));
  child.on('exit', (code) => events.exit(code));
  return {
    post(message, port) {
      child.postMessage(message, port === undefined ? [] : [port]);
    },
    kill() {
      if (child.pid === undefined) {
        child.kill();
        return;
      }
      // It has had its chance to end in order; one that hangs would not hear a gentler signal.
      try {
        process.kill(child.pid, 'SIGKILL');
      } catch (error) {
        log('The engine was gone before it was killed', describe(error));
      }
    },
  };
}

/** Gives the engine and the page the two ends of a new channel; false when no engine runs that could take one. */
export function connectToEngine(engine: EngineSupervisor<MessagePortMain>, contents: WebContents): boolean {
  const { port1, port2 } = new MessageChannelMain();
  if (contents.isDestroyed() || !engine.connect(port1)) {
    port1.close();
    port2.close();
    return false;
  }
  contents.postMessage(channels.port, null, [port2]);
  return true;
}
