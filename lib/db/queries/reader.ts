import { type Account, accountOf } from '../../domain/account.ts';
import {
  type DocumentPage,
  type DocumentStatus,
  type FoundInDocument,
  type LocatorKind,
  type PictureWord,
  pictureWordsSchema,
} from '../../domain/document.ts';
import type { Section } from '../../domain/make.ts';
import { AppError } from '../../errors.ts';
import { sectionsOf } from '../../study/sections.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

export type ReaderDocument = {
  id: string;
  title: string;
  sourceType: string;
  fileName: string | null;
  status: DocumentStatus;
  pageCount: number | null;
  locator: LocatorKind;
  account: Account;
  errorCode: string | null;
  errorMessage: string | null;
  /** The version in its place. */
  replacedBy: string | null;
};

export type ReaderPage = Pick<DocumentPage, 'page' | 'label' | 'content' | 'charStart' | 'charEnd'> & {
  /** Headings above the page's first words, outermost first. */
  headingPath: string[];
  /** The first passage that stands on it. */
  ord: number;
  /** Where words that were read from a picture of it stand on it. */
  words: PictureWord[] | null;
};

export const READER_COLUMNS =
  'id, title, sourceType:source_type, fileName:file_name, status, pageCount:page_count, locator, errorCode:error_code, errorMessage:error_message, account';

/** The document, or null when there is none or it belongs to somebody else. */
export async function readerDocument(
  db: DatabaseClient,
  params: { docId: string },
): Promise<ReaderDocument | null> {
  const { data, error } = await db
    .from('doc_source')
    .select(`${READER_COLUMNS}, replacedBy:replaced_by`)
    .eq('id', params.docId)
    .maybeSingle();
  if (error) throw databaseError(error);
  return data && { ...data, account: accountOf(data.account) };
}

/** One page with its heading path, in two queries that run side by side. */
export async function readerPage(
  db: DatabaseClient,
  params: { docId: string; page: number },
): Promise<ReaderPage | null> {
  const [page, heading] = await Promise.all([
    db
      .from('doc_page')
      .select('page, label, content, words, charStart:char_start, charEnd:char_end')
      .eq('doc_id', params.docId)
      .eq('page', params.page)
      .maybeSingle(),
    db
      .from('doc_chunk')
      .select('ord, heading_path')
      .eq('doc_id', params.docId)
      .lte('page_start', params.page)
      .gte('page_end', params.page)
      .order('ord')
      .limit(1)
      .maybeSingle(),
  ]);
  const error = page.error ?? heading.error;
  if (error) throw databaseError(error);
  if (page.data === null) return null;
  return {
    ...page.data,
    words: pictureWordsSchema.nullable().parse(page.data.words),
    headingPath: heading.data?.heading_path ?? [],
    ord: heading.data?.ord ?? 0,
  };
}

/** The page on which a character of the document stands; null outside the text. */
export async function pageAtOffset(
  db: DatabaseClient,
  params: { docId: string; offset: number },
): Promise<number | null> {
  const { data, error } = await db
    .from('doc_page')
    .select('page')
    .eq('doc_id', params.docId)
    .lte('char_start', params.offset)
    .gt('char_end', params.offset)
    .limit(1)
    .maybeSingle();
  if (error) throw databaseError(error);
  return data?.page ?? null;
}

const PASSAGES_AT_ONCE = 1_000;
const MOST_PASSAGES = 5_000;

/** The parts of a document that have headings, in reading order. */
export async function documentSections(db: DatabaseClient, params: { docId: string }): Promise<Section[]> {
  const passages: { ord: number; headingPath: string[] }[] = [];
  for (let from = 0; from < MOST_PASSAGES; from += PASSAGES_AT_ONCE) {
    const { data, error } = await db
      .from('doc_chunk')
      .select('ord, headingPath:heading_path')
      .eq('doc_id', params.docId)
      .order('ord')
      .range(from, from + PASSAGES_AT_ONCE - 1);
    if (error) throw databaseError(error);
    passages.push(...data);
    if (data.length < PASSAGES_AT_ONCE) break;
  }
  if (passages.length === 0) throw new AppError('not_found');
  return sectionsOf(passages);
}

const MOST_PAGES = 300;
const MOST_MATCHES = 500;
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Where words stand in a document, in reading order; a line may break between two of them. */
export async function findInDocument(
  db: DatabaseClient,
  params: { docId: string; words: string },
): Promise<FoundInDocument> {
  const words = params.words.split(/\s+/).filter(Boolean);
  const likely = words.map((word) => word.replace(/[\\%_]/g, '\\$&')).join('%');
  const [owned, pages] = await Promise.all([
    db.from('doc_source').select('id').eq('id', params.docId).maybeSingle(),
    db
      .from('doc_page')
      .select('page, content, start:char_start')
      .eq('doc_id', params.docId)
      .ilike('content', `%${likely}%`)
      .order('page')
      .limit(MOST_PAGES),
  ]);
  const error = owned.error ?? pages.error;
  if (error) throw databaseError(error);
  if (owned.data === null || pages.data === null) throw new AppError('not_found');
  const wanted = new RegExp(words.map(escaped).join('\\s+'), 'giu');
  const matches = pages.data.flatMap(({ page, content, start }) =>
    [...content.matchAll(wanted)].map(({ index, 0: found }) => ({
      page,
      from: start + index,
      to: start + index + found.length,
    })),
  );
  const isCut = matches.length > MOST_MATCHES || pages.data.length === MOST_PAGES;
  return { matches: matches.slice(0, MOST_MATCHES), isCut };
}
