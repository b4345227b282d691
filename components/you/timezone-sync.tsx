'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { changeProfile } from '@/components/people/requests';

const STORAGE_KEY = 'clerva-timezone-asked';
const NOT_SAID_YET = 'UTC';

/** Whether this device has told its zone before: a student who then chooses UTC means it. */
function tellOnce(): boolean {
  try {
    if (window.localStorage.getItem(STORAGE_KEY) !== null) return false;
    window.localStorage.setItem(STORAGE_KEY, 'yes');
    return true;
  } catch {
    // Where nothing can be kept it could not be told only once.
    return false;
  }
}

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
        window.localStorage.removeItem(STORAGE_KEY);
      },
    );
  }, [timezone, router]);
  return null;
}
