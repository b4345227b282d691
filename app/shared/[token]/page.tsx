import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { SharedConversation } from '@/components/chat/shared-conversation';
import { Brand } from '@/components/ui/brand';
import { momentInWords } from '@/lib/calendar/words';
import { createVisitorClient } from '@/lib/db/clients';
import { openShareLink } from '@/lib/db/queries/share-link';
import { readText, Texts } from '@/lib/language/server-text';

type SharedPageProps = { params: Promise<{ token: string }> };

const TOKEN = /^[\w-]{43}$/;

const sharedOf = cache(async (token: string) =>
  TOKEN.test(token) ? openShareLink(createVisitorClient(), { token }) : null,
);

export async function generateMetadata({ params }: SharedPageProps): Promise<Metadata> {
  const t = await readText();
  const shared = await sharedOf((await params).token);
  return {
    title: shared ? shared.title : t('Nothing here'),
    description: null,
    robots: { index: false, follow: false, noarchive: true },
    referrer: 'no-referrer',
  };
}

/** A copy of a conversation, for whoever holds its link. Nothing on it knows who that is. */
export default async function SharedPage({ params }: SharedPageProps) {
  const t = await readText();
  const shared = await sharedOf((await params).token);
  if (shared === null) notFound();
  const { title, snapshot, createdAt } = shared;
  return (
    <main className="mx-auto max-w-[42.5rem] px-5 py-6 md:px-8 md:py-10">
      <Brand />
      <h1 className="mt-8 text-balance font-semibold text-xl [overflow-wrap:anywhere]">{title}</h1>
      <p className="mt-1 mb-8 text-ink-3 text-xs">
        {t.rich('{value} with a study agent, as it was on {time}. {value2}', {
          value:
            snapshot.name === null
              ? t('A conversation')
              : t('{name}’s conversation', { name: snapshot.name }),
          time: momentInWords(createdAt, 'dayOfYear', 'UTC', t.language),
          value2: !snapshot.withSources
            ? t('What it stands on is not shown.')
            : snapshot.messages.some(({ sources }) => sources.length > 0) &&
              t('Numbers lead to the words it stands on.'),
        })}
      </p>
      <Texts of={['chat', 'markdown', 'told']}>
        <SharedConversation snapshot={snapshot} />
      </Texts>
    </main>
  );
}
