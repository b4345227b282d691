// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { fakeApi, refusal } from '@/components/client/test-api';
import { AvailabilityEditor } from './availability-editor';

const timezone = 'Europe/Lisbon';
const api = fakeApi(() => Response.json({ windows: [] }));
const { calls } = api;

const show = (windows = [{ dow: 1, startMin: 600, endMin: 660, timezone }]) =>
  render(<AvailabilityEditor windows={windows} timezone={timezone} movedFrom={null} />);
const cell = (name: string) => screen.getByRole('gridcell', { name: new RegExp(`^${name},`) });
const isFree = (name: string) => cell(name).getAttribute('aria-selected') === 'true';
const key = (name: string, options: Partial<KeyboardEventInit> = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key: name, ...options });
const words = () => within(screen.getByRole('region', { name: /In words/ }));

describe('the week grid', () => {
  test('has one cell in the order of Tab', () => {
    show();
    const stops = screen.getAllByRole('gridcell').filter((each) => each.tabIndex === 0);
    expect(stops).toHaveLength(1);
  });

  test('is painted with the keys: Space switches, Shift with arrows carries on and takes back', () => {
    show();
    cell('Tuesday 10:00').focus();
    key(' ');
    expect(isFree('Tuesday 10:00')).toBe(true);
    key('ArrowDown', { shiftKey: true });
    key('ArrowDown', { shiftKey: true });
    key('ArrowRight', { shiftKey: true });
    expect(isFree('Wednesday 11:00')).toBe(true);
    key('ArrowUp', { shiftKey: true });
    expect([isFree('Tuesday 10:30'), isFree('Tuesday 11:00'), isFree('Wednesday 11:00')]).toEqual([
      true,
      false,
      false,
    ]);
    fireEvent.keyUp(document.activeElement ?? document.body, { key: 'Shift' });
    key('ArrowLeft');
    expect(document.activeElement).toBe(cell('Tuesday 10:30'));
  });

  test('does not lead out of the week', () => {
    show();
    cell('Monday 06:00').focus();
    key('ArrowUp');
    key('ArrowLeft');
    expect(document.activeElement).toBe(cell('Monday 06:00'));
    key('End');
    expect(document.activeElement).toBe(cell('Monday 23:30'));
  });

  test('is painted with a mouse, from where the stroke began to where it is', () => {
    show();
    const over = vi.fn(() => cell('Wednesday 09:30'));
    Object.defineProperty(document, 'elementFromPoint', { value: over, configurable: true });
    fireEvent.pointerDown(cell('Tuesday 09:00'), { button: 0, pointerType: 'mouse' });
    fireEvent.pointerMove(cell('Tuesday 09:00'), { pointerType: 'mouse', clientX: 1, clientY: 1 });
    fireEvent.pointerUp(cell('Tuesday 09:00'), { pointerType: 'mouse' });
    expect(words().getAllByText('09:00–10:00')).toHaveLength(2);
    fireEvent.pointerMove(cell('Friday 09:00'), { pointerType: 'mouse' });
    expect(over).toHaveBeenCalledTimes(1);
  });

  test('switches one cell at a tap, and none when the finger only scrolls', () => {
    show();
    const friday = cell('Friday 12:00');
    fireEvent.pointerDown(friday, { button: 0, pointerType: 'touch', clientX: 10, clientY: 10 });
    fireEvent.pointerMove(friday, { pointerType: 'touch', clientX: 10, clientY: 60 });
    fireEvent.pointerUp(friday, { pointerType: 'touch' });
    expect(isFree('Friday 12:00')).toBe(false);
    fireEvent.pointerDown(friday, { button: 0, pointerType: 'touch', clientX: 10, clientY: 10 });
    fireEvent.pointerUp(friday, { pointerType: 'touch' });
    expect(isFree('Friday 12:00')).toBe(true);
  });
});

describe('free times', () => {
  test('are saved with one request and say so', async () => {
    show();
    cell('Monday 11:00').focus();
    key(' ');
    expect(screen.getByText('Not saved yet')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Save free times' }));
    await screen.findByText('Saved');
    expect(calls).toEqual([
      {
        path: '/api/availability',
        method: 'PUT',
        body: { windows: [{ dow: 1, startMin: 600, endMin: 690, timezone }] },
      },
    ]);
  });

  test('that could not be saved stay painted, with the reason', async () => {
    api.answer = () => refusal(503, 'The database does not answer.');
    show();
    cell('Monday 11:00').focus();
    key(' ');
    fireEvent.click(screen.getByRole('button', { name: 'Save free times' }));
    expect((await screen.findByRole('alert')).textContent).toContain('does not answer');
    expect(isFree('Monday 11:00')).toBe(true);
    expect(screen.getByText('Not saved yet')).toBeTruthy();
  });

  test('can be cleared and copied, and each taken back', () => {
    show();
    fireEvent.click(screen.getByRole('button', { name: 'Copy the day' }));
    expect(words().getAllByText('10:00–11:00')).toHaveLength(5);
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(words().getAllByText('10:00–11:00')).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Clear the week' }));
    expect(words().getAllByText('Not free')).toHaveLength(7);
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(words().getAllByText('10:00–11:00')).toHaveLength(1);
  });

  test('of the night are shown when there are any', () => {
    show([{ dow: 1, startMin: 0, endMin: 60, timezone }]);
    expect(isFree('Monday 00:30')).toBe(true);
  });

  test('lose what a calendar keeps busy, first only what comes back', async () => {
    api.answer = () =>
      Response.json({
        busy: [
          { dow: 1, startMin: 600, endMin: 630, weeks: 4 },
          { dow: 1, startMin: 630, endMin: 645, weeks: 1 },
        ],
        events: 5,
        skipped: 1,
        timezone,
      });
    show();
    fireEvent.change(screen.getByLabelText('Or its address'), {
      target: { value: 'https://a.example/c.ics' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Read it' }));
    await screen.findByText(
      /5 busy times in the next 4 weeks.*1 that come back, 1 only once.*cannot read: 1/,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Take them out' }));
    expect(words().getByText('10:30–11:00')).toBeTruthy();
    expect(calls.map(({ path }) => path)).toEqual(['/api/availability/import']);
    await waitFor(() => expect(screen.getByText('Not saved yet')).toBeTruthy());
  });
});
