import type { Session, WebContents } from 'electron';
import { isPageUrl } from './page-protocol.ts';

/**
 * What the page may not do, whatever is in it.
 *
 * It cannot leave its address, open windows or embed others. Links to the outside are denied as
 * well: help is shipped with the application and nothing in it needs the web, so there is no list
 * of hosts to keep right.
 *
 * @see Electron's tutorial "Security", checklist items 13 to 15
 */
export function lockDownContents(contents: WebContents): void {
  contents.on('will-navigate', keepOnPage);
  contents.on('will-frame-navigate', keepOnPage);
  contents.on('will-redirect', keepOnPage);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** The page may load itself again, which is a navigation too. */
function keepOnPage(event: { readonly url: string; preventDefault(): void }): void {
  if (!isPageUrl(event.url)) event.preventDefault();
}

/** Denies what the page could ask of the system, and every request to anywhere but itself. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    callback(isAllowed(permission));
  });
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !isOwnRequest(details.url) });
  });
  session.on('will-download', (event) => event.preventDefault());
}

/** Text that the user asked to be copied, without the right to read the clipboard. */
function isAllowed(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}

function isOwnRequest(url: string): boolean {
  // The developer tools, which a package does not have, load their own pages.
  return isPageUrl(url) || /^(?:data|devtools|blob):/.test(url);
}
