import { createStore } from '@/components/client/store';
import { readStored, writeStored } from '@/components/client/stored';

/** `off`: single keys do nothing anywhere on this device. */
const STORAGE_KEY = 'clerva-hotkeys';

// What was chosen in this tab holds even where storage is blocked.
const chosen = createStore<boolean | undefined>(undefined);

export const subscribeHotkeys = chosen.subscribe;
export const areHotkeysOn = (): boolean => chosen.get() ?? readStored(STORAGE_KEY) !== 'off';

export function setHotkeysOn(isOn: boolean): void {
  writeStored(STORAGE_KEY, isOn ? 'on' : 'off');
  chosen.set(isOn);
}
