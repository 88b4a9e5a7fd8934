/**
 * Chromium knows `app://` only through Electron. Here `app://airlock/x` is shown as
 * `https://airlock.app.electron.invalid/x`: a secure origin of its own, under a name that can never
 * exist.
 */
const SUFFIX = 'electron.invalid';

/** The address that Chromium is given for an address of the application. */
export function toChromium(url: string): string {
  return url.replace(/^app:\/\/([^/?#]*)/, `https://$1.app.${SUFFIX}`);
}

/** The address that the application would see in Electron. */
export function fromChromium(url: string): string {
  return url.replace(/^https:\/\/(.*)\.app\.electron\.invalid(?=[/?#]|$)/, 'app://$1');
}
