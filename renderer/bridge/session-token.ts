const KEY = 'airlock.token';

/**
 * Takes the token out of the address that `airlock serve` printed, keeps it for this tab and
 * removes it from the address bar. Without one in the address, the kept one counts.
 */
export function takeToken(view: Window): string | undefined {
  const given = new URLSearchParams(view.location.hash.slice(1)).get('token');
  if (given === null || given === '') return view.sessionStorage.getItem(KEY) ?? undefined;
  view.sessionStorage.setItem(KEY, given);
  view.history.replaceState(null, '', view.location.pathname + view.location.search);
  return given;
}
