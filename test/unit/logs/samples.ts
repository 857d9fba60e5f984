import type { LogEvent, LogFact } from '../../../main/engine/families/logEvent.ts';
import { LogEvents } from '../../../main/engine/logs/events/logEvents.ts';

export const TIME = '2025-04-08T12:00:00.123456Z';
export const AT = Date.UTC(2025, 3, 8, 12, 0, 0, 123);

/** All events in these lines. */
export function eventsIn(lines: readonly string[]): LogEvent[] {
  const log = new LogEvents();
  return [...lines.flatMap((line) => log.push(line)), ...log.flush()];
}

/** What a line says when it stands alone. */
export const factIn = (line: string): LogFact | null => {
  const [event] = eventsIn([line]);
  if (event === undefined) return null;
  const { at: _, ...fact } = event;
  return fact;
};

/** Lines of a reload that swaps api and router, as conduwuit, tuwunel (were it to compile) and the sample print them. */
export const RELOADS = {
  conduwuit: [
    `${TIME}  WARN signal: conduwuit::signal: Received SIGINT`,
    `${TIME} DEBUG signal: conduwuit_router::run: Notifying for graceful shutdown timeout=15s handle_active=1`,
    `${TIME}  INFO conduwuit_router::serve::plain: Stopped listening on [127.0.0.1:8008, [::1]:8008] handle_finished=12 panics=0 handle_active=0`,
    `${TIME}  INFO run: conduwuit_router::run: Finish`,
    `${TIME} DEBUG conduwuit::mods: Unloading modules available=5 loaded=5 stale=3 force=false`,
    `${TIME}  INFO conduwuit_router: Module unloading`,
    `${TIME}  INFO conduwuit_admin: Module unloading`,
    `  ${TIME} ERROR conduwuit_core::mods::module: Module "conduwuit_api" is stuck and failed to unload.`,
    '    at src/core/mods/module.rs:31 on main ThreadId(1)',
    '',
    `${TIME} DEBUG conduwuit::mods: Loading modules available=5 loaded=2`,
    `${TIME}  INFO conduwuit_admin: Module loaded`,
    `${TIME}  INFO conduwuit_router: Module loaded`,
    `${TIME}  INFO conduwuit_router::serve::plain: Listening on [127.0.0.1:8008, [::1]:8008]`,
  ],
  tuwunel: [
    `${TIME}  WARN signal: tuwunel::signals: Received SIGINT`,
    `${TIME}  INFO tuwunel_router::serve: Stopped listening on ["tcp:127.0.0.1:8008"] handle_finished=3 panics=0 handle_active=0`,
    `${TIME} DEBUG main: tuwunel::mods: Unloading modules available=5 loaded=5 stale=1 force=false`,
    `${TIME}  INFO main: tuwunel_router: Module unloading`,
    `${TIME} DEBUG main: tuwunel::mods: Loading modules available=5 loaded=4`,
    `${TIME}  INFO main: tuwunel_router: Module loaded`,
    `${TIME}  INFO tuwunel_router::serve: Listening on ["tcp:127.0.0.1:8008"]`,
  ],
  depot: [
    `${TIME}  WARN signal: depot::signal: Received SIGINT`,
    `${TIME}  INFO depot_router: GET /visits status=200`,
    `${TIME}  INFO depot_router: Stopped listening on [127.0.0.1:40123]`,
    `${TIME}  INFO depot_service: Shutting down services...`,
    `${TIME}  INFO depot_database: Closing database... pages=2`,
    `${TIME}  INFO depot_service: Services shutdown complete.`,
    `${TIME}  INFO depot_router: Shutdown complete.`,
    `${TIME} DEBUG depot::mods: Unloading modules available=5 loaded=5 stale=5 force=false`,
    ...['router', 'admin', 'api', 'service', 'database'].map(
      (m) => `${TIME}  INFO depot_${m}: Module unloading`,
    ),
    `${TIME} DEBUG depot::mods: Loading modules available=5 loaded=0`,
    ...['database', 'service', 'api', 'admin', 'router'].map(
      (m) => `${TIME}  INFO depot_${m}: Module loaded`,
    ),
    `${TIME}  INFO depot_service: Starting services...`,
    `${TIME}  INFO depot_service: Services startup complete.`,
    `${TIME}  INFO depot_router: Listening on [127.0.0.1:40123]`,
  ],
} as const;
