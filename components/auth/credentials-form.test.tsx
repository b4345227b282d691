// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { CredentialsForm } from './credentials-form';

afterEach(cleanup);

test('a form that was opened without the present password shows its field once that is asked for', async () => {
  const action = async () => ({ error: 'Type your present password.', field: 'oldPassword' as const });
  render(<CredentialsForm action={action} submit="Save" next="/" fields={['new-password']} />);
  expect(screen.queryByLabelText(/Present password/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Type your present password.');
  expect(screen.getByLabelText(/Present password/)).toBeTruthy();
});
