'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useText } from '#use-text';
import { isGone } from '@/components/client/request';
import type { PresenceChannel } from '@/components/live/use-presence-of';
import { iconButtonClass } from '@/components/ui/button';
import type { Translate } from '@/lib/language/text';
import { told } from '@/lib/language/told';
import { paths } from '@/lib/links';
import type { Insight } from '@/lib/matching/insight';
import { freeLength } from './ago';
import { AskForm } from './ask-form';
import { BestTimes } from './best-times';
import { Blocked } from './blocked';
import { draftFor, firstChoice, retimed } from './draft';
import { Agenda, Exchange, Facets } from './insight-parts';
import { PersonGone } from './person-gone';
import { PersonMenu } from './person-menu';
import { PersonAvatar, presenceWords } from './presence';
import { ReportDialog } from './report-dialog';
import { useInsight } from './use-people';

/** What both do at this moment, in words. */
function stateWords({ canStudyNow, minutesNow, currentActivity }: Insight, t: Translate): string {
  return canStudyNow && minutesNow !== null
    ? t('You are both free for the next {freeLength}', { freeLength: freeLength(minutesNow, t) })
    : presenceWords(currentActivity, t);
}

/** The time that is proposed, and the words, which follow it until the student writes their own. */
function useDraft(insight: Insight) {
  const t = useText();
  const [chosen, setChosen] = useState<string | null>();
  const [typed, setTyped] = useState<string>();
  // A time that has passed, or that the other is not free at any more, is not proposed.
  const offered = [firstChoice(insight), ...insight.nextBestTimes.map(({ whenISO }) => whenISO)];
  const time = chosen !== undefined && offered.includes(chosen) ? chosen : firstChoice(insight);
  const choose = (next: string) => {
    if (typed !== undefined) setTyped(retimed(typed, time, next, insight, t));
    setChosen(next);
  };
  return { time, text: typed ?? draftFor(insight, time, t), choose, type: setTyped };
}

/** The fit, what to do together, and the message under it. */
function Fit({ insight, ownName }: { insight: Insight; ownName: string | null }) {
  const t = useText();
  const { time, text, choose, type } = useDraft(insight);
  const { displayName, risks } = insight;
  return (
    // On a low screen, or one that is zoomed in far, the message scrolls with the rest instead of covering it.
    <div className="flex min-h-0 flex-1 flex-col [@media(max-height:44rem)]:block [@media(max-height:44rem)]:overflow-y-auto">
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-1 pb-6 md:px-7 md:pt-6 [@media(max-height:44rem)]:overflow-visible">
        <div className="grid gap-5">
          <div className="flex items-center gap-4">
            <PersonAvatar name={displayName} activity={insight.currentActivity} size="head" />
            <div className="min-w-0">
              <h2 className="font-semibold text-lg leading-7 tracking-[-0.01em] wrap-anywhere">
                {told(insight.verdict, insight.said, t)}
              </h2>
              <p aria-live="polite" className="text-ink-3">
                {stateWords(insight, t)}
              </p>
            </div>
          </div>
          <Facets insight={insight} />
          <Exchange insight={insight} />
          <Agenda insight={insight} />
          {risks[0] && (
            <p className="text-ink-3 text-xs wrap-anywhere">
              {t('Worth knowing: {risks}', { risks: told(risks[0], insight.said, t) })}
            </p>
          )}
          <BestTimes insight={insight} chosen={time} onChoose={choose} />
        </div>
      </div>
      <div className="border-rule border-t bg-page px-5 pt-3.5 pb-4 md:px-7 md:pb-5">
        <AskForm insight={insight} text={text} chosen={time} ownName={ownName} onType={type} />
      </div>
    </div>
  );
}

type InsightViewProps = {
  initial: Insight;
  /** Where that person is shown. */
  channels: readonly PresenceChannel[];
  ownName: string | null;
};

/** How two students fit, what to do together, and the way to ask. Nothing is sent before Send. */
export function InsightView({ initial, channels, ownName }: InsightViewProps) {
  const t = useText();
  const { insight, error, refresh } = useInsight(initial, channels);
  const [isBlocked, setIsBlocked] = useState(false);
  const [isReporting, setIsReporting] = useState(false);
  const { displayName, userId } = insight;
  const person = { userId, name: displayName, onBlocked: () => setIsBlocked(true) };
  const unblocked = () => {
    setIsBlocked(false);
    void refresh();
  };
  return (
    <section
      aria-label={t('You and {displayName}', { displayName })}
      className="flex h-full min-h-0 flex-col"
    >
      <header className="flex min-h-12 shrink-0 items-center gap-1 pr-2 pl-5 md:min-h-14 md:border-rule md:border-b md:pr-4 md:pl-7">
        <p className="min-w-0 flex-1 truncate font-semibold max-md:text-lg">
          <span className="max-md:hidden">{t('You and')} </span>
          {displayName}
        </p>
        {!isBlocked && !isGone(error) && <PersonMenu {...person} onReport={() => setIsReporting(true)} />}
        <Link
          prefetch={false}
          href={paths.people}
          aria-label={t('Close')}
          className={iconButtonClass('quiet', 'max-md:hidden')}
        >
          <X aria-hidden="true" className="size-4.5" />
        </Link>
      </header>
      {isBlocked ? (
        <Blocked userId={userId} name={displayName} onUndone={unblocked} />
      ) : isGone(error) ? (
        <PersonGone />
      ) : (
        <Fit insight={insight} ownName={ownName} />
      )}
      <ReportDialog open={isReporting} onOpenChange={setIsReporting} {...person} />
    </section>
  );
}
