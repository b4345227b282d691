'use client';

import useSWR from 'swr';
import { isGone, RequestError, requestJson } from '@/components/client/request';
import type { ToolPart } from '@/lib/agent/messages';
import { api } from '@/lib/links';

export type Recipient =
  | { state: 'looking' }
  | { state: 'known'; name: string }
  | { state: 'self' }
  | { state: 'unreachable'; message: string };

const idIn = (input: unknown): string | undefined =>
  typeof input === 'object' && input !== null && 'toUserId' in input && typeof input.toUserId === 'string'
    ? input.toUserId
    : undefined;

const isReminder = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'nudgeType' in input && input.nudgeType === 'reminder';

/**
 * Whom a message would go to, by the name the server has for them: what a model calls somebody proves nothing about the
 * id it would send to. Undefined for what goes to nobody.
 */
export function useRecipient(part: ToolPart): Recipient | undefined {
  const userId = part.state === 'approval-requested' ? idIn(part.input) : undefined;
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
  if (isNobody && isReminder(part.input)) return { state: 'self' };
  return {
    state: 'unreachable',
    message: isNobody
      ? 'The student this is meant for cannot be reached, so it cannot be sent.'
      : error.message,
  };
}
