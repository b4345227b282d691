'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { readStored, writeStored } from '@/components/client/stored';
import { changeProfile } from '@/components/people/requests';

const STORAGE_KEY = 'clerva-timezone-asked';
const NOT_SAID_YET = 'UTC';

/** A student who chooses UTC after this device has told its zone means it. Where nothing is kept, nothing is told. */
const tellOnce = (): boolean => readStored(STORAGE_KEY) === null && writeStored(STORAGE_KEY, 'yes');

/** An account starts on UTC, because the server knows no better. The first browser that does says so, once. */
export function TimezoneSync({ timezone }: { timezone: string }) {
  const router = useRouter();
  useEffect(() => {
    if (timezone !== NOT_SAID_YET) return;
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || zone === timezone || !tellOnce()) return;
    changeProfile({ timezone: zone }).then(
      () => router.refresh(),
      () => {
        // Asked again with the next page; nothing depends on it at once.
        writeStored(STORAGE_KEY, null);
      },
    );
  }, [timezone, router]);
  return null;
}
