import { sentence } from '@/lib/language/text';

/** What the app and its local stack say of their model; an operator's own words stand as they are. */
export const OWN_NOTICES = [
  sentence(
    'No model key is set, so the offline study brain answers. It finds and quotes your notes. It does not explain in its own words. Add a key for that.',
  ),
  sentence(
    'Your notes are searched by their words alone, not by their meaning: no server for embeddings is set up.',
  ),
];

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
