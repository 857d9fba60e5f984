import { app, type Session, type WebContents } from 'electron';
import { log } from './log.ts';
import type { PageSource } from './pageSource.ts';
import { permits } from './policy.ts';

/** Closes every way out of the page, for each page that will ever exist. Call before the first window. */
export function guardAllContents(): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
}

function guardContents(contents: WebContents): void {
  const refuse = (what: string) => (event: { preventDefault(): void; readonly url?: string }) => {
    event.preventDefault();
    log(`Refused ${what}`, event.url);
  };
  contents.on('will-navigate', refuse('to leave the page'));
  contents.on('will-frame-navigate', refuse('to leave the page'));
  contents.on('will-redirect', refuse('a redirect'));
  contents.on('will-attach-webview', refuse('a webview'));
  contents.setWindowOpenHandler(({ url }) => {
    log('Refused to open a window', url);
    return { action: 'deny' };
  });
}

/** Denies the session's pages what `policy.ts` and the page's source do not grant: permissions, devices, downloads, the network. */
export function guardSession(session: Session, page: PageSource): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(permits(permission, details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => permits(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    const cancel = !page.mayLoad(url);
    if (cancel) log('Refused to load', url);
    callback({ cancel });
  });
}
