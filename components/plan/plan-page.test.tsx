// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { describe, expect, test } from 'vitest';
import { fakeApi, refusal } from '@/components/client/test-api';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import type { Plan } from '@/lib/domain/plan';
import { buildPlan } from '@/lib/study/plan/build';
import { dropTasks } from '@/lib/study/plan/edit';
import { tasksOf } from '@/lib/study/plan/plan';
import { replan } from '@/lib/study/plan/replan';
import { withRemarks } from '@/lib/study/plan/sentences';
import { facts, request } from '@/lib/study/plan/test-plans';
import { undoChange } from '@/lib/study/plan/undo';
import { PlanPage } from './plan-page';
import type { Plans } from './use-plans';

const TODAY = '2026-11-24';
const made = buildPlan(request({ goals: ['encoding', 'interference'] }), facts());

const view = (plan: Plan, today = TODAY): PlanView => ({
  ...withRemarks(plan, today),
  id: '22222222-2222-4222-8222-222222222222',
  version: 1,
  archivedAt: null,
  updatedAt: '2026-11-20T12:00:00Z',
});

const api = fakeApi(() => Response.json({}));
/** What was sent, beside the look for another plan. */
const sent = () => api.calls.filter(({ method }) => method !== 'GET');

function show(active: PlanView | null, archived: Plans['archived'] = []) {
  return render(
    <SWRConfig value={{ provider: () => new Map(), revalidateOnFocus: false }}>
      <PlanPage initial={{ active, archived }} today={TODAY} />
    </SWRConfig>,
  );
}

describe('the plan page', () => {
  test('shows a tick at once and sends it', async () => {
    show(view(made, '2026-11-20'));
    const [box] = screen.getAllByRole<HTMLInputElement>('checkbox');
    if (!box) throw new Error('No task.');
    fireEvent.click(box);
    await waitFor(() => expect(box.checked).toBe(true));
    expect(sent()).toMatchObject([{ method: 'PATCH', body: { completed: true } }]);
    expect(sent()[0]?.path).toContain(`/tasks/${tasksOf(made)[0]?.id}`);
  });

  test('takes a tick back that could not be saved, and says why', async () => {
    api.answer = () => refusal(404, 'There is nothing here.');
    show(view(made, '2026-11-20'));
    const [box] = screen.getAllByRole<HTMLInputElement>('checkbox');
    if (!box) throw new Error('No task.');
    fireEvent.click(box);
    await screen.findByRole('alert');
    expect(screen.getByRole('alert').textContent).toContain('There is nothing here.');
    expect(box.checked).toBe(false);
  });

  test('says what was moved, with a way back', async () => {
    const moved = replan(made, TODAY);
    api.answer = () => Response.json(view(undoChange(moved)));
    show(view(moved));
    const sentence = screen.getByText(/did not happen, so I moved/);
    fireEvent.click(within(sentence).getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(screen.queryByText(/did not happen, so I moved/)).toBeNull());
    expect(sent()[0]?.path).toMatch(/\/undo$/);
  });

  test('opens on the seven days from today, and on a week when it is pressed', () => {
    show(view(made, '2026-11-24'));
    const tiles = within(screen.getByRole('list', { name: 'Weeks' })).getAllByRole('button');
    expect(tiles.map((tile) => tile.getAttribute('aria-pressed'))).toEqual(['false', 'false', 'false']);
    const ahead = within(screen.getByRole('list', { name: 'The next seven days' }));
    const days = ahead.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
    expect(days).toHaveLength(7);
    expect(days[0]).toMatch(/^24Today/);
    const last = tiles[2];
    if (last) fireEvent.click(last);
    expect(screen.getByRole('list', { name: /^Week 3/ })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'The next seven days' }));
    expect(screen.getByRole('list', { name: 'The next seven days' })).toBeTruthy();
  });

  test('names what can go first, and keeps what was set aside in sight', async () => {
    const without = dropTasks(made, { goal: 'interference' }, TODAY);
    api.answer = () => Response.json(view(without));
    show(view(made));
    fireEvent.click(screen.getByRole('button', { name: 'Drop it now' }));
    expect(await screen.findByRole('heading', { name: 'Set aside' })).toBeTruthy();
    expect(sent()).toMatchObject([{ method: 'PATCH', body: { dropGoal: expect.any(String) } }]);
  });

  test('asks for a goal before it plans, and sends what was filled in once', async () => {
    api.answer = (call) =>
      call.method === 'POST'
        ? Response.json(view(made))
        : Response.json({ active: view(made), archived: [] });
    show(null);
    const button = screen.getByRole('button', { name: 'Make the plan' });
    const form = button.closest('form');
    if (!form) throw new Error('No form.');
    fireEvent.submit(form);
    expect(screen.getByText('Name at least one goal.')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('What you want to know'), {
      target: { value: ' encoding \n\ninterference' },
    });
    fireEvent.change(screen.getByLabelText('Exam or deadline'), { target: { value: '2026-12-02' } });
    fireEvent.submit(form);
    fireEvent.submit(form);
    await screen.findByRole('heading', { name: made.title, level: 1 });
    const posts = sent().filter(({ method }) => method === 'POST');
    expect(posts).toMatchObject([
      {
        path: '/api/plans',
        body: {
          goals: ['encoding', 'interference'],
          weekdays: [1, 2, 3, 4, 5],
          daysPerWeek: 5,
          deadline: '2026-12-02',
        },
      },
    ]);
  });

  test('shows the sentence of a plan that cannot be made, and keeps the form', async () => {
    api.answer = () => refusal(400, 'The deadline is today.');
    show(null);
    fireEvent.change(screen.getByLabelText('What you want to know'), { target: { value: 'encoding' } });
    const form = screen.getByRole('button', { name: 'Make the plan' }).closest('form');
    if (form) fireEvent.submit(form);
    expect((await screen.findByRole('alert')).textContent).toContain('The deadline is today.');
    expect(screen.getByLabelText<HTMLTextAreaElement>('What you want to know').value).toBe('encoding');
  });

  test('deletes an earlier plan only when Undo was not pressed', () => {
    show(view(made), [
      { id: 'old', title: 'Statistics', startsOn: '2026-10-01', deadline: '2026-11-01', said: {} },
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Delete Statistics' }));
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(screen.getByRole('button', { name: 'Take up Statistics' })).toBeTruthy();
    expect(sent()).toEqual([]);
  });

  test('offers another plan with what would change, and makes it with one press', async () => {
    const offer = {
      reasons: ['Interference: 20% over 12 answers.'],
      goals: [{ goal: 'Interference', before: 30, after: 60 }],
      comes: ['Quiz: interference'],
      goes: [],
    };
    const other = view({ ...made, title: 'Another plan' }, '2026-11-20');
    api.answer = ({ method }) => Response.json(method === 'POST' ? other : { offer });
    show(view(made, '2026-11-20'));
    const told = await screen.findByRole('region', { name: 'Your answers speak for another plan' });
    expect(told.textContent).toContain('30 → 60 min');
    expect(told.textContent).toContain('Quiz: interference');
    fireEvent.click(within(told).getByRole('button', { name: 'Plan the rest anew' }));
    await screen.findByRole('heading', { name: 'Another plan' });
    expect(screen.queryByText('Your answers speak for another plan')).toBeNull();
    expect(sent()).toEqual([{ path: `/api/plans/${other.id}/offer`, method: 'POST', body: {} }]);
  });
});
