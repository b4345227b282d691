import { ArrowLeft } from 'lucide-react';
import { CodeField, NewRoom } from '@/components/room/room-entry';
import { ButtonLink } from '@/components/ui/button';
import { requireSession } from '@/lib/auth/session';
import { readText, titled } from '@/lib/language/server-text';
import { paths } from '@/lib/links';

export const generateMetadata = titled('Open a room');

export default async function NewRoomPage() {
  const t = await readText();
  await requireSession();
  return (
    <div className="mx-auto max-w-110 px-5 py-8 md:py-14">
      <ButtonLink variant="quiet" size="sm" className="-ml-3" href={paths.people}>
        <ArrowLeft aria-hidden="true" className="size-4" />
        {t('People')}
      </ButtonLink>
      <h1 className="mt-4 mb-6 font-semibold text-xl">{t('Study together in a room')}</h1>
      <NewRoom />
      <CodeField className="mt-8 border-rule border-t pt-6" />
    </div>
  );
}
