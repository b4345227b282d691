'use client';

import { useText } from '#use-text';
import { TextButton } from '@/components/ui/button';
import type { Belief } from '@/lib/study/mastery/beliefs';

type BeliefListProps = {
  beliefs: readonly Belief[];
  /** The topic whose contest is on its way. */
  busyTopic: string | undefined;
  onSee: (topic: string) => void;
  onContest: (topic: string, undo: boolean) => unknown;
};

/** What is believed about the student, each with its evidence and a way to say that it is wrong. */
export function BeliefList({ beliefs, busyTopic, onSee, onContest }: BeliefListProps) {
  const t = useText();
  return (
    <section aria-labelledby="beliefs" className="mt-6 md:mt-10">
      <h2 id="beliefs" className="pb-2.5 font-semibold">
        {t('What I believe about how you learn')}
      </h2>
      {beliefs.length === 0 && (
        <p className="border-rule border-y py-3.5 text-ink-2">
          {t('Nothing yet that I am sure enough of to say. A few more answers on a topic would tell.')}
        </p>
      )}
      <ul>
        {beliefs.map(({ topic, kind, claim, ground, contestedAt }) => (
          <li key={topic} className="border-rule border-t py-3.5 last:border-b">
            <p className="font-semibold text-[0.9375rem] leading-5.5">{claim}</p>
            <p className="mt-0.5 text-ink-2">{ground}</p>
            <div className="mt-1 flex flex-wrap gap-x-4 text-xs">
              <TextButton className="min-h-8" onClick={() => onSee(topic)}>
                {t.rich('See the answers<span> on {topic}</span>', {
                  topic,
                  span: (words) => <span className="sr-only">{words}</span>,
                })}
              </TextButton>
              {kind !== 'contested' && (
                <TextButton
                  className="min-h-8"
                  aria-disabled={busyTopic === topic}
                  onClick={() => onContest(topic, false)}
                >
                  {t.rich('That is wrong<span> about {topic}</span>', {
                    topic,
                    span: (words) => <span className="sr-only">{words}</span>,
                  })}
                </TextButton>
              )}
              {contestedAt !== null && (
                <TextButton
                  className="min-h-8"
                  aria-disabled={busyTopic === topic}
                  onClick={() => onContest(topic, true)}
                >
                  {t.rich('Undo<span>: count what came before on {topic} again</span>', {
                    topic,
                    span: (words) => <span className="sr-only">{words}</span>,
                  })}
                </TextButton>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
