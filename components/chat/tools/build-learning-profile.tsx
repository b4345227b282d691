'use client';

import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { percent } from '@/lib/calendar/words';
import { paths } from '@/lib/links';
import type { ToolCardProps, ToolView } from './tool-view';

const TOPICS_SHOWN = 6;

/** How each topic stands, what to work on first, and the way there. */
export function BuildLearningProfileCard({ part: { output } }: ToolCardProps<'buildLearningProfile'>) {
  const { analytics, summary } = output;
  const focus = analytics.focus[0];
  const practised = analytics.topicBreakdown.filter(({ answers }) => answers > 0);
  const shown = [
    // What needs work is what the card is opened for.
    ...practised.toSorted((left, right) => left.average - right.average),
  ].slice(0, TOPICS_SHOWN);
  return (
    <section
      aria-label="Your learning profile"
      className="my-4 rounded-3 border border-rule bg-page px-4.5 py-4"
    >
      <h3 className="font-semibold text-md">{focus ? `Work on ${focus.topic} first` : 'How you stand'}</h3>
      <p className="mt-0.5 text-ink-2">{focus ? focus.reason : summary}</p>
      {shown.length > 0 && (
        <table className="mt-3 w-full">
          <thead className="sr-only">
            <tr>
              <th scope="col">Topic</th>
              <th scope="col">Average</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ topic, average, answers, contestedAt }) => (
              <tr key={topic} className="border-rule border-t">
                <th scope="row" className="py-1.75 pr-3 text-left font-medium">
                  <span className="line-clamp-2">{topic}</span>
                </th>
                <td className="whitespace-nowrap py-1.75 text-right text-ink-3 text-xs">
                  {answers} {answers === 1 ? 'answer' : 'answers'}
                  {contestedAt !== null && ', since you contested'}
                </td>
                <td className="w-14 py-1.75 text-right tabular">{percent(average)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {practised.length > shown.length && (
        <p className="mt-1 text-ink-3 text-xs">
          {practised.length - shown.length} more are on the progress page.
        </p>
      )}
      <div className="mt-3.5 flex flex-wrap gap-2">
        <Link
          href={paths.asking(
            focus ? `Quiz me on ${focus.topic}, 5 questions` : 'Make me a quiz of 5 questions',
          )}
          className={buttonClass({ variant: 'primary' })}
        >
          {focus ? 'Quiz me on it' : 'Make a quiz'}
        </Link>
        <Link href={paths.progress} className={buttonClass({ variant: 'quiet' })}>
          See your progress
        </Link>
      </div>
    </section>
  );
}

export const buildLearningProfile: ToolView<'buildLearningProfile'> = {
  verbs: {
    running: 'Reading your results',
    done: 'Read your results',
    failed: 'Could not read your results',
  },
  Card: BuildLearningProfileCard,
};
