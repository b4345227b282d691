// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { expect, it, vi } from 'vitest';
import { fakeApi } from '@/components/client/test-api';
import type { ToolPart } from '@/lib/agent/messages';
import { Confirmation } from './confirmation';

const INES = () => Response.json({ displayName: 'Inês' });
const nobody = () => Response.json({ code: 'not_found', title: 'Nothing here.' }, { status: 404 });
const api = fakeApi(INES);

// A stored part; only what is read of it.
const asking = (input: Record<string, unknown>) =>
  ({
    type: 'tool-sendNudge',
    toolCallId: 'call-1',
    state: 'approval-requested',
    input: { message: 'Mitosis at 8?', nudgeType: 'study_invite', ...input },
    approval: { id: 'approval-1' },
  }) as unknown as ToolPart;

function show(part: ToolPart, answer = INES, isPassedOver = false) {
  api.answer = answer;
  const onAnswer = vi.fn();
  const onEdit = vi.fn();
  render(
    <SWRConfig value={{ provider: () => new Map(), dedupingInterval: 0 }}>
      <Confirmation part={part} isPassedOver={isPassedOver} onAnswer={onAnswer} onEdit={onEdit} />
    </SWRConfig>,
  );
  return { onAnswer, onEdit };
}

it('names the receiver as the server knows them, not as a text called them, before anything can be sent', async () => {
  const part = asking({ toUserId: 'student-2', displayName: 'Your teacher' });
  const { onAnswer } = show(part);
  expect(screen.queryByRole('button', { name: 'Send' })).toBeNull();
  expect(await screen.findByText('Send this message to Inês?')).toBeTruthy();
  expect(api.calls).toMatchObject([{ path: '/api/people/student-2' }]);
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(onAnswer).toHaveBeenCalledWith({ id: 'approval-1', approved: true });
});

it('offers only a no when nobody is there by that id', async () => {
  const part = asking({ toUserId: 'stranger' });
  show(part, nobody);
  expect(await screen.findByText(/cannot be reached/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Send' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Do not send' })).toBeTruthy();
});

it('is closed visibly once something else was asked', () => {
  show(asking({ toUserId: 'student-2' }), INES, true);
  expect(screen.getByText('You went on without an answer. Nothing was done.')).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

it('calls a reminder to oneself that', async () => {
  const part = asking({ toUserId: 'me', nudgeType: 'reminder' });
  show(part, nobody);
  expect(await screen.findByText('Send this reminder to yourself?')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Send' })).toBeTruthy();
});

it('gives back for other words an order that still says to whom', async () => {
  const part = asking({ toUserId: 'student-2' });
  const { onAnswer, onEdit } = show(part);
  await screen.findByText('Send this message to Inês?');
  fireEvent.click(screen.getByRole('button', { name: 'Edit' }));
  expect(onAnswer).toHaveBeenCalledWith(expect.objectContaining({ approved: false }));
  expect(onEdit).toHaveBeenCalledWith('Send Inês this message: Mitosis at 8?');
});
