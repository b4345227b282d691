import { readStored, writeStored } from '@/components/client/stored';

/** What this device puts off: single messages for a while, and all of them for the rest of a day. */
type PutOff = {
  /** Until when, by the id of the message. */
  snoozed: Record<string, number>;
  mutedUntil: number;
};

const STORAGE_KEY = 'clerva-nudges';
const NOTHING: PutOff = { snoozed: {}, mutedUntil: 0 };

const listeners = new Set<() => void>();
let known: PutOff | undefined;

/** What was stored, as far as it makes sense: anything on this device may have written it. */
function parse(text: string | null): PutOff {
  try {
    const { snoozed, mutedUntil } = JSON.parse(text ?? 'null');
    const isTime = ([, at]: [string, unknown]): boolean => typeof at === 'number';
    return {
      snoozed: Object.fromEntries(Object.entries<number>(snoozed ?? {}).filter(isTime)),
      mutedUntil: typeof mutedUntil === 'number' ? mutedUntil : 0,
    };
  } catch {
    return NOTHING;
  }
}

/** Where nothing can be kept, what is put off lasts as long as the tab. */
export function putOff(): PutOff {
  known ??= parse(readStored(STORAGE_KEY));
  return known;
}

export const nothingPutOff = (): PutOff => NOTHING;

function keep(next: PutOff): void {
  known = next;
  writeStored(STORAGE_KEY, JSON.stringify(next));
  for (const listener of listeners) listener();
}

/** Snoozes that are over are forgotten on the way, so that the list never grows. */
export function snooze(id: string, until: number, now: number): void {
  const { snoozed, mutedUntil } = putOff();
  const running = Object.entries(snoozed).filter(([, at]) => at > now);
  keep({ snoozed: { ...Object.fromEntries(running), [id]: until }, mutedUntil });
}

export function wake(id: string): void {
  const { snoozed, mutedUntil } = putOff();
  keep({ snoozed: Object.fromEntries(Object.entries(snoozed).filter(([name]) => name !== id)), mutedUntil });
}

export const mute = (until: number) => keep({ ...putOff(), mutedUntil: until });

export function subscribePutOff(listener: () => void): () => void {
  // Another tab of this device may put something off.
  const onStorage = (event: StorageEvent) => {
    if (event.key !== STORAGE_KEY) return;
    known = undefined;
    listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', onStorage);
  };
}
