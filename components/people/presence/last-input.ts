import { readStored, writeStored } from '@/components/client/stored';

const KEY = 'clerva-last-input';
/** Storage is shared by all tabs of the browser and need not hear of every key. */
const WRITE_EVERY_MS = 5_000;
const EVENTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'] as const;

let lastHere = 0;

/** When the student last touched anything in any tab of this browser. */
export const lastInputAt = (): number => Math.max(lastHere, Number(readStored(KEY)) || 0);

function noteInput(now: number): void {
  const isStored = now - lastHere >= WRITE_EVERY_MS;
  lastHere = now;
  if (isStored) writeStored(KEY, String(now));
}

/** Notes what the student touches in this tab. `onReturn` is called for the first touch after a long rest. */
export function followInput(restMs: number, onReturn: () => void): () => void {
  const note = () => {
    const now = Date.now();
    const hasRested = now - lastInputAt() >= restMs;
    noteInput(now);
    if (hasRested) onReturn();
  };
  noteInput(Date.now());
  for (const name of EVENTS) window.addEventListener(name, note, { passive: true, capture: true });
  return () => {
    for (const name of EVENTS) window.removeEventListener(name, note, { capture: true });
  };
}
