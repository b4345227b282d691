import { readStored, writeStored } from '@/components/client/stored';

const STORAGE_KEY = 'clerva-room-chime';
const NOTES_HZ = [523.25, 659.25];
const NOTE_SECONDS = 0.7;
/** Heard beside a page that is read, not across a library. */
const VOLUME = 0.06;

/** Off until somebody wants it. */
export const isChimeOn = (): boolean => readStored(STORAGE_KEY) === 'on';
export const setChime = (on: boolean) => writeStored(STORAGE_KEY, on ? 'on' : 'off');

let context: AudioContext | undefined;

/** Two soft notes. A browser that has not been touched yet stays silent, and that is fine. */
export function ring(): void {
  if (typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  const audio = context;
  audio.resume().then(
    () => {
      for (const [index, frequency] of NOTES_HZ.entries()) {
        const startsAt = audio.currentTime + index * 0.18;
        const tone = audio.createOscillator();
        const level = audio.createGain();
        tone.frequency.value = frequency;
        level.gain.setValueAtTime(0, startsAt);
        level.gain.linearRampToValueAtTime(VOLUME, startsAt + 0.02);
        level.gain.exponentialRampToValueAtTime(0.0001, startsAt + NOTE_SECONDS);
        tone.connect(level).connect(audio.destination);
        tone.start(startsAt);
        tone.stop(startsAt + NOTE_SECONDS);
      }
    },
    () => undefined,
  );
}
