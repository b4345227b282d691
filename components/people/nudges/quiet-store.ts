/** What this device puts off: single messages for a while, and all of them for the rest of a day. */
type PutOff = {
  /** Until when, by the id of the message. */
  snoozed: Readonly<Record<string, number>>;
  mutedUntil: number;
};

const STORAGE_KEY = 'clerva-nudges';
const NOTHING: PutOff = { snoozed: {}, mutedUntil: 0 };

const listeners = new Set<() => void>();
let known: PutOff | undefined;

/** What was stored, as far as it makes sense: anything on this device may have written it. */
function parse(text: string | null): PutOff {
  if (text === null) return NOTHING;
  try {
    const value: unknown = JSON.parse(text);
    const snoozed: unknown = Reflect.get(Object(value), 'snoozed');
    const mutedUntil: unknown = Reflect.get(Object(value), 'mutedUntil');
    return {
      snoozed: Object.fromEntries(
        Object.entries(Object(snoozed)).filter(
          (entry): entry is [string, number] => typeof entry[1] === 'number',
        ),
      ),
      mutedUntil: typeof mutedUntil === 'number' ? mutedUntil : 0,
    };
  } catch {
    return NOTHING;
  }
}

export function putOff(): PutOff {
  if (known !== undefined) return known;
  try {
    known = parse(window.localStorage.getItem(STORAGE_KEY));
  } catch {
    // Private windows may refuse; what is put off then lasts as long as the tab.
    known = NOTHING;
  }
  return known;
}

export const nothingPutOff = (): PutOff => NOTHING;

function keep(next: PutOff): void {
  known = next;
  try {
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify(next));
  } catch {
    // As above.
  }
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
