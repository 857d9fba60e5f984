import type { Mode } from '#shared/contract.ts';
import { EVENT_WORDS, LogEvents } from '../logs/events/logEvents.ts';
import type { OutputStream } from '../logs/outputStream.ts';
import { OF_ONE_RUN } from '../logs/store/logFailures.ts';
import { ServerControl, type ServerEnd } from '../process/serverControl.ts';
import type { Inventory } from './modules/inventory.ts';
import type { ConditionNotices } from './notices/conditionNotices.ts';
import type { Notices } from './notices/notices.ts';
import type { Logbook } from './recording/logbook.ts';
import type { Reloads } from './reload/reloads.ts';
import type { SessionStore } from './store.ts';

interface Parts {
  readonly output: { readonly server: OutputStream };
  readonly store: SessionStore;
  readonly notices: Pick<Notices, 'clear'>;
  readonly conditions: Pick<ConditionNotices, 'tellEnd'>;
  readonly inventory: Pick<Inventory, 'loads' | 'processes' | 'writtenTo' | 'forget'>;
  readonly logbook: Pick<Logbook, 'begin' | 'append' | 'end'>;
  /** They are there before a server is. */
  readonly reloads: Pick<Reloads, 'noteLog' | 'noteReady' | 'stop'>;
  readonly mode: Mode;
  refresh(): Promise<void>;
}

/** Makes the control of the session's server, and passes on what that does: to the state, the log, the reload that runs. */
export function hostServer(session: Parts): ServerControl {
  const log = new LogEvents();
  const onEnd = (end: ServerEnd): void => {
    const { logbook, reloads, inventory, conditions } = session;
    void logbook.end('server', end.signal ?? String(end.code));
    reloads.noteLog(log.flush());
    reloads.stop();
    const written = end.crashed ? inventory.writtenTo() : Promise.resolve([]);
    inventory.forget();
    // A look first: it takes back what was told about the server that is gone.
    const looked = session.refresh();
    void conditions.tellEnd(
      end,
      written.then(async (modules) => {
        await looked;
        return modules;
      }),
    );
  };
  const server: ServerControl = new ServerControl({
    output: session.output.server,
    onStart: () => {
      session.notices.clear(...OF_ONE_RUN);
      session.inventory.loads.begin(Date.now());
      session.logbook.begin('server');
    },
    onBytes: (bytes) => session.logbook.append('server', bytes),
    onState: (state) => {
      session.store.set({ server: state });
      void session.refresh();
    },
    words: EVENT_WORDS,
    onLine: (line) => {
      session.reloads.noteLog(log.push(line));
      return log.isOpen;
    },
    onReadyLine: (witness) => {
      session.reloads.noteReady();
      server.ready(witness);
      // It says so after a reload, too: also after one that nobody here asked for.
      void session.refresh();
    },
    onEnd,
    isStatic: () => session.mode.name === 'static',
    processes: () => session.inventory.processes.seen,
  });
  return server;
}
