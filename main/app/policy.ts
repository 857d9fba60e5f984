/** What the window's page may do, as data; `security.ts` and `appProtocol.ts` enforce it. */

export const scheme = 'app';
export const host = 'hotdeck';
export const appOrigin = `${scheme}://${host}`;
export const appUrl = `${appOrigin}/index.html`;

/**
 * Sent with every file of the page. Nothing but the app's own files can be loaded or run.
 * Styles alone may be inline: the terminal writes its colors and sizes into <style> elements.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Headers of every response, the refusals included. */
export const responseHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

/** Copying from the terminal is the one permission the page needs; all else is denied. */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Whether the page at `origin` (with or without a path) has this permission. */
export function permits(permission: string, origin: string): boolean {
  return granted.has(permission) && isOwnUrl(origin);
}

/** Whether the URL is one of the app's own page. */
export function isOwnUrl(url: string): boolean {
  return url === appOrigin || url.startsWith(`${appOrigin}/`);
}

/** Schemes from which anything may be requested at all. Developer tools load themselves. */
const loadable = new Set([`${scheme}:`, 'data:', 'blob:', 'devtools:']);

/** Whether a request may leave the page; the network is none of its business. */
export function mayLoad(url: string): boolean {
  return URL.canParse(url) && loadable.has(new URL(url).protocol);
}

/** `webPreferences` of every window. Most are Electron's defaults; said here so that no default can drift. */
export function webPreferences(preload: string, packaged: boolean) {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // The checker would fetch dictionaries from the network.
    spellcheck: false,
    // A window in the background must go on drawing its log: a throttled one would hold back the server's output.
    backgroundThrottling: false,
    devTools: !packaged,
  };
}
