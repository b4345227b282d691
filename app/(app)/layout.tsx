import type { ReactNode } from 'react';
import { TakenFiles } from '@/components/library/taken-files';
import { LiveProvider } from '@/components/live/live-provider';
import { AppShell } from '@/components/shell/app-shell';
import { TimezoneSync } from '@/components/you/timezone-sync';
import { requireSession, studentName } from '@/lib/auth/session';
import { serverEnv } from '@/lib/env';
import { currentProfile, Texts } from '@/lib/language/server-text';
import { readShell } from '@/lib/shell';
import Fault from './error';

// What says that something failed comes with the scripts of the page. Next names it to the page's own code alone, which would
// have to run, and ask for it, before anything on the page can be used.
void Fault;

export default async function AppLayout({ children }: { children: ReactNode }) {
  const { user, db } = await requireSession();
  const env = serverEnv();
  const [profile, shell] = await Promise.all([currentProfile(), readShell(db)]);
  // Whether anything hears recordings the library asks, and the door: no page waits for a model.
  const limits = {
    maxBytes: env.UPLOAD_MAX_BYTES,
    maxRecordingBytes: env.RECORDING_MAX_BYTES,
    endings: env.UPLOAD_TYPES,
  };
  return (
    <Texts of={['shell', 'told', 'errors', 'faults']}>
      <LiveProvider url={env.supabaseUrl} publishableKey={env.supabasePublishableKey} userId={user.id}>
        {/* Every request of the page says for whom it was made. */}
        <meta name="clerva-student" content={user.id} />
        <TakenFiles limits={limits}>
          <AppShell
            name={studentName(profile?.displayName, user.email)}
            email={user.email}
            shell={shell}
            hasWorker={env.OFFLINE && env.NODE_ENV === 'production'}
            uploadsAtATime={env.UPLOAD_MAX_FILES}
          >
            {children}
          </AppShell>
        </TakenFiles>
        {profile && <TimezoneSync timezone={profile.timezone} />}
      </LiveProvider>
    </Texts>
  );
}
