import { putAside } from '@/components/client/put-aside';
import { requestJson } from '@/components/client/request';
import { counted } from '@/lib/calendar/words';
import { MAX_IMPORT_BODY_BYTES } from '@/lib/domain/bounds';
import type { ImportKind } from '@/lib/domain/deck';
import { api } from '@/lib/links';
import { slimPackage } from './slim-package';

export type Imported = {
  added: number;
  already: number;
  skipped: number;
  skippedLines: number[];
  media: number;
  decks: string[];
};

const fault = 'That did not work, and it is our fault. Nothing was added.';

async function send(content: Blob, kind: ImportKind, deck: string): Promise<Imported> {
  const isLarge = content.size > MAX_IMPORT_BODY_BYTES;
  const fields = {
    kind,
    ...(deck.trim() === '' ? {} : { deck: deck.trim() }),
    ...(isLarge ? { upload: await putAside(content, fault) } : {}),
  };
  const body = isLarge ? {} : { raw: content };
  return requestJson<Imported>(api.importDeck(fields), { method: 'POST', ...body, fault });
}

/** Sends a file by what its name says it is. */
export async function importFile(file: File, deck: string): Promise<Imported> {
  if (/\.(?:apkg|colpkg|zip)$/i.test(file.name)) return send(new Blob([await slimPackage(file)]), 'apkg', '');
  const name = deck || file.name.replace(/\.\w+$/, '');
  return send(file, /\.csv$/i.test(file.name) ? 'csv' : 'lines', name);
}

export const importLines = (text: string, deck: string): Promise<Imported> =>
  send(new Blob([text]), 'lines', deck);

/** What came of an import, in sentences. */
export function importSentence({ added, already, skipped, skippedLines, media, decks }: Imported): string {
  const into = decks.length === 1 ? ` to ${decks[0]}` : decks.length > 1 ? ` to ${decks.length} decks` : '';
  const parts = [added > 0 ? `Added ${counted(added, 'card')}${into}.` : 'Nothing added.'];
  if (already > 0)
    parts.push(
      `${counted(already, 'card')} ${already === 1 ? 'was' : 'were'} here already and stayed as they are.`,
    );
  if (skipped > 0) {
    const where = skippedLines.length > 0 ? ` (line ${skippedLines.slice(0, 8).join(', ')})` : '';
    parts.push(`${skipped === 1 ? '1 has' : `${skipped} have`} no text on one side and stayed out${where}.`);
  }
  if (media > 0)
    parts.push(
      `${media} ${media === 1 ? 'picture or sound was' : 'pictures and sounds were'} left behind; the words are here.`,
    );
  return parts.join(' ');
}
