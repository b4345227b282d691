import { cookies } from 'next/headers';
import Link from 'next/link';
import { Page } from '@/components/shell/page';
import { AskBox } from '@/components/today/ask-box';
import { ExamForecast } from '@/components/today/exam-forecast';
import { Greeting } from '@/components/today/greeting';
import { HereNow } from '@/components/today/here-now';
import { ModelNotice } from '@/components/today/model-notice';
import { NOTICE_COOKIE, noticeKey } from '@/components/today/notice';
import { TodayBoard } from '@/components/today/today-board';
import { requireSession, studentName } from '@/lib/auth/session';
import { serverEnv } from '@/lib/env';
import { readText, Texts, titled } from '@/lib/language/server-text';
import { paths } from '@/lib/links';
import { restItem } from '@/lib/today/document-items';
import { loadToday } from './today';

export const generateMetadata = titled('Today');

export default async function TodayPage() {
  const t = await readText();
  const { user, db } = await requireSession();
  const store = await cookies();
  const now = new Date();
  const day = await loadToday(db, { userId: user.id, now, cookie: (name) => store.get(name)?.value }, t);
  const { displayName, hasDocuments, today, items, questions, hidden, people, analytics, nextCards } = day;
  const notice = serverEnv().MODEL_NOTICE;
  const showsNotice = notice !== undefined && store.get(NOTICE_COOKIE)?.value !== noticeKey(notice);
  const exam = analytics?.forecast?.exam ? analytics.forecast : null;
  return (
    <Texts of={['today']}>
      <Page contentClassName="px-5 pt-1 pb-8 md:px-10 md:pt-18 md:pb-12 xl:px-14">
        <div className="relative mx-auto max-w-measure xl:grid xl:max-w-none xl:grid-cols-[minmax(0,var(--container-measure))_var(--container-margin)] xl:justify-center xl:gap-16">
          <div>
            <Greeting name={studentName(displayName, user.email)} />
            <TodayBoard
              key={items.map(({ key }) => key).join()}
              items={items}
              rest={restItem(nextCards, t)}
              questions={questions}
              today={today}
              hiddenBefore={hidden}
            >
              {hasDocuments && <AskBox label={t('Ask your notes anything')} />}
            </TodayBoard>
            {showsNotice && (
              <div className="mt-5 md:mt-11 md:ml-30">
                <ModelNotice text={notice} />
              </div>
            )}
          </div>
          <aside
            aria-label={t('Around today')}
            className="mt-8 grid content-start gap-8 md:ml-30 xl:mt-0 xl:ml-0 xl:gap-11 xl:pt-19"
          >
            {exam && <ExamForecast forecast={exam} />}
            {people && <HereNow initial={people} />}
            {/* On a phone there is no rail, and these two have no tab. */}
            <nav aria-label={t('More')} className="flex gap-6 md:hidden">
              <Link prefetch={false} href={paths.plan} className="link py-2">
                {t('Your plan')}
              </Link>
              <Link prefetch={false} href={paths.progress} className="link py-2">
                {t('Your progress')}
              </Link>
            </nav>
          </aside>
        </div>
      </Page>
    </Texts>
  );
}
