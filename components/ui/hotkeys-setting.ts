import { readStored, writeStored } from '@/components/client/stored';

/** `off`: single keys do nothing anywhere on this device. */
const STORAGE_KEY = 'clerva-hotkeys';

const listeners = new Set<() => void>();
// What was chosen in this tab holds even where storage is blocked.
let chosen: boolean | undefined;

export const areHotkeysOn = (): boolean => chosen ?? readStored(STORAGE_KEY) !== 'off';

export function setHotkeysOn(isOn: boolean): void {
  chosen = isOn;
  writeStored(STORAGE_KEY, isOn ? 'on' : 'off');
  for (const listener of listeners) listener();
}

export function subscribeHotkeys(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
