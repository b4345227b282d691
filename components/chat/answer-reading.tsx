'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { TextButton } from '@/components/ui/button';
import { Dialog, DialogTrigger, SheetContent } from '@/components/ui/dialog';
import { ProblemText } from '@/components/ui/problem-text';
import type { Metadata } from '@/lib/agent/messages';
import { amount } from '@/lib/calendar/words';
import { HINT_RUNGS, type Reading, type ReadPart, type Retry } from '@/lib/domain/reading';
import { type Message, text } from '@/lib/language/text';
import { api, paths } from '@/lib/links';

const NAMES: Readonly<Record<ReadPart['kind'], [name: Message, many: Message | null]>> = {
  orders: [text('Rules every answer keeps'), null],
  persona: [text('Tutor style'), null],
  profile: [text('Your profile and people'), null],
  facts: [text('What is remembered about you'), text('{count, plural, one {# fact} other {# facts}}')],
  summary: [
    text('Summary of earlier messages'),
    text('{count, plural, one {# sentence} other {# sentences}}'),
  ],
  conversation: [
    text('Messages of this conversation'),
    text('{count, plural, one {# message} other {# messages}}'),
  ],
  question: [text('Your question'), null],
  passages: [text('Passages of your notes'), text('{count, plural, one {# passage} other {# passages}}')],
};

function PartRow({ part }: { part: ReadPart }) {
  const t = useText();
  const [name, many] = NAMES[part.kind];
  const { label, count } = part;
  const about = label ?? (many !== null && count !== undefined ? t(many, { count }) : '');
  return (
    <tr className="border-rule border-b">
      <th scope="row" className="py-2 pr-3 text-left font-normal">
        {t(name)}
        {about && <span className="block text-ink-3 text-xs">{about}</span>}
      </th>
      <td className="py-2 text-right tabular">{amount(part.tokens, t.language)}</td>
    </tr>
  );
}

/** The parts that an answer was made of, each with its tokens. */
function ReadingSheet({ read: { budget, parts } }: { read: Reading }) {
  const t = useText();
  const total = parts.reduce((sum, { tokens }) => sum + tokens, 0);
  return (
    <Dialog>
      <DialogTrigger asChild>
        <TextButton className="min-h-11 text-ink-3 text-xs md:min-h-6">
          {t('What this answer read')}
        </TextButton>
      </DialogTrigger>
      <SheetContent
        title={t('What this answer read')}
        description={t('The parts this answer was made of, with their tokens.')}
      >
        <div className="px-5 py-4 md:px-6">
          <table className="w-full">
            <thead>
              <tr className="border-rule border-b text-ink-3 text-xs">
                <th scope="col" className="py-1 text-left font-normal">
                  {t('Part')}
                </th>
                <th scope="col" className="py-1 text-right font-normal">
                  {t('Tokens')}
                </th>
              </tr>
            </thead>
            <tbody>
              {parts.map((part) => (
                <PartRow key={part.kind} part={part} />
              ))}
            </tbody>
            <tfoot>
              <tr className="font-semibold">
                <th scope="row" className="py-2 text-left">
                  {t('Together')}
                </th>
                <td className="py-2 text-right tabular">{amount(total, t.language)}</td>
              </tr>
            </tfoot>
          </table>
          <p className="mt-2 text-ink-3 text-xs">
            {t('One answer reads at most about {budget} tokens. A token is a piece of a word.', {
              budget: amount(budget, t.language),
            })}
          </p>
        </div>
      </SheetContent>
    </Dialog>
  );
}

/** The card that a shown answer comes back as, and the way to do without. */
function RetryLine({ retry }: { retry: Retry }) {
  const t = useText();
  const [isGone, setIsGone] = useState(false);
  const { run, pending, problem } = useAction(async () => {
    await requestJson(api.flashcard(retry.cardId), { method: 'DELETE' });
    setIsGone(true);
  });
  if (isGone) return <p className="text-ink-3 text-xs">{t('All right, it does not come back.')}</p>;
  return (
    <div className="flex flex-wrap items-center gap-x-3 text-ink-2 text-xs">
      <span>
        {t.rich(
          'This problem comes back tomorrow as a card, to be solved without help. <link>Review</link>',
          {
            link: (words) => (
              <a href={paths.review} className="link py-1">
                {words}
              </a>
            ),
          },
        )}
      </span>
      <TextButton className="min-h-11 md:min-h-6" disabled={pending} onClick={() => void run()}>
        {t('No, leave it')}
      </TextButton>
      <ProblemText problem={problem} />
    </div>
  );
}

/** Where an answer stands on the way to a solution, and what it was made of. */
export function AnswerReading({ metadata }: { metadata: Metadata | undefined }) {
  const t = useText();
  const { read, ladder, retry } = metadata ?? {};
  if (!read && !ladder) return null;
  return (
    <div className="mt-2 grid justify-items-start gap-1">
      {ladder && (
        <p className="text-ink-2 text-xs">
          {t('Hint {rung} of {count}', { rung: ladder.rung, count: HINT_RUNGS.length })}
          {ladder.rung < HINT_RUNGS.length && (
            <span className="text-ink-3"> {t('· say “just tell me” for the answer')}</span>
          )}
        </p>
      )}
      {retry && <RetryLine retry={retry} />}
      {read && <ReadingSheet read={read} />}
    </div>
  );
}
