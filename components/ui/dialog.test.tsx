// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { Dialog, DialogContent } from './dialog';
import { Menu, MenuContent, MenuItem, MenuTrigger } from './menu';

afterEach(cleanup);

/** A dialog that no trigger of its own opens: from a button, or from a menu that goes away. */
function Page({ unmounts = false }: { unmounts?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const dialog = (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogContent title="Share">
        <input aria-label="Name" autoFocus />
      </DialogContent>
    </Dialog>
  );
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      <Menu>
        <MenuTrigger>More</MenuTrigger>
        <MenuContent>
          <MenuItem onSelect={() => setOpen(true)}>Share it</MenuItem>
        </MenuContent>
      </Menu>
      {unmounts ? isOpen && dialog : dialog}
    </>
  );
}

const focused = () => document.activeElement;

test.each([
  ['a button', false],
  ['a button, of one that is there only while it is open', true],
  ['a menu', false],
  ['a menu, of one that is there only while it is open', true],
])('the focus goes into a dialog and back to %s', async (by, unmounts) => {
  render(<Page unmounts={unmounts} />);
  const isMenu = by.startsWith('a menu');
  const button = screen.getByRole('button', { name: isMenu ? 'More' : 'Open' });
  button.focus();
  if (isMenu) {
    fireEvent.keyDown(button, { key: 'Enter' });
    const item = await screen.findByRole('menuitem');
    item.focus();
    fireEvent.click(item);
  } else fireEvent.click(button);
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await waitFor(() => expect(focused()).toBe(name));
  fireEvent.keyDown(name, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(focused()).toBe(button));
});
