import { api } from '../../links.ts';

const ID = '[\\da-f]{8}-(?:[\\da-f]{4}-){3}[\\da-f]{12}';
const ADDRESS = `/api/documents/(${ID})/images/(${ID})`;

/** A picture in the student's own store: nothing else is loaded by a note or a card. */
export const OWN_PICTURE = new RegExp(`^${ADDRESS}$`);
const IN_TEXT = new RegExp(`!\\[([^\\]\\n]*)\\]\\(${ADDRESS}\\)`, 'g');
const IN_FIELD = new RegExp(`<img\\b[^>]*\\bsrc="clerva-(${ID})-(${ID})\\.png"[^>]*>`, 'gi');

export type OwnPicture = { docId: string; imageId: string };

/** The pictures of a side of a card. */
export const picturesIn = (text: string): OwnPicture[] =>
  [...text.matchAll(IN_TEXT)].map(([, , docId = '', imageId = '']) => ({ docId, imageId }));

/** What a picture is called in a package for Anki, which looks at what it is and not at its ending. */
export const mediaName = ({ docId, imageId }: OwnPicture): string => `clerva-${docId}-${imageId}.png`;

const inQuotes = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A side with its pictures as the tags of a package; what stands between them is written by `write`. */
export function withMedia(text: string, write: (text: string) => string): string {
  let html = '';
  let from = 0;
  for (const { 0: whole, 1: alt = '', 2: docId = '', 3: imageId = '', index } of text.matchAll(IN_TEXT)) {
    html += `${write(text.slice(from, index))}<img src="${mediaName({ docId, imageId })}" alt="${inQuotes(alt)}">`;
    from = index + whole.length;
  }
  return html + write(text.slice(from));
}

/** A field of a package with the pictures of this store as they are written in a card. */
export const withOwnPictures = (html: string): string =>
  html.replace(IN_FIELD, (tag, docId: string, imageId: string) => {
    const alt = /\balt="([^"\]\n]*)"/i.exec(tag)?.[1] ?? '';
    return `![${alt}](${api.noteImage(docId.toLowerCase(), imageId.toLowerCase())})`;
  });
