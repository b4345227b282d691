/**
 * What this device keeps, or this tab alone. Storage may be switched off, and even naming it throws where a browser forbids it: then
 * nothing is kept, nothing is found, and whoever asks goes on without.
 */
type Place = 'localStorage' | 'sessionStorage';
export function readStored(key: string, place: Place = 'localStorage'): string | null {
  try {
    return window[place].getItem(key);
  } catch {
    return null;
  }
}

/** Null forgets it. Gives whether it is kept now. */
export function writeStored(key: string, value: string | null, place: Place = 'localStorage'): boolean {
  try {
    if (value === null) window[place].removeItem(key);
    else window[place].setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

/** A cookie, for what the server has to know before it draws the page. */
export function writeCookie(name: string, value: string, maxAgeSeconds: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every supported browser.
  document.cookie = `${name}=${value}; path=/; max-age=${maxAgeSeconds}; samesite=lax`;
}

export const YEAR_SECONDS = 31_536_000;
