/** Remembers which notice was put away; a changed text is shown again. */
export const NOTICE_COOKIE = 'clerva-notice';

/** A short, stable name for a text (FNV-1a): it only has to differ when the text does. */
export function noticeKey(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
