/** Closed so, the stage speaks another version of the protocol than this page does. */
const OTHER_VERSION = 4000;
const KEY = 'dramatis.reloaded';

/**
 * A page that was left open over an update is older than its stage: it is loaded anew. Once, since a page
 * that comes from somewhere else than the stage would be as old again.
 *
 * @param code of the socket's close; true where the page is on its way out
 */
export function reloadIfOld(code: number): boolean {
  if (code !== OTHER_VERSION || sessionStorage.getItem(KEY) !== null) return false;
  sessionStorage.setItem(KEY, 'once');
  location.reload();
  return true;
}

/** The stage has answered: the next update may reload it again. */
export function noteCurrent(): void {
  sessionStorage.removeItem(KEY);
}
