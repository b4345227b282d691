import { useText } from '#use-text';
import { ProgressBar } from '@/components/ui/progress-bar';
import { momentInWords, percent } from '@/lib/calendar/words';
import type { Usage } from '@/lib/db/queries/operations';
import type { Translate } from '@/lib/language/text';

const MEGABYTE = 1_048_576;
const shareOf = ({ used, limit }: Usage['tokens']) => (limit === 0 ? 1 : Math.min(1, used / limit));

/** What of today and of the room for files is used, and what happens when it is. */
export function UsageView({ usage }: { usage: Usage }) {
  const t = useText();
  const { tokens, storedBytes, resetsAt, timezone } = usage;
  const megabytes = (bytes: number) => Math.ceil(bytes / MEGABYTE);
  return (
    <div className="grid gap-5">
      <div>
        <p className="mb-2">{t('{percent} of today', { percent: percent(shareOf(tokens), t.language) })}</p>
        <ProgressBar label={t('Questions today')} percent={shareOf(tokens) * 100} />
        <p className="mt-2 text-ink-3 text-xs">
          {t(
            'Each question takes more the longer its conversation is. At 100% they wait until {time}; reviews, quizzes and plans have no limit.',
            { time: momentInWords(resetsAt, 'time', timezone, t.language) },
          )}
        </p>
      </div>
      <div>
        <p className="mb-2">
          {t('{megabytes} of {megabytes2} MB of files', {
            megabytes: megabytes(storedBytes.used),
            megabytes2: megabytes(storedBytes.limit),
          })}
        </p>
        <ProgressBar label={t('Room for files')} percent={shareOf(storedBytes) * 100} />
        <p className="mt-2 text-ink-3 text-xs">{t('When it is full, remove a document to add another.')}</p>
      </div>
    </div>
  );
}

const WARN_SHARE = 0.8;

/** What to say above the box near the end of a day; undefined before. */
export function usageNotice({ tokens, resetsAt, timezone }: Usage, t: Translate): string | undefined {
  const share = shareOf(tokens);
  if (share < WARN_SHARE) return undefined;
  const until = momentInWords(resetsAt, 'time', timezone, t.language);
  return share < 1
    ? t('{percent} of today. At 100% questions wait until {until}; reviews, quizzes and plans go on.', {
        percent: percent(share, t.language),
        until,
      })
    : t('100% of today. Questions start again at {until}; reviews, quizzes and plans go on.', { until });
}
