'use client';

import { useId } from 'react';
import { SeenByOthers } from './seen-by-others';
import { VisibilityChoice } from './visibility-choice';

/** What being found means, before anybody is: said once, in one place, with the switch under it. */
export function HiddenNotice({ onChanged }: { onChanged: () => unknown }) {
  const title = useId();
  return (
    <section aria-labelledby={title} className="rounded-3 border border-rule bg-page px-5 py-5">
      <h2 id={title} className="font-semibold text-lg leading-6">
        You are hidden
      </h2>
      <p className="mt-1 mb-4 text-ink-2 text-md">
        Nobody can find you, and you see only students who show themselves to everyone. To be matched, say who
        may find you. You can hide again at any time; it takes effect at once.
      </p>
      <VisibilityChoice value="private" onChanged={onChanged} />
      <div className="mt-3 border-rule border-t pt-4">
        <SeenByOthers />
      </div>
    </section>
  );
}
