'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Strip } from '@/components/ui/strip';
import type { StudyDays } from '@/lib/domain/study-days';
import { api } from '@/lib/links';
import { beliefsOf } from '@/lib/study/mastery/beliefs';
import { AIM } from '@/lib/study/mastery/focus';
import type { LearningProfile } from '@/lib/study/mastery/profile';
import { BeliefList } from './belief-list';
import { CalibrationPanel } from './calibration';
import { EvidenceSheet } from './evidence-sheet';
import { HistoryChart } from './history-chart';
import { RecallChart } from './recall-chart';
import { StudyDaysChart } from './study-days';
import { TopicChart } from './topic-chart';
import { headline, lede } from './wording';

type ProgressViewProps = { profile: LearningProfile; studied: StudyDays };

/** Where the student stands: one sentence, then what it rests on, each part of it open to contradiction. */
export function ProgressView({ profile: loaded, studied }: ProgressViewProps) {
  const t = useText();
  const [profile, setProfile] = useState(loaded);
  const [seen, setSeen] = useState<string>();
  const [busyTopic, setBusyTopic] = useState<string>();
  const [status, setStatus] = useState('');
  const { analytics } = profile;
  const { run, pending, problem } = useAction(async (topic: string, undo: boolean) => {
    setBusyTopic(topic);
    const body = { topic };
    setProfile(await requestJson(api.contests, { method: undo ? 'DELETE' : 'POST', body }));
    setStatus(
      undo
        ? t('What came before on {topic} counts again.', { topic })
        : t('What came before on {topic} is left out.', { topic }),
    );
  });

  return (
    // Positioned, so that what only screen readers see is cut off with the page and cannot make the window scroll.
    <div className="relative mx-auto max-w-measure xl:grid xl:max-w-none xl:grid-cols-[minmax(0,var(--container-measure))_var(--container-margin)] xl:justify-center xl:gap-16">
      <div>
        <h1 className="font-semibold text-[1.375rem] leading-7.25 tracking-[-0.015em] md:text-xl md:leading-8.5">
          {headline(analytics, t)}
        </h1>
        <p className="mt-1 text-ink-2 text-md">{lede(analytics, AIM, t)}</p>
        <TopicChart analytics={analytics} />
        <RecallChart analytics={analytics} />
        <Strip tone="bad" className="mt-6">
          {problem && t('{problem} Nothing was changed.', { problem })}
        </Strip>
        <BeliefList
          beliefs={beliefsOf(analytics, t)}
          busyTopic={pending ? busyTopic : undefined}
          onSee={setSeen}
          onContest={run}
        />
        <p role="status" className="sr-only">
          {status}
        </p>
        <HistoryChart history={analytics.history} />
        <StudyDaysChart studied={studied} />
        <HowCounted />
      </div>
      <aside
        aria-label={t('How well you know what you know')}
        className="mt-10 grid content-start gap-10 xl:mt-0 xl:pt-16.5"
      >
        <CalibrationPanel calibration={analytics.calibration} />
      </aside>
      <EvidenceSheet topic={seen} onClose={() => setSeen(undefined)} />
    </div>
  );
}

/** How the figures come about, for those who want to know before they believe them. */
function HowCounted() {
  const t = useText();
  return (
    <details className="mt-10 border-rule border-t pt-3 text-ink-2">
      <summary className="w-fit cursor-pointer py-1 font-medium text-ink">{t('How this is counted')}</summary>
      <ul className="mt-2 grid max-w-132 list-disc gap-2 pl-5">
        <li>
          {t(
            'A topic starts in the middle, knowing nothing, and moves with every answer. Skipped questions and those you reported do not count; a right guess counts half.',
          )}
        </li>
        <li>
          {t(
            'An answer counts half after a month. Cards count half an answer, and hardly at all when seen twice in one sitting.',
          )}
        </li>
        <li>
          {t(
            'The grey bar is the range the topic lies in nine times out of ten. More answers make it shorter.',
          )}
        </li>
        <li>
          {t(
            'Until the exam, topics with cards hold when you do what is due; others fade to nine tenths in a month. For the plan, an hour on a topic is taken to halve what is missing there. That is a rule of thumb, not a promise.',
          )}
        </li>
        <li>
          {t(
            'A day is as long as its questions and cards took you; five minutes at most on a question, one on a card.',
          )}
        </li>
        <li>{t('“That is wrong” leaves out everything before it on that topic. Undo brings it back.')}</li>
      </ul>
    </details>
  );
}
