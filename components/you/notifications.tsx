'use client';

import { useEffect, useState } from 'react';
import { useText } from '#use-text';
import { useMade } from '@/components/client/known-answers';
import { requestDelete, requestJson } from '@/components/client/request';
import { readStored, writeStored } from '@/components/client/stored';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { minuteOfDay, momentInWords } from '@/lib/calendar/words';
import type { PushRequest, PushState } from '@/lib/domain/push';
import type { Translate } from '@/lib/language/text';
import { sentence, text } from '@/lib/language/text';
import { api } from '@/lib/links';
import { SelectField } from './select-field';

const USUAL_HOUR = 18;
const NEVER = 'never';
const HOURS = [
  { value: NEVER, name: text('Not of cards') },
  ...Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), name: minuteOfDay(hour * 60) })),
];

type Wish = Pick<PushRequest, 'cardsHour' | 'nudges'>;

/** What this browser asked for already; null when nothing. */
async function thisBrowser(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

const canPush = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** A name the student knows the device by, from what the browser says of itself. */
function deviceName(agent: string, t: Translate): string {
  const browser = /Firefox|Edg|OPR|Chrome|Safari/.exec(agent)?.[0] ?? t('Browser');
  const system = /Android|iPhone|iPad|Windows|Mac|CrOS|Linux/.exec(agent)?.[0];
  const named = browser === 'Edg' ? 'Edge' : browser === 'OPR' ? 'Opera' : browser;
  return system
    ? t('{browser} on {system}', { browser: named, system: system === 'CrOS' ? 'ChromeOS' : system })
    : named;
}

/** Asks the browser, and says so in words where it does not want to. */
async function subscribed(publicKey: string): Promise<PushSubscription> {
  if ((await Notification.requestPermission()) !== 'granted')
    throw new Error(
      sentence('Your browser does not let this page send notifications. Allow them in its settings.'),
    );
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration) throw new Error(sentence('Reload the page and try again.'));
  const ask = () =>
    registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  return ask().catch(async () => {
    // What was asked for with an earlier key stands in the way of this one.
    await (await thisBrowser())?.unsubscribe();
    return ask();
  });
}

/** Whether and when this device is told of due cards and messages, and which others are. */
export function Notifications({ made }: { made: PushState }) {
  const t = useText();
  const { data, mutate } = useMade<PushState>(api.push, requestJson, made);
  const [isAble, setAble] = useState<boolean>();
  const [own, keepOwn] = useOwnDevice();
  useEffect(() => setAble(canPush()), []);
  const { run, pending, problem } = useAction(async (wish: Wish | null) => {
    const { publicKey } = data;
    if (!publicKey) return;
    if (wish === null) {
      await (await thisBrowser())?.unsubscribe();
      if (own) await requestDelete(api.pushDevice(own));
      keepOwn(undefined);
    } else {
      const { endpoint, keys } = (await subscribed(publicKey)).toJSON();
      const device = deviceName(navigator.userAgent, t);
      const body = { subscription: { endpoint, keys }, device, ...wish };
      keepOwn((await requestJson<{ id: string }>(api.push, { method: 'PUT', body })).id);
    }
    await mutate();
  });
  if (data.publicKey === null)
    return <p className="text-ink-2">{t('Nothing is sent to devices from here.')}</p>;
  if (isAble === undefined) return null;
  if (!isAble) return <p className="text-ink-2">{t('This browser shows no notifications of pages.')}</p>;
  const device = data.devices.find(({ id }) => id === own);
  return (
    <div className="grid gap-4">
      <label className="flex min-h-11 items-center gap-2.5 font-medium">
        <input
          type="checkbox"
          checked={device !== undefined}
          disabled={pending}
          onChange={(event) =>
            void run(event.target.checked ? { cardsHour: USUAL_HOUR, nudges: true } : null)
          }
          className="size-4.5 accent-(--ink)"
        />
        {t('Tell me on this device while Clerva is closed')}
      </label>
      {device && <Wishes wish={device} isBusy={pending} onChange={(wish) => void run(wish)} />}
      <Strip tone="bad">{problem}</Strip>
      <OtherDevices devices={data.devices.filter(({ id }) => id !== own)} onRemoved={() => void mutate()} />
    </div>
  );
}

const OWN = 'push:device';

/** Which of the devices this one is, as it was kept here; none once the browser has forgotten it. */
function useOwnDevice() {
  const [own, setOwn] = useState<string>();
  useEffect(() => {
    if (!canPush()) return;
    thisBrowser()
      .then((subscription) => setOwn((subscription && readStored(OWN)) ?? undefined))
      // Where the browser does not say, the switch is off, and may be switched on again.
      .catch(() => undefined);
  }, []);
  const keep = (id: string | undefined) => {
    writeStored(OWN, id ?? null);
    setOwn(id);
  };
  return [own, keep] as const;
}

function Wishes({ wish, isBusy, onChange }: { wish: Wish; isBusy: boolean; onChange: (wish: Wish) => void }) {
  const t = useText();
  const { cardsHour, nudges } = wish;
  return (
    <fieldset disabled={isBusy} className="grid gap-3">
      <legend className="sr-only">{t('What of')}</legend>
      <SelectField
        label={t('Due cards, once a day at')}
        hint={t('On your clock, and only when some are due.')}
        value={cardsHour === null ? NEVER : String(cardsHour)}
        options={HOURS.map(({ value, name }) => ({ value, name: typeof name === 'string' ? name : t(name) }))}
        onChange={(value) => onChange({ nudges, cardsHour: value === NEVER ? null : Number(value) })}
      />
      <label className="flex min-h-11 items-center gap-2.5 font-medium">
        <input
          type="checkbox"
          checked={nudges}
          onChange={(event) => onChange({ cardsHour, nudges: event.target.checked })}
          className="size-4.5 accent-(--ink)"
        />
        {t('Messages from other students')}
      </label>
    </fieldset>
  );
}

type OthersProps = { devices: PushState['devices']; onRemoved: () => void };

function OtherDevices({ devices, onRemoved }: OthersProps) {
  const t = useText();
  const { run, problem } = useAction(async (id: string) => {
    await requestDelete(api.pushDevice(id));
    onRemoved();
  });
  if (devices.length === 0) return null;
  return (
    <div>
      <h3 className="font-semibold">{t('Other devices')}</h3>
      <ul>
        {devices.map(({ id, device, createdAt }) => (
          <li key={id} className="flex min-h-11 items-center justify-between gap-3 border-rule border-t">
            <span className="min-w-0 truncate">
              {device ?? t('A device')}{' '}
              <span className="text-ink-3 text-xs">
                {t('since {time}', { time: momentInWords(createdAt, 'day', undefined, t.language) })}
              </span>
            </span>
            <Button size="sm" variant="quiet" onClick={() => void run(id)}>
              {t('Stop')}
            </Button>
          </li>
        ))}
      </ul>
      <Strip tone="bad">{problem}</Strip>
    </div>
  );
}
