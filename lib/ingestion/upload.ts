import { AppError } from '../errors.ts';
import { extensionOf, kindOfName, mayBeCalled } from './kinds.ts';

/**
 * What kind of file is announced, where the server takes it, or a refusal before a single byte is sent. A name and a type that contradict each other
 * are refused too; what the bytes are is found out when they are read.
 */
export function uploadKind(
  fileName: string,
  announcedType: string,
  taken?: readonly string[],
): { extension: string; mimeType: string } {
  const kind = kindOfName(fileName);
  const extension = extensionOf(fileName);
  if (!kind || extension === undefined || !mayBeCalled(kind, announcedType)) {
    throw new AppError('file_unsupported');
  }
  if (taken && !taken.includes(extension)) {
    const message = `This server does not take .${extension} files. It takes: ${taken.join(', ')}.`;
    throw new AppError('file_unsupported', { message });
  }
  return { extension, mimeType: kind.mimeType };
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
