'use client';

import { Keyboard } from 'lucide-react';
import { useState } from 'react';
import { Strip } from '@/components/ui/strip';
import { NOTICE_COOKIE, noticeKey } from './notice';

/** Says once which kind of model answers. Never a warning; put away, it stays away. */
export function ModelNotice({ text }: { text: string }) {
  const [isOpen, setIsOpen] = useState(true);
  if (!isOpen) return null;
  const putAway = () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every supported browser.
    document.cookie = `${NOTICE_COOKIE}=${noticeKey(text)}; path=/; max-age=31536000; samesite=lax`;
    setIsOpen(false);
  };
  return (
    <Strip
      icon={Keyboard}
      action={
        <button type="button" className="link min-h-8 font-semibold" onClick={putAway}>
          Got it
        </button>
      }
    >
      {text}
    </Strip>
  );
}
