'use client';

import useSWR from 'swr';
import { useText } from '#use-text';
import { isGone, RequestError, requestJson } from '@/components/client/request';
import { Button } from '@/components/ui/button';
import type { ToolPart } from '@/lib/agent/messages';
import { type Translate, text } from '@/lib/language/text';
import { api } from '@/lib/links';
import type { ApprovalAnswer } from './conversation';
import { viewOf } from './tools';
import { CARD } from './tools/tool-card';

type ConfirmationProps = {
  part: ToolPart;
  /** Something else was asked since: only what is asked last can be answered. */
  isPassedOver: boolean;
  onAnswer: (answer: ApprovalAnswer) => void;
  /** Puts the text into the box to be changed. */
  onEdit: (text: string) => void;
};

const OTHERWISE = { title: text('May I do this?'), yes: text('Yes, do it'), no: text('No, do not') };

type Recipient =
  | { state: 'looking' }
  | { state: 'known'; name: string }
  | { state: 'self' }
  | { state: 'unreachable'; message: string };

/** A word of a stored call, of whatever tool. */
function wordOf({ input }: ToolPart, name: 'toUserId' | 'nudgeType' | 'message'): string | undefined {
  const word: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined;
  return typeof word === 'string' ? word : undefined;
}

/**
 * Whom a message would go to, by the name the server has for them: what a model calls somebody proves nothing about the
 * id it would send to. Undefined for what goes to nobody.
 */
function useRecipient(part: ToolPart): Recipient | undefined {
  const t = useText();
  const userId = part.state === 'approval-requested' ? wordOf(part, 'toUserId') : undefined;
  const { data, error } = useSWR<{ displayName: string }, Error>(
    userId === undefined ? null : api.person(userId),
    (url: string) => requestJson<{ displayName: string }>(url),
    { shouldRetryOnError: (failure: Error) => !(failure instanceof RequestError) },
  );
  if (userId === undefined) return undefined;
  if (data) return { state: 'known', name: data.displayName };
  if (!error) return { state: 'looking' };
  const isNobody = isGone(error);
  // The one person nobody can be matched with is oneself, and only reminders go there: the server sees to both.
  if (isNobody && wordOf(part, 'nudgeType') === 'reminder') return { state: 'self' };
  return {
    state: 'unreachable',
    message: isNobody
      ? t('The student this is meant for cannot be reached, so it cannot be sent.')
      : t.fault(error),
  };
}

function titleFor(title: string, recipient: Recipient | undefined, t: Translate): string {
  if (recipient?.state === 'known') return t('Send this message to {name}?', { name: recipient.name });
  return recipient?.state === 'self' ? t('Send this reminder to yourself?') : title;
}

/** What a yes does, or why there is none to give. */
function consequence(recipient: Recipient, t: Translate): string | undefined {
  if (recipient.state === 'unreachable') return recipient.message;
  if (recipient.state !== 'known') return undefined;
  return t('Nothing is sent until you press Send. {name} sees your first name and this text.', {
    name: recipient.name,
  });
}

/** What the box begins with when the student wants other words: an order that stands on its own. */
function orderFor(text: string, recipient: Recipient | undefined, t: Translate): string {
  return recipient?.state === 'known'
    ? t('Send {name} this message: {text}', { name: recipient.name, text })
    : text;
}

/** Nothing reaches another person unseen: whom it goes to, the exact text, and a yes or a no. */
export function Confirmation({ part, isPassedOver, onAnswer, onEdit }: ConfirmationProps) {
  const t = useText();
  const recipient = useRecipient(part);
  if (part.state !== 'approval-requested') return null;
  if (isPassedOver)
    return <p className="mt-3 text-ink-3 text-xs">{t('You went on without an answer. Nothing was done.')}</p>;
  const { id } = part.approval;
  const words = viewOf(part)?.confirmation ?? OTHERWISE;
  // The exact words a tool would send, and nothing that only the program understands.
  const text = wordOf(part, 'message');
  const note = recipient && consequence(recipient, t);
  const canAgree = !recipient || recipient.state === 'known' || recipient.state === 'self';
  return (
    <section aria-label={t(words.title)} className={CARD}>
      <h2 className="wrap-anywhere font-semibold text-md">{titleFor(t(words.title), recipient, t)}</h2>
      {text && <p className="wrap-anywhere mt-1.5 whitespace-pre-wrap text-md">“{text}”</p>}
      {note && <p className="mt-1.5 max-w-[60ch] text-ink-3 text-xs">{note}</p>}
      <div aria-busy={recipient?.state === 'looking'} className="mt-3.5 flex flex-wrap gap-2">
        {canAgree && (
          <Button variant="primary" onClick={() => onAnswer({ id, approved: true })}>
            {t(words.yes)}
          </Button>
        )}
        {text && (
          <Button
            onClick={() => {
              onAnswer({ id, approved: false, reason: 'The student wants to change the text first.' });
              onEdit(orderFor(text, recipient, t));
            }}
          >
            {t('Edit')}
          </Button>
        )}
        <Button variant="quiet" onClick={() => onAnswer({ id, approved: false })}>
          {t(words.no)}
        </Button>
      </div>
    </section>
  );
}
