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

/** The recording that a page was heard from, at the second of its words. Nothing of it is loaded before it is played. */
export function RecordingPlayer({ docId, title, fileName, content, from = 0 }: RecordingPlayerProps) {
  if (!isRecording(kindOfName(fileName ?? ''))) return null;
  const second = secondAt(content, from) ?? 0;
  return (
    // biome-ignore lint/a11y/useMediaCaption: what is said stands below it.
    <audio
      key={second}
      controls
      preload="none"
      src={`${api.file(docId)}#t=${second}`}
      aria-label={`${title}, from this place on`}
      className="mb-5 w-full"
    />
  );
}
