import { putAside } from '@/components/client/put-aside';
import { requestJson } from '@/components/client/request';
import { counted } from '@/lib/calendar/words';
import { MAX_IMPORT_BODY_BYTES, MAX_LABEL_CHARACTERS } from '@/lib/domain/bounds';
import type { ImportKind, SkipReasons } from '@/lib/domain/deck';
import { api } from '@/lib/links';
import { slimPackage } from './slim-package';

export type Imported = {
  added: number;
  already: number;
  skipped: number;
  skippedLines: number[];
  reasons: SkipReasons;
  media: number;
  decks: string[];
};

const fault = 'That did not work, and it is our fault. Nothing was added.';

async function send(content: Blob, kind: ImportKind, deck: string, usualDeck = ''): Promise<Imported> {
  const isLarge = content.size > MAX_IMPORT_BODY_BYTES;
  const fields = {
    kind,
    ...(deck.trim() === '' ? {} : { deck: deck.trim() }),
    ...(usualDeck.trim() === '' ? {} : { usualDeck: usualDeck.trim().slice(0, MAX_LABEL_CHARACTERS) }),
    ...(isLarge ? { upload: await putAside(content, fault) } : {}),
  };
  const body = isLarge ? {} : { raw: content };
  return requestJson<Imported>(api.importDeck(fields), { method: 'POST', ...body, fault });
}

/** Sends a file by what its name says it is. */
export async function importFile(file: File, deck: string): Promise<Imported> {
  if (/\.(?:apkg|colpkg|zip)$/i.test(file.name)) return send(new Blob([await slimPackage(file)]), 'apkg', '');
  const kind = /\.xlsx$/i.test(file.name) ? 'xlsx' : /\.csv$/i.test(file.name) ? 'csv' : 'lines';
  return send(file, kind, deck, file.name.replace(/\.\w+$/, ''));
}

export const importLines = (text: string, deck: string): Promise<Imported> =>
  send(new Blob([text]), 'lines', deck);

/** Why rows stayed out. */
const WHY: Record<keyof SkipReasons, (count: string) => string> = {
  empty: (count) => `${count} no text on one side`,
  too_long: (count) => `${count} more text on a side than a card holds`,
  comment: (count) => `${count} only a remark`,
  unreadable: (count) => `${count} nothing that could be read`,
};

/** What came of an import, in sentences. */
export function importSentence({ added, already, skipped, ...read }: Imported): string {
  const { skippedLines, reasons, media, decks } = read;
  const into = decks.length === 1 ? ` to ${decks[0]}` : decks.length > 1 ? ` to ${decks.length} decks` : '';
  const parts = [added > 0 ? `Added ${counted(added, 'card')}${into}.` : 'Nothing added.'];
  if (already > 0)
    parts.push(
      `${counted(already, 'card')} ${already === 1 ? 'was' : 'were'} here already and stayed as they are.`,
    );
  if (skipped > 0) {
    const where = skippedLines.length > 0 ? ` (line ${skippedLines.slice(0, 8).join(', ')})` : '';
    const why = Object.entries(WHY).flatMap(([reason, say]) => {
      const count = reasons[reason as keyof SkipReasons] ?? 0;
      return count === 0 ? [] : [say(count === 1 ? '1 has' : `${count} have`)];
    });
    parts.push(`${why.join(', ')}: ${skipped === 1 ? 'it' : 'they'} stayed out${where}.`);
  }
  if (media > 0)
    parts.push(
      `${media} ${media === 1 ? 'picture or sound was' : 'pictures and sounds were'} left behind; the words are here.`,
    );
  return parts.join(' ');
}
