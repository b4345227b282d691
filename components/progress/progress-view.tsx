'use client';

import { useState } from 'react';
import { Strip } from '@/components/ui/strip';
import { beliefsOf } from '@/lib/study/mastery/beliefs';
import { AIM } from '@/lib/study/mastery/focus';
import type { LearningProfile } from '@/lib/study/mastery/profile';
import { BeliefList } from './belief-list';
import { CalibrationPanel } from './calibration';
import { EvidenceSheet } from './evidence-sheet';
import { HistoryChart } from './history-chart';
import { HowCounted } from './how-counted';
import { contest } from './requests';
import { TopicChart } from './topic-chart';
import { headline, lede } from './wording';

/** Where the student stands: one sentence, then what it rests on, each part of it open to contradiction. */
export function ProgressView({ profile: loaded }: { profile: LearningProfile }) {
  const [profile, setProfile] = useState(loaded);
  const [seen, setSeen] = useState<string>();
  const [busyTopic, setBusyTopic] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [status, setStatus] = useState('');
  const { analytics } = profile;

  const onContest = async (topic: string, { undo }: { undo: boolean }) => {
    // One at a time: a second press while the first is on its way changes nothing.
    if (busyTopic !== undefined) return;
    setBusyTopic(topic);
    setFailure(undefined);
    try {
      setProfile(await contest(topic, { undo }));
      setStatus(
        undo ? `What came before on ${topic} counts again.` : `What came before on ${topic} is left out.`,
      );
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setBusyTopic(undefined);
    }
  };

  return (
    // Positioned, so that what only screen readers see is cut off with the page and cannot make the window scroll.
    <div className="relative mx-auto max-w-measure xl:grid xl:max-w-none xl:grid-cols-[minmax(0,var(--container-measure))_var(--container-margin)] xl:justify-center xl:gap-16">
      <div>
        <h1 className="font-semibold text-[1.375rem] leading-7.25 tracking-[-0.015em] md:text-xl md:leading-8.5">
          {headline(analytics)}
        </h1>
        <p className="mt-1 text-ink-2 text-md">{lede(analytics, AIM)}</p>
        <TopicChart analytics={analytics} />
        {failure && (
          <Strip tone="bad" className="mt-6">
            {failure} Nothing was changed.
          </Strip>
        )}
        <BeliefList
          beliefs={beliefsOf(analytics)}
          busyTopic={busyTopic}
          onSee={setSeen}
          onContest={(topic, options) => void onContest(topic, options)}
        />
        <p role="status" className="sr-only">
          {status}
        </p>
        <HistoryChart history={analytics.history} />
        <HowCounted />
      </div>
      <aside
        aria-label="How well you know what you know"
        className="mt-10 grid content-start gap-10 xl:mt-0 xl:pt-16.5"
      >
        <CalibrationPanel calibration={analytics.calibration} />
      </aside>
      <EvidenceSheet topic={seen} onClose={() => setSeen(undefined)} />
    </div>
  );
}
