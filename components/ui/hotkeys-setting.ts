/** `off`: single keys do nothing anywhere on this device. */
const STORAGE_KEY = 'clerva-hotkeys';

const listeners = new Set<() => void>();
// What was chosen in this tab holds even where storage is blocked.
let chosen: boolean | undefined;

export function areHotkeysOn(): boolean {
  if (chosen !== undefined) return chosen;
  try {
    return window.localStorage.getItem(STORAGE_KEY) !== 'off';
  } catch {
    return true;
  }
}

export function setHotkeysOn(isOn: boolean): void {
  chosen = isOn;
  try {
    window.localStorage.setItem(STORAGE_KEY, isOn ? 'on' : 'off');
  } catch {
    // Private windows may refuse; the choice then lasts as long as the tab.
  }
  for (const listener of listeners) listener();
}

export function subscribeHotkeys(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
