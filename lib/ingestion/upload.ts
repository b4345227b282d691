import { AppError } from '../errors.ts';

/** What a student may add, by the ending of its name, and the type it is stored and served with. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  md: 'text/markdown',
  markdown: 'text/markdown',
  txt: 'text/plain',
  csv: 'text/csv',
};

/** Types that some browsers give to these files; the ending then says what they are. */
const VAGUE_TYPES = new Set([
  '',
  'application/octet-stream',
  'application/x-pdf',
  'application/csv',
  'application/vnd.ms-excel',
  'text/plain',
  'text/x-markdown',
]);

export type UploadKind = { extension: string; mimeType: string };

/**
 * What kind of file is announced, or a refusal before a single byte is sent. A name and a type that contradict each other
 * are refused too; what the bytes are is found out when they are read.
 */
export function uploadKind(fileName: string, announcedType: string): UploadKind {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const mimeType = Object.hasOwn(MIME_TYPES, extension) ? MIME_TYPES[extension] : undefined;
  if (mimeType === undefined) throw new AppError('file_unsupported');
  const announced = announcedType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (announced !== mimeType && !VAGUE_TYPES.has(announced)) throw new AppError('file_unsupported');
  return { extension, mimeType };
}

/** The same file, said in bytes a person reads. */
export function checkUploadSize(sizeBytes: number, maxBytes: number): void {
  if (sizeBytes === 0) throw new AppError('file_empty');
  if (sizeBytes > maxBytes) {
    const megabytes = Math.floor((maxBytes / (1024 * 1024)) * 10) / 10;
    throw new AppError('file_too_large', {
      message: `This file is too large: ${megabytes} MB is the limit. Split it and add the parts.`,
    });
  }
}
