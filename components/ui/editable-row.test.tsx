// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { createDeferredDelete } from '@/components/client/deferred-delete';
import { text } from '@/lib/language/text';
import { EditableRow } from './editable-row';
import { TextField } from './text-field';

afterEach(cleanup);

const deletions = createDeferredDelete({ remove: async () => undefined, onDeleted: () => undefined });

async function choose(item: string) {
  render(
    <EditableRow
      id="a"
      name="Biology"
      href="/"
      icon={null}
      about="1 card"
      aside={null}
      columns=""
      change={{
        label: 'Change name',
        editor: (close) => <TextField label="Name" onChange={close} autoFocus />,
      }}
      items={null}
      deletions={deletions}
      goneWords={text('<span>{name}</span> and its cards are deleted.')}
    />,
  );
  fireEvent.keyDown(screen.getByRole('button', { name: 'More for Biology' }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: item }));
  // The menu gives the focus back a moment after it has closed.
  await new Promise((resolve) => setTimeout(resolve, 20));
}

test('the editor of a row has the focus, and the row has it again afterwards', async () => {
  await choose('Change name');
  const field = screen.getByRole('textbox', { name: 'Name' });
  expect(document.activeElement).toBe(field);
  fireEvent.change(field, { target: { value: 'x' } });
  const more = await screen.findByRole('button', { name: 'More for Biology' });
  await waitFor(() => expect(document.activeElement).toBe(more));
});

test('Undo has the focus while a deletion waits, and brings the row back', async () => {
  await choose('Delete');
  expect(screen.getByRole('status').textContent).toBe('Biology and its cards are deleted.');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Undo' }));
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(screen.getByRole('link', { name: 'Biology' })).toBeTruthy();
});
