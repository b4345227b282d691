'use client';

import { useEffect, useRef } from 'react';
import { useText } from '#use-text';
import { isRecording, kindOfName } from '@/lib/ingestion/kinds';
import { api } from '@/lib/links';
import { secondAt } from '@/lib/study/moments';

type RecordingPlayerProps = {
  docId: string;
  title: string;
  fileName: string | null;
  /** Text of the page, with the second that each of its lines begins at, and where in it the words stand. */
  content: string;
  from?: number | undefined;
};

export const isPlayed = (fileName: string | null) => isRecording(kindOfName(fileName ?? ''));

/** The recording that a page was heard from, at the second of its words. Nothing of it is loaded before it is played. */
export function RecordingPlayer({ docId, title, fileName, content, from = 0 }: RecordingPlayerProps) {
  const t = useText();
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const onPress = (event: MouseEvent) => {
      const moment = event.target instanceof Element && event.target.closest('[data-second]');
      if (!moment || !audio.current) return;
      event.preventDefault();
      audio.current.currentTime = Number(moment.getAttribute('data-second'));
      // Refused where there is no sound to be had; the controls say so.
      void audio.current.play().catch(() => undefined);
    };
    document.addEventListener('click', onPress);
    return () => document.removeEventListener('click', onPress);
  }, []);
  if (!isPlayed(fileName)) return null;
  const second = secondAt(content, from) ?? 0;
  return (
    // biome-ignore lint/a11y/useMediaCaption: what is said stands below it.
    <audio
      key={second}
      ref={audio}
      controls
      preload="none"
      src={`${api.file(docId)}#t=${second}`}
      aria-label={t('{title}, from this place on', { title })}
      className="mb-5 w-full"
    />
  );
}
