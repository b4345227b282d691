import { KnownAnswers } from '@/components/client/known-answers';
import { LibraryView } from '@/components/library/library-view';
import { TakenFiles } from '@/components/library/taken-files';
import { Page } from '@/components/shell/page';
import { requireSession } from '@/lib/auth/session';
import { listDocuments } from '@/lib/db/queries/document';
import { usageToday } from '@/lib/db/queries/operations';
import { getOwnProfile } from '@/lib/db/queries/own-profile';
import { serverEnv } from '@/lib/env';
import { hearingModel } from '@/lib/ingestion/recording/hearing-model';
import { titled } from '@/lib/language/server-text';
import { api } from '@/lib/links';

export const generateMetadata = titled('Library');

/** A longer list is read by the page, which is there sooner without it. */
const MOST_MADE = 100;

type LibraryPageProps = { searchParams: Promise<{ find?: string }> };

export default async function LibraryPage({ searchParams }: LibraryPageProps) {
  const [{ find }, { user, db }] = await Promise.all([searchParams, requireSession()]);
  const [profile, usage, documents] = await Promise.all([
    getOwnProfile(db, { userId: user.id }),
    usageToday(db),
    listDocuments(db),
  ]);
  const env = serverEnv();
  const limits = {
    maxBytes: env.UPLOAD_MAX_BYTES,
    maxRecordingBytes: (await hearingModel(env)) === null ? 0 : env.RECORDING_MAX_BYTES,
    endings: env.UPLOAD_TYPES,
  };
  return (
    <Page>
      <TakenFiles limits={limits}>
        <KnownAnswers answers={{ [api.ownProfile]: { profile }, [api.usage]: usage }}>
          <LibraryView
            startWithFind={find !== undefined}
            made={documents.length <= MOST_MADE ? documents : undefined}
          />
        </KnownAnswers>
      </TakenFiles>
    </Page>
  );
}
