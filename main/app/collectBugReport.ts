import { app } from 'electron';
import { personalFacts, systemFacts } from './bugFacts.ts';
import { bugReport } from './bugReport.ts';
import type { EngineSupervisor } from './engineSupervisor.ts';
import type { LogFile } from './logFile.ts';
import { thisMachine } from './machine.ts';
import { redact } from './redact.ts';
import type { SettingsStore } from './settingsStore.ts';

const LINES = 300;
/** An engine that hangs is one of the things that are reported; ms. */
const ENGINE_LIMIT = 2000;

/** Gathers what a bug report needs, and replaces what is personal in it. */
export async function collectBugReport(
  engine: Pick<EngineSupervisor<unknown>, 'describe'>,
  settings: Pick<SettingsStore, 'current'>,
  file: LogFile,
): Promise<string> {
  const described = await engine.describe(ENGINE_LIMIT);
  const text = bugReport({
    app: { Hotdeck: `${app.getVersion()}${app.isPackaged ? '' : ' (from a checkout)'}` },
    system: systemFacts(thisMachine().glibc),
    engine: described,
    log: file.tail(LINES),
    at: new Date().toISOString(),
  });
  const others = settings.current.workspaces.map(({ root }) => root);
  const open = described?.root ?? null;
  const roots = open === null ? others : [open, ...others.filter((root) => root !== open)];
  return redact(text, personalFacts(roots));
}
