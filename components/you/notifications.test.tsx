// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeApi } from '@/components/client/test-api';
import type { PushState } from '@/lib/domain/push';
import { Notifications } from './notifications';

const OTHER = {
  id: 'other',
  device: 'Safari on iPad',
  cardsHour: 8,
  nudges: true,
  createdAt: '2026-11-02T10:00:00Z',
};
let state: PushState;
const api = fakeApi(({ method, body }) => {
  if (method === 'GET') return Response.json(state);
  if (method === 'DELETE') return new Response(null, { status: 204 });
  const { cardsHour, nudges } = body as { cardsHour: number | null; nudges: boolean };
  state = { ...state, devices: [OTHER, { ...OTHER, id: 'own', cardsHour, nudges }] };
  return Response.json({ id: 'own' });
});
const sent = () => api.calls.filter(({ method }) => method !== 'GET');

const subscription = {
  toJSON: () => ({ endpoint: 'https://push.example.com/a', keys: { p256dh: 'p', auth: 'a' } }),
  unsubscribe: vi.fn(),
};
const pushManager = { getSubscription: async () => null, subscribe: vi.fn(async () => subscription) };
const permit = (answer: string) => vi.stubGlobal('Notification', { requestPermission: async () => answer });
const open = () =>
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <Notifications made={state} />
    </SWRConfig>,
  );
const theSwitch = () => screen.findByRole('checkbox', { name: /Tell me on this device/ });

beforeEach(() => {
  state = { publicKey: 'key', devices: [OTHER] };
  api.calls.length = 0;
  localStorage.clear();
  permit('granted');
  vi.stubGlobal('PushManager', class {});
  Object.defineProperty(navigator, 'serviceWorker', {
    configurable: true,
    value: { getRegistration: async () => ({ pushManager }) },
  });
});
afterEach(cleanup);

test('are off until the student switches them on here, and are then told what of', async () => {
  open();
  const box = await theSwitch();
  expect((box as HTMLInputElement).checked).toBe(false);
  fireEvent.click(box);
  const hour = await screen.findByLabelText('Due cards, once a day at');
  expect(sent()).toMatchObject([
    {
      method: 'PUT',
      body: { cardsHour: 18, nudges: true, subscription: { endpoint: 'https://push.example.com/a' } },
    },
  ]);
  expect(pushManager.subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: 'key' });
  fireEvent.change(hour, { target: { value: 'never' } });
  await waitFor(() => expect(sent().at(-1)?.body).toMatchObject({ cardsHour: null, nudges: true }));
  fireEvent.click(await theSwitch());
  await waitFor(() => expect(sent().at(-1)).toMatchObject({ method: 'DELETE', path: '/api/push/own' }));
});

test('say so where the browser does not let them', async () => {
  permit('denied');
  open();
  fireEvent.click(await theSwitch());
  expect((await screen.findByRole('alert')).textContent).toContain(
    'does not let this page send notifications',
  );
  expect(sent()).toEqual([]);
});

test('name other devices, which can be stopped from here', async () => {
  open();
  await screen.findByText(/Safari on iPad/);
  fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
  await waitFor(() => expect(sent()).toMatchObject([{ method: 'DELETE', path: '/api/push/other' }]));
});

test('are not offered where nothing is sent', async () => {
  state = { publicKey: null, devices: [] };
  open();
  await screen.findByText('Nothing is sent to devices from here.');
  expect(screen.queryByRole('checkbox')).toBeNull();
});
