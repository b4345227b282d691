import { putAside } from '@/components/client/put-aside';
import { requestJson } from '@/components/client/request';
import { MAX_IMPORT_BODY_BYTES, MAX_LABEL_CHARACTERS } from '@/lib/domain/bounds';
import type { ImportKind, SkipReasons } from '@/lib/domain/deck';
import { type Message, sentence, type Translate, text } from '@/lib/language/text';
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

const fault = sentence('That did not work, and it is our fault. Nothing was added.');

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
const WHY: Record<keyof SkipReasons, Message> = {
  empty: text('{count, plural, one {# has} other {# have}} no text on one side'),
  too_long: text('{count, plural, one {# has} other {# have}} more text on a side than a card holds'),
  comment: text('{count, plural, one {# has} other {# have}} only a remark'),
  unreadable: text('{count, plural, one {# has} other {# have}} nothing that could be read'),
};

/** What came of an import, in sentences. */
export function importSentence({ added, already, skipped, ...read }: Imported, t: Translate): string {
  const { skippedLines, reasons, media, decks } = read;
  const into =
    decks.length === 1
      ? ` ${t('to {deck}', { deck: decks[0] ?? '' })}`
      : decks.length > 1
        ? ` ${t('to {count} decks', { count: decks.length })}`
        : '';
  const parts = [
    added > 0
      ? t('Added {added, plural, one {# card} other {# cards}}{into}.', { added, into })
      : t('Nothing added.'),
  ];
  if (already > 0)
    parts.push(
      t(
        '{already, plural, one {# card} other {# cards}} {already, plural, one {was} other {were}} here already and stayed as they are.',
        { already },
      ),
    );
  if (skipped > 0) {
    const where =
      skippedLines.length > 0
        ? ` ${t('(line {skippedLines})', { skippedLines: skippedLines.slice(0, 8).join(', ') })}`
        : '';
    const why = Object.entries(WHY).flatMap(([reason, words]) => {
      const count = reasons[reason as keyof SkipReasons] ?? 0;
      return count === 0 ? [] : [t(words, { count })];
    });
    parts.push(
      t('{why}: {skipped, plural, one {it} other {they}} stayed out{where}.', {
        why: why.join(', '),
        skipped,
        where,
      }),
    );
  }
  if (media > 0)
    parts.push(
      t(
        '{media} {media, plural, one {picture or sound was} other {pictures and sounds were}} left behind; the words are here.',
        { media },
      ),
    );
  return parts.join(' ');
}
