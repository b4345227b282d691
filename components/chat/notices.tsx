import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import type { Notice } from '@/lib/domain/message';
import { paths } from '@/lib/links';

/** What stands beside an answer: the way to more notes, where the notes were the limit, or that it was cut. */
export function Notices({ notices, hasText }: { notices: readonly Notice[]; hasText: boolean }) {
  return notices.map(({ kind, text }) => {
    // The tag above the answer says it already.
    if (kind === 'offline_brain') return null;
    const isCut = kind === 'cut_short';
    return (
      <div key={kind} className="mt-4">
        {/* The answer itself says that it found nothing; saying it twice would only be louder. */}
        {(isCut || !hasText) && <Strip>{text}</Strip>}
        {!isCut && (
          <Link href={paths.library} className={buttonClass({ size: 'sm', className: 'mt-3' })}>
            Add notes on it
          </Link>
        )}
      </div>
    );
  });
}
