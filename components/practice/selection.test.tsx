// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeApi, refusal } from '@/components/client/test-api';
import type { CardView } from '@/lib/db/queries/card-view';
import type { DueSummary } from '@/lib/db/queries/deck';
import { SelectionBar, useSelection } from './selection';

const CARDS = ['a', 'b', 'c'].map((id) => ({ id, suspended: false }) as CardView);
// Only the names of decks are read here.
const SUMMARY = { decks: [{ id: 'other', name: 'Other' }] } as DueSummary;
let refused = '';
const { calls } = fakeApi(({ path }) =>
  path.endsWith(refused) && refused !== '' ? refusal(404, 'There is nothing here.') : Response.json({}),
);

function Chosen({ onChanged }: { onChanged: () => void }) {
  const selection = useSelection(CARDS);
  if (!selection.isOn)
    return (
      <button type="button" onClick={selection.start}>
        Select
      </button>
    );
  return (
    <>
      <SelectionBar selection={selection} summary={SUMMARY} onChanged={onChanged} />
      {CARDS.map(({ id }) => (
        <input
          key={id}
          type="checkbox"
          aria-label={id}
          checked={selection.has(id)}
          onChange={() => selection.toggle(id)}
        />
      ))}
    </>
  );
}

const changed = vi.fn();
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
beforeEach(() => {
  refused = '';
  calls.length = 0;
  render(<Chosen onChanged={changed} />);
  press('Select');
});

describe('cards that are chosen', () => {
  test('are suspended together, and no other', async () => {
    fireEvent.click(screen.getByLabelText('a'));
    fireEvent.click(screen.getByLabelText('c'));
    press('Suspend');
    await waitFor(() => expect(calls.map(({ path }) => path.split('/').at(-1))).toEqual(['a', 'c']));
    expect(calls.map(({ body }) => body)).toEqual([{ suspended: true }, { suspended: true }]);
    await waitFor(() => expect(screen.getByText('Choose cards.')).toBeTruthy());
  });

  test('move to another deck together', async () => {
    press('All shown');
    fireEvent.change(screen.getByLabelText('Move to a deck'), { target: { value: 'other' } });
    await waitFor(() =>
      expect(calls.map(({ body }) => body)).toEqual(CARDS.map(() => ({ deckId: 'other' }))),
    );
  });

  test('stay chosen where one could not be changed, and say so', async () => {
    refused = '/b';
    press('All shown');
    press('Suspend');
    expect(await screen.findByText(/still chosen were not changed/)).toBeTruthy();
    expect(screen.getByText('2 cards chosen')).toBeTruthy();
    expect(changed).toHaveBeenCalled();
  });
});
