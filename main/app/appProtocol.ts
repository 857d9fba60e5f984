import { protocol, type Session } from 'electron';
import { assetResponse } from './assetResponse.ts';
import { scheme } from './policy.ts';

/** Makes `app:` a proper origin. Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the files below `root`, and nothing else, as `app://hotdeck/…`. */
export function serveApp(session: Session, root: string): void {
  session.protocol.handle(scheme, (request) => assetResponse(request, root));
}
