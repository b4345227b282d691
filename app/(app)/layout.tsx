import type { ReactNode } from 'react';
import { requireSession } from '@/components/auth/session';
import { studentName } from '@/components/auth/student-name';
import { BackgroundWork } from '@/components/library/background-work';
import { AppShell } from '@/components/shell/app-shell';
import { getProfile } from '@/lib/db/queries/profile';
import { listThreads } from '@/lib/db/queries/thread';
import { serverEnv } from '@/lib/env';

const RECENT_THREADS = 20;

export default async function AppLayout({ children }: { children: ReactNode }) {
  const { user, db } = await requireSession();
  const [profile, threads] = await Promise.all([
    getProfile(db, { userId: user.id }),
    listThreads(db, { limit: RECENT_THREADS }),
  ]);
  return (
    <AppShell
      name={studentName(profile?.displayName, user.email)}
      email={user.email}
      threads={threads.map(({ id, title }) => ({ id, title }))}
    >
      <BackgroundWork uploadsAtATime={serverEnv().UPLOAD_MAX_FILES} />
      {children}
    </AppShell>
  );
}
