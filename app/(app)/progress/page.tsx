import { MakeButton } from '@/components/make/make-button';
import { ProgressView } from '@/components/progress/progress-view';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/ui/empty-state';
import { requireSession } from '@/lib/auth/session';
import { freshLearningProfile, studyDays } from '@/lib/db/queries/learning-profile';
import { readText, titled } from '@/lib/language/server-text';

export const generateMetadata = titled('Progress');

export default async function ProgressPage() {
  const t = await readText();
  const { user, db } = await requireSession();
  const now = new Date();
  const [{ profile }, studied] = await Promise.all([
    freshLearningProfile(db, { userId: user.id, now }),
    studyDays(db, { now }),
  ]);
  const { topicBreakdown, unpractised } = profile.analytics;
  const isEmpty = topicBreakdown.length === 0 && unpractised.length === 0;
  return (
    <Page>
      {isEmpty ? (
        <EmptyState
          as="h1"
          className="mx-auto max-w-measure"
          title={t('What sticks, and what does not yet')}
          actions={
            <MakeButton kind="quiz" variant="primary">
              {t('Make a first quiz')}
            </MakeButton>
          }
        >
          <p>
            {t(
              'From your answers I work out how each topic stands, how sure that is, and what to do first. You see the answers behind everything I say, and can tell me when it is wrong.',
            )}
          </p>
          <p className="mt-3 text-ink-3 text-sm">
            {t(
              'For example: “Interference does not stick yet. 2 of 8 right.” See the answers · That is wrong',
            )}
          </p>
        </EmptyState>
      ) : (
        <ProgressView profile={profile} studied={studied} />
      )}
    </Page>
  );
}
