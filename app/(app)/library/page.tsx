import type { Metadata } from 'next';
import { LibraryView } from '@/components/library/library-view';
import { TakenFiles } from '@/components/library/taken-files';
import { Page } from '@/components/shell/page';
import { serverEnv } from '@/lib/env';
import { hearingModel } from '@/lib/ingestion/recording/hearing-model';

export const metadata: Metadata = { title: 'Library' };

type LibraryPageProps = { searchParams: Promise<{ find?: string }> };

export default async function LibraryPage({ searchParams }: LibraryPageProps) {
  const { find } = await searchParams;
  const env = serverEnv();
  const limits = {
    maxBytes: env.UPLOAD_MAX_BYTES,
    maxRecordingBytes: (await hearingModel(env)) === null ? 0 : env.RECORDING_MAX_BYTES,
    endings: env.UPLOAD_TYPES,
  };
  return (
    <Page>
      <TakenFiles limits={limits}>
        <LibraryView startWithFind={find !== undefined} />
      </TakenFiles>
    </Page>
  );
}
