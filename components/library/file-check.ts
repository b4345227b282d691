import { ERRORS } from '@/lib/errors';
import { isRecording, kindOfName, kindsSentence, savedAs } from '@/lib/ingestion/kinds';

/** More than this in one go is a folder dropped by mistake. */
export const QUEUE_LIMIT = 100;

/** 15 KB, 1.5 MB: as a file manager says it, in powers of 1024. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1000) return `${Math.round(kilobytes)} KB`;
  const megabytes = kilobytes / 1024;
  return `${megabytes < 10 ? megabytes.toFixed(1).replace(/\.0$/, '') : Math.round(megabytes)} MB`;
}

export type UploadLimits = {
  maxBytes: number;
  /** 0 where nothing hears recordings. */
  maxRecordingBytes?: number;
  /** The endings that are taken here; undefined for all that can be read. */
  endings?: readonly string[] | undefined;
};

type FileFacts = { name: string; size: number };

/** Why this file cannot be added, as the sentence the student reads; undefined when it can. */
export function fileFault(file: FileFacts, limits: UploadLimits): string | undefined {
  const kind = kindOfName(file.name);
  const ending = /\.([^./\\]+)$/.exec(file.name)?.[1]?.toLowerCase();
  if (kind === undefined) {
    const advice = savedAs(ending);
    if (advice !== undefined) return advice;
    const named = ending === undefined ? 'files without an ending in their name' : `.${ending} files`;
    return `I cannot read ${named} yet. ${kindsSentence('and', limits.endings)} work.`;
  }
  if (limits.endings && !limits.endings.includes(ending ?? '')) {
    return `.${ending} files are not taken here. ${kindsSentence('and', limits.endings)} work.`;
  }
  if (file.size === 0) return 'This file is empty.';
  const { maxBytes, maxRecordingBytes = maxBytes } = limits;
  if (isRecording(kind) && maxRecordingBytes === 0) return ERRORS.hearing_unavailable.message;
  const most = isRecording(kind) ? maxRecordingBytes : maxBytes;
  if (file.size > most) {
    return `This file is ${formatBytes(file.size)}, and ${formatBytes(most)} is the limit. Split it and add the parts.`;
  }
  return undefined;
}
