/**
 * Says why the window must not start for this user.
 *
 * Chromium's sandbox does not work for root, and a browser engine without its sandbox is no place
 * to be root. Serve mode keeps the browser in the user's own session.
 *
 * @param uid - User id of the process; `undefined` where the system has none.
 * @returns One line for standard error, or `undefined` where nothing speaks against it.
 */
export function refusalFor(uid: number | undefined): string | undefined {
  if (uid !== 0) return undefined;
  return 'The Airlock window does not run as root: start it as an ordinary user, or run "airlock serve" and open the address it prints';
}
