import { ThreadList } from '@/components/chat/thread-list';
import { Page } from '@/components/shell/page';
import { requireSession } from '@/lib/auth/session';
import { dateIn } from '@/lib/calendar/dates';
import { getProfile } from '@/lib/db/queries/profile';
import { listThreads, placeOf } from '@/lib/db/queries/thread';
import { toCursor } from '@/lib/domain/thread';
import { titled } from '@/lib/language/server-text';

export const generateMetadata = titled('Conversations');

const PAGE_SIZE = 50;

export default async function ConversationsPage() {
  const { user, db } = await requireSession();
  const [{ threads, hasMore }, profile] = await Promise.all([
    listThreads(db, { limit: PAGE_SIZE }),
    getProfile(db, { userId: user.id }),
  ]);
  const last = threads.at(-1);
  const timezone = profile?.timezone ?? 'UTC';
  return (
    <Page>
      <ThreadList
        first={{ threads, after: last && hasMore ? toCursor(placeOf(last)) : null }}
        today={dateIn(new Date(), timezone)}
        timezone={timezone}
      />
    </Page>
  );
}
