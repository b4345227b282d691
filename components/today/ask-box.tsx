'use client';

import { ArrowUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useText } from '#use-text';
import { iconButtonClass } from '@/components/ui/button';
import { MESSAGE_MAX_CHARACTERS } from '@/lib/domain/bounds';
import { paths } from '@/lib/links';

/** A question from Today starts a new conversation. A plain form, so it works before scripts have loaded. */
export function AskBox({ label }: { label: string }) {
  const t = useText();
  const router = useRouter();
  const [text, setText] = useState('');
  const hasText = text.trim() !== '';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (hasText) router.push(paths.asking(text.trim()));
  };
  return (
    <form
      action={paths.ask}
      onSubmit={submit}
      className="flex min-h-14 items-center gap-2 rounded-4 border border-edge bg-page p-2 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-pen has-[input:focus-visible]:outline-offset-2"
    >
      <input
        name="q"
        value={text}
        onChange={(event) => setText(event.target.value)}
        maxLength={MESSAGE_MAX_CHARACTERS}
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        enterKeyHint="send"
        className="h-10 min-w-0 flex-1 bg-transparent px-2 text-md outline-none"
      />
      <button
        type="submit"
        aria-label={t('Ask')}
        className={iconButtonClass(
          hasText ? 'primary' : 'quiet',
          `md:size-10 rounded-[10px] ${hasText ? '' : 'bg-sunk'}`,
        )}
      >
        <ArrowUp aria-hidden="true" className="size-4.5" />
      </button>
    </form>
  );
}
