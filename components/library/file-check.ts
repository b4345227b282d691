import { listOf } from '@/lib/calendar/words';
import { ERRORS } from '@/lib/errors';
import { isRecording, kindOfName, kindWords } from '@/lib/ingestion/kinds';
import { savedAs } from '@/lib/ingestion/saved-as';
import { inEnglish, type Translate } from '@/lib/language/text';

/** More than this in one go is a folder dropped by mistake. */
export const QUEUE_LIMIT = 100;

/** 15 KB, 1.5 MB: as a file manager says it, in powers of 1024. */
export function formatBytes(bytes: number, t = inEnglish): string {
  if (bytes < 1024) return t('{bytes} bytes', { bytes });
  const kilobytes = bytes / 1024;
  if (kilobytes < 1000) return t('{kilobytes} KB', { kilobytes: Math.round(kilobytes) });
  const megabytes = kilobytes / 1024;
  return t('{value} MB', {
    value: megabytes < 10 ? megabytes.toFixed(1).replace(/\.0$/, '') : Math.round(megabytes),
  });
}

export type UploadLimits = {
  maxBytes: number;
  /** 0 where nothing hears recordings. */
  maxRecordingBytes?: number;
  /** The endings that are taken here; undefined for all that can be read. */
  endings?: readonly string[] | undefined;
};

/** "PDF, Word and text": what can be added; all but the last are names. */
export const kindsWords = (t: Translate, endings?: readonly string[]): string =>
  listOf(
    kindWords(endings).map((word) => (word === 'text' ? t('text') : word)),
    t.language,
  );

type FileFacts = { name: string; size: number };

/** Why this file cannot be added, as the sentence the student reads; undefined when it can. */
export function fileFault(file: FileFacts, limits: UploadLimits, t = inEnglish): string | undefined {
  const kind = kindOfName(file.name);
  const ending = /\.([^./\\]+)$/.exec(file.name)?.[1]?.toLowerCase();
  if (kind === undefined) {
    const advice = savedAs(ending);
    if (advice !== undefined) return t(advice);
    const named =
      ending === undefined ? t('files without an ending in their name') : t('.{ending} files', { ending });
    return t('I cannot read {named} yet. {kindsSentence} work.', {
      named,
      kindsSentence: kindsWords(t, limits.endings),
    });
  }
  if (limits.endings && !limits.endings.includes(ending ?? '')) {
    return t('.{ending} files are not taken here. {kindsSentence} work.', {
      ending: ending ?? '',
      kindsSentence: kindsWords(t, limits.endings),
    });
  }
  if (file.size === 0) return t('This file is empty.');
  const { maxBytes, maxRecordingBytes = maxBytes } = limits;
  if (isRecording(kind) && maxRecordingBytes === 0)
    return t.fault({ code: 'hearing_unavailable', message: ERRORS.hearing_unavailable.message });
  const most = isRecording(kind) ? maxRecordingBytes : maxBytes;
  if (file.size > most) {
    return t('This file is {formatBytes}, and {formatBytes2} is the limit. Split it and add the parts.', {
      formatBytes: formatBytes(file.size, t),
      formatBytes2: formatBytes(most, t),
    });
  }
  return undefined;
}
