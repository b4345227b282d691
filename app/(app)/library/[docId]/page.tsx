import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { DocumentReader } from '@/components/passage/document-reader';
import { NotReady } from '@/components/passage/not-ready';
import { pageFromAddress, rangeFromAddress } from '@/components/passage/page-name';
import { Page } from '@/components/shell/page';
import { requireSession } from '@/lib/auth/session';
import { pageAtOffset, readerDocument, readerPage } from '@/lib/db/queries/reader';
import { readText } from '@/lib/language/server-text';
import { paths } from '@/lib/links';

type ReaderPageProps = {
  params: Promise<{ docId: string }>;
  searchParams: Promise<{ p?: string; from?: string; to?: string }>;
};

const documentOf = cache(async (docId: string) => {
  const { db } = await requireSession();
  return z.uuid().safeParse(docId).success ? readerDocument(db, { docId }) : null;
});

export async function generateMetadata({ params }: ReaderPageProps): Promise<Metadata> {
  const t = await readText();
  const document = await documentOf((await params).docId);
  return { title: document?.title ?? t('Nothing here') };
}

export default async function ReaderPage({ params, searchParams }: ReaderPageProps) {
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
      isNamed={asked !== undefined || range !== undefined}
      {...(range ? { range } : {})}
    />
  );
}
