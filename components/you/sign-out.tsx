'use client';

import { deferredDelete } from '@/components/library/stores';
import { Button } from '@/components/ui/button';

/** Posts and loads a new page, so that nothing of this student stays in memory. */
export function SignOut() {
  return (
    // Deletions that wait for Undo need the session that is about to end.
    <form action="/auth/sign-out" method="post" onSubmit={() => deferredDelete.flush()}>
      <Button type="submit">Sign out</Button>
    </form>
  );
}
