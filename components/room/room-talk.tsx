'use client';

import { clsx } from 'clsx';
import { ArrowUp } from 'lucide-react';
import {
  type KeyboardEvent,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useText } from '#use-text';
import { Avatar } from '@/components/ui/avatar';
import { Form } from '@/components/ui/form';
import { isChoosingWord } from '@/components/ui/use-hotkeys';
import { MAX_ROOM_MESSAGE_CHARACTERS, type RoomMember } from '@/lib/domain/room';
import { type Message, text } from '@/lib/language/text';
import type { Pending } from './talk';
import type { RoomRun } from './use-room';

const SAY_LEFT_FROM = 800;
/** Close enough to the end to want to stay there. */
const NEAR_END_PX = 80;

const STATE_WORDS: Record<Pending['state'], Message> = {
  sending: text('Sending'),
  waiting: text('Goes out when the connection is back'),
  failed: text('Not sent.'),
};

type LineProps = { name: string; isMe: boolean; body: string; pending?: Pending; onRetry?: () => void };

function Line({ name, isMe, body, pending, onRetry }: LineProps) {
  const t = useText();
  return (
    <li className="grid grid-cols-[28px_minmax(0,1fr)] gap-3">
      <Avatar name={name} className="size-7 rounded-2" />
      <div className="min-w-0">
        <span className="block text-ink-3 text-xs">{isMe ? t('You') : name}</span>
        <p
          dir="auto"
          className={clsx(
            'whitespace-pre-wrap text-[0.9375rem] leading-5.5 wrap-anywhere',
            pending && 'text-ink-2',
          )}
        >
          {body}
        </p>
        {pending && (
          <span className="text-ink-3 text-xs">
            {t(STATE_WORDS[pending.state])} {pending.problem && t.fault({ message: pending.problem })}{' '}
            {pending.state === 'failed' && (
              <button type="button" className="link min-h-6" onClick={onRetry}>
                {t('Try again')}
              </button>
            )}
          </span>
        )}
      </div>
    </li>
  );
}

type RoomTalkProps = {
  me: string;
  members: readonly RoomMember[];
  talk: RoomRun['talk'];
};

/** Whoever reads the end stays there when something is added, or the box under it grows. */
function useEnd(count: number) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const stay = () => {
    if (isAtEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is added asks for it.
  useLayoutEffect(stay, [count]);
  const onResize = useEffectEvent(stay);
  useEffect(() => {
    if (!list.current) return;
    const observer = new ResizeObserver(() => onResize());
    observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  return { list, isAtEnd };
}

/** What is said in the room, in the order it arrived, with one's own on its way at the end. */
export function RoomTalk({ me, members, talk: { messages, pending, send, retry } }: RoomTalkProps) {
  const t = useText();
  const names = new Map(members.map(({ userId, name }) => [userId, name]));
  const nameOf = (userId: string) => names.get(userId) ?? t('A student');
  const count = messages.length + pending.length;
  const { list, isAtEnd } = useEnd(count);

  return (
    <aside
      aria-label={t('Talk')}
      className="flex min-h-0 flex-col overflow-hidden border border-rule bg-page max-md:rounded-t-[20px] max-md:border-b-0 md:rounded-4"
    >
      <header className="flex min-h-12 items-center justify-between gap-3 border-rule border-b px-5 md:min-h-14 md:pl-6">
        <h2 className="font-semibold">{t('Talk')}</h2>
        <span className="text-ink-3 text-xs">{t('Only this room reads it')}</span>
      </header>
      <div
        ref={list}
        // A region that scrolls has to be reached by keys too.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
        tabIndex={0}
        role="log"
        aria-label={t('What was said')}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
        }}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-3.5 -outline-offset-2 md:px-6 md:py-5"
      >
        {count === 0 ? (
          <p className="text-ink-3">
            {t('Nothing has been said yet. What is said here can become notes and cards at the end.')}
          </p>
        ) : (
          <ul className="grid gap-3.5">
            {messages.map(({ seq, userId, body }) => (
              <Line key={seq} name={nameOf(userId)} isMe={userId === me} body={body} />
            ))}
            {pending.map((entry) => (
              <Line
                key={entry.clientId}
                name={nameOf(me)}
                isMe
                body={entry.body}
                pending={entry}
                onRetry={() => retry(entry.clientId)}
              />
            ))}
          </ul>
        )}
      </div>
      <SayBox
        onSay={(body) => {
          isAtEnd.current = true;
          send(body);
        }}
      />
    </aside>
  );
}

function SayBox({ onSay }: { onSay: (body: string) => void }) {
  const t = useText();
  const [draft, setDraft] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();
  const left = MAX_ROOM_MESSAGE_CHARACTERS - draft.trim().length;
  const hasText = draft.trim() !== '';

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [draft]);

  const submit = () => {
    if (!hasText || left < 0) return;
    onSay(draft.trim());
    setDraft('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isChoosingWord(event.nativeEvent) || event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    submit();
  };
  return (
    <Form onSend={submit} className="px-4 pt-3 pb-[max(1rem,env(safe-area-inset-bottom))]">
      <div className="flex items-end gap-2 rounded-3 border border-edge bg-page p-1.5 focus-within:outline-2 focus-within:outline-pen focus-within:-outline-offset-1">
        <textarea
          ref={field}
          dir="auto"
          value={draft}
          rows={1}
          aria-label={t('Say something to the room')}
          aria-describedby={noteId}
          placeholder={t('Say something to the room')}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
          className="max-h-32 min-h-9 min-w-0 flex-1 resize-none bg-transparent px-2 py-2 text-[0.9375rem] leading-5 outline-none"
        />
        <button
          type="submit"
          aria-label={t('Send')}
          aria-disabled={!hasText || left < 0}
          className={clsx(
            'grid size-9 shrink-0 place-items-center rounded-2',
            hasText && left >= 0 ? 'bg-ink text-on-ink' : 'text-ink-3',
          )}
        >
          <ArrowUp aria-hidden="true" className="size-4.5" />
        </button>
      </div>
      <p id={noteId} className={clsx('text-xs', left < 0 ? 'text-brick' : 'text-ink-3')}>
        {draft.length >= SAY_LEFT_FROM &&
          (left < 0
            ? t('{value} characters too long', { value: -left })
            : t('{left} characters left', { left }))}
      </p>
    </Form>
  );
}
