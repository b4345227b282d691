import type { Account } from '../../domain/account.ts';
import { AppError } from '../../errors.ts';
import { say, sayAmount } from '../../language/said.ts';
import { cleanText } from './clean.ts';
import { type Decoded, decodeText } from './encoding.ts';
import { toSections } from './sections.ts';
import type { ExtractedPage, ExtractLimits, FormatRequest, ReadPages } from './types.ts';

/** Refuses more text than is kept, by its number. */
export function checkLength(
  characters: number,
  { maxCharacters }: Pick<ExtractLimits, 'maxCharacters'>,
): void {
  if (characters <= maxCharacters) return;
  throw new AppError('file_too_large', {
    message: () =>
      say(
        'This file holds {characters} characters of text, and {most} is the limit. Split it and add the parts.',
        {
          characters: sayAmount(characters),
          most: sayAmount(maxCharacters),
        },
      ),
  });
}

/** Text without pages becomes sections; `asked` is a range of section numbers. */
export function sectionExtraction(text: string, asked: FormatRequest, account?: Partial<Account>): ReadPages {
  checkLength(text.length, asked.limits);
  return { ...askedOf(toSections(cleanText(text)), asked), ...(account && { account }) };
}

/** The range of pages that was asked for, out of all of a file. */
export const askedOf = (
  all: readonly ExtractedPage[],
  { pageFrom, pageTo }: Pick<FormatRequest, 'pageFrom' | 'pageTo'>,
): ReadPages => ({
  pages: all.filter(({ page }) => page >= pageFrom && page <= pageTo),
  pageCount: all.length,
  emptyPages: [],
});

/** What a guessed or chosen encoding says in an account. */
export const encodingAccount = ({ encoding, rivalEncoding }: Decoded): Partial<Account> => ({
  encoding,
  rivalEncoding: rivalEncoding ?? null,
});

export async function extractText(request: FormatRequest): Promise<ReadPages> {
  const decoded = decodeText(request.bytes, request.encoding);
  return sectionExtraction(decoded.text, request, encodingAccount(decoded));
}
