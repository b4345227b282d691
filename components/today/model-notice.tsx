'use client';

import { Keyboard } from 'lucide-react';
import { useState } from 'react';
import { useText } from '#use-text';
import { writeCookie, YEAR_SECONDS } from '@/components/client/stored';
import { TextButton } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { NOTICE_COOKIE, noticeKey, OWN_NOTICES } from './notice';

/** Says once which kind of model answers. Never a warning; put away, it stays away. */
export function ModelNotice({ text }: { text: string }) {
  const t = useText();
  const [isOpen, setIsOpen] = useState(true);
  const own = OWN_NOTICES.find((notice) => notice === text);
  if (!isOpen) return null;
  const putAway = () => {
    writeCookie(NOTICE_COOKIE, noticeKey(text), YEAR_SECONDS);
    setIsOpen(false);
  };
  return (
    <Strip
      icon={Keyboard}
      action={
        <TextButton className="min-h-8 font-semibold" onClick={putAway}>
          {t('Got it')}
        </TextButton>
      }
    >
      {own === undefined ? text : t(own)}
    </Strip>
  );
}
