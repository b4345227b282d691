import Link from 'next/link';
import { ProgressBar } from '@/components/ui/progress-bar';
import { momentInWords, percent } from '@/lib/calendar/words';
import type { Usage } from '@/lib/db/queries/operations';
import { paths } from '@/lib/links';

const MEGABYTE = 1_048_576;
const shareOf = ({ used, limit }: Usage['tokens']) => (limit === 0 ? 1 : Math.min(1, used / limit));

/** What of today and of the room for files is used, and what happens when it is. */
export function UsageView({ usage }: { usage: Usage }) {
  const { tokens, storedBytes, resetsAt, timezone } = usage;
  const megabytes = (bytes: number) => Math.ceil(bytes / MEGABYTE);
  return (
    <div className="grid gap-5">
      <div>
        <p className="mb-2">{percent(shareOf(tokens))} of today</p>
        <ProgressBar label="Questions today" percent={shareOf(tokens) * 100} />
        <p className="mt-2 text-ink-3 text-xs">
          Each question takes more the longer its conversation is. At 100% they wait until{' '}
          {momentInWords(resetsAt, 'time', timezone)}; reviews, quizzes and plans have no limit.
        </p>
      </div>
      <div>
        <p className="mb-2">
          {megabytes(storedBytes.used)} of {megabytes(storedBytes.limit)} MB of files
        </p>
        <ProgressBar label="Room for files" percent={shareOf(storedBytes) * 100} />
        <p className="mt-2 text-ink-3 text-xs">When it is full, remove a document to add another.</p>
      </div>
      <Link href={paths.activity} className="link inline-flex min-h-11 items-center justify-self-start">
        Your activity
      </Link>
    </div>
  );
}

const WARN_SHARE = 0.8;

/** What to say above the box near the end of a day; undefined before. */
export function usageNotice({ tokens, resetsAt, timezone }: Usage): string | undefined {
  const share = shareOf(tokens);
  if (share < WARN_SHARE) return undefined;
  const until = momentInWords(resetsAt, 'time', timezone);
  return share < 1
    ? `${percent(share)} of today. At 100% questions wait until ${until}; reviews, quizzes and plans go on.`
    : `100% of today. Questions start again at ${until}; reviews, quizzes and plans go on.`;
}
