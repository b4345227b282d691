// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeApi } from '@/components/client/test-api';
import { MAX_SIDE_CHARACTERS } from '@/lib/domain/bounds';
import { CardEditor } from './card-editor';

const api = fakeApi(() => Response.json({}));

it('keeps all of a text that is too long for a side, and says so instead of saving a part of it', async () => {
  const card = { id: 'card-1', kind: 'basic', front: 'What is it?', back: 'It.', clozeIndex: 0 } as const;
  render(<CardEditor card={card} onClose={() => undefined} onSaved={() => undefined} />);
  const back = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Back' });
  expect(back.maxLength).toBe(-1);
  fireEvent.change(back, { target: { value: 'y'.repeat(MAX_SIDE_CHARACTERS + 5) } });
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toMatch(/holds 10,?000 characters; this has 5 more/);
  expect(back.value).toHaveLength(MAX_SIDE_CHARACTERS + 5);
  expect(api.calls).toEqual([]);
});
