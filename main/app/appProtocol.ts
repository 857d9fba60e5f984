import { protocol, type Session } from 'electron';
import type { PageSource } from './pageSource.ts';
import { scheme } from './policy.ts';

/** Makes `app:` a proper origin. Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the page's files, and nothing else, as `app://hotdeck/…`. */
export function serveApp(session: Session, page: PageSource): void {
  session.protocol.handle(scheme, (request) => page.respond(request));
}
