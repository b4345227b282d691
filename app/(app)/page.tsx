import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { requireSession } from '@/components/auth/session';
import { studentName } from '@/components/auth/student-name';
import { Page } from '@/components/shell/page';
import { AskBox } from '@/components/today/ask-box';
import { Greeting } from '@/components/today/greeting';
import { ModelNotice } from '@/components/today/model-notice';
import { nextAction } from '@/components/today/next-action';
import { NOTICE_COOKIE, noticeKey } from '@/components/today/notice';
import { starterQuestions } from '@/components/today/starter-questions';
import { MoreQuestions, TodayAction } from '@/components/today/today-view';
import { getProfile } from '@/lib/db/queries/profile';
import { headingPaths, newestDocuments } from '@/lib/db/queries/today';
import { serverEnv } from '@/lib/env';

export const metadata: Metadata = { title: 'Today' };

export default async function TodayPage() {
  const { user, db } = await requireSession();
  const [profile, documents, store] = await Promise.all([
    getProfile(db, { userId: user.id }),
    newestDocuments(db),
    cookies(),
  ]);
  const action = nextAction(documents);
  const questions =
    action.kind === 'ask'
      ? starterQuestions(action.document.title, await headingPaths(db, { docId: action.document.id }))
      : [];
  const notice = serverEnv().MODEL_NOTICE;
  const showsNotice = notice !== undefined && store.get(NOTICE_COOKIE)?.value !== noticeKey(notice);
  return (
    <Page contentClassName="px-5 pt-1 pb-8 md:px-10 md:pt-18 md:pb-12 xl:px-14">
      <div className="mx-auto max-w-measure">
        <Greeting name={studentName(profile?.displayName, user.email)} />
        <TodayAction action={action} questions={questions} />
        <div className="mt-4 grid gap-5 md:mt-16 md:ml-30 md:gap-11">
          {documents.length > 0 && <AskBox label="Ask your notes anything" />}
          <MoreQuestions questions={questions.slice(1)} />
          {showsNotice && <ModelNotice text={notice} />}
        </div>
      </div>
    </Page>
  );
}
