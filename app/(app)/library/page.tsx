import type { Metadata } from 'next';
import { LibraryView } from '@/components/library/library-view';
import { Page } from '@/components/shell/page';
import { serverEnv } from '@/lib/env';

export const metadata: Metadata = { title: 'Library' };

type LibraryPageProps = { searchParams: Promise<{ find?: string }> };

export default async function LibraryPage({ searchParams }: LibraryPageProps) {
  const { find } = await searchParams;
  return (
    <Page>
      <LibraryView maxBytes={serverEnv().UPLOAD_MAX_BYTES} startWithFind={find !== undefined} />
    </Page>
  );
}
