import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import type { DrawnFormulas } from '@/components/markdown/formulas';
import { DocumentReader } from '@/components/passage/document-reader';
import { NotReady } from '@/components/passage/not-ready';
import { pageFromAddress, rangeFromAddress } from '@/components/passage/page-name';
import { formatOf, passageBlocks, piecesOf } from '@/components/passage/passage-blocks';
import { Page } from '@/components/shell/page';
import { requireSession } from '@/lib/auth/session';
import {
  pageAtOffset,
  type ReaderDocument,
  type ReaderPage,
  readerDocument,
  readerPage,
} from '@/lib/db/queries/reader';
import { readText } from '@/lib/language/server-text';
import { paths } from '@/lib/links';

/** What is drawn in place of the formulas of a page, which is seldom anything. */
async function formulasOf(document: ReaderDocument, { content }: ReaderPage): Promise<DrawnFormulas> {
  const pieces = passageBlocks(content, formatOf(document)).flatMap(piecesOf);
  const formulas = pieces.flatMap(({ maths }) => maths ?? []);
  if (formulas.length === 0) return {};
  return (await import('@/components/markdown/draw-ahead')).formulasAhead(formulas);
}

type DocumentPageProps = {
  params: Promise<{ docId: string }>;
  searchParams: Promise<{ p?: string; from?: string; to?: string }>;
};

const documentOf = cache(async (docId: string) => {
  const { db } = await requireSession();
  return z.uuid().safeParse(docId).success ? readerDocument(db, { docId }) : null;
});

export async function generateMetadata({ params }: DocumentPageProps): Promise<Metadata> {
  const t = await readText();
  const document = await documentOf((await params).docId);
  return { title: document?.title ?? t('Nothing here') };
}

export default async function DocumentPage({ params, searchParams }: DocumentPageProps) {
  const [{ docId }, { p, from, to }, { db }] = await Promise.all([params, searchParams, requireSession()]);
  const document = await documentOf(docId);
  if (document === null) notFound();
  // A note is opened where it is written, but at a passage; its text may be newer than what is found of it.
  if (document.sourceType === 'note' && ((p === undefined && from === undefined) || !document.pageCount))
    redirect(paths.note(docId));
  if (document.status !== 'ready') {
    return (
      <Page>
        <NotReady document={document} />
      </Page>
    );
  }
  const range = rangeFromAddress(from, to);
  const asked = pageFromAddress(p, document.pageCount);
  const number = asked ?? (range && (await pageAtOffset(db, { docId, offset: range.from }))) ?? 1;
  const page = await readerPage(db, { docId, page: number });
  if (page === null) notFound();
  return (
    <DocumentReader
      document={document}
      page={page}
      formulas={await formulasOf(document, page)}
      isNamed={asked !== undefined || range !== undefined}
      {...(range ? { range } : {})}
    />
  );
}
