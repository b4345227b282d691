import { pictureType } from '../domain/attachment.ts';
import { AppError } from '../errors.ts';
import { say } from '../language/said.ts';
import { extensionOf, kindOfName, mayBeCalled } from './kinds.ts';
import { savedAs } from './saved-as.ts';

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
    const message = savedAs(extension);
    throw new AppError('file_unsupported', message === undefined ? {} : { message });
  }
  if (taken && !taken.includes(extension)) {
    throw new AppError('file_unsupported', {
      message: () =>
        say('This server does not take .{extension} files. It takes: {taken}.', {
          extension,
          taken: taken.join(', '),
        }),
    });
  }
  return { extension, mimeType: kind.mimeType };
}

/** The same of a file that goes with a question, which may be a picture as well; and whether its text is read. */
export function attachmentKind(fileName: string, announcedType: string, taken?: readonly string[]) {
  const mimeType = pictureType(fileName);
  const extension = extensionOf(fileName);
  // A picture that models see is shown to them, and not read.
  const isRead = mimeType === undefined && kindOfName(fileName) !== undefined;
  const isBytes = ['', 'application/octet-stream'].includes(announcedType);
  if (!isRead && mimeType && extension && (announcedType === mimeType || isBytes)) {
    return { extension, mimeType, isRead };
  }
  return { ...uploadKind(fileName, announcedType, taken), isRead };
}

const inMegabytes = (bytes: number): number => Math.floor((bytes / (1024 * 1024)) * 10) / 10;

/** Said by the door and by the reader alike; what is just over the limit is not said to be as large as it. */
export function fileTooLarge(sizeBytes: number, maxBytes: number): AppError {
  const [size, limit] = [inMegabytes(sizeBytes), inMegabytes(maxBytes)];
  return new AppError('file_too_large', {
    message: () =>
      size > limit
        ? say('This file has {size} MB: {most} MB is the limit. Split it and add the parts.', {
            size,
            most: limit,
          })
        : say('This file is too large: {most} MB is the limit. Split it and add the parts.', { most: limit }),
  });
}

/** The same file, said in bytes a person reads. */
export function checkUploadSize(sizeBytes: number, maxBytes: number): void {
  if (sizeBytes === 0) throw new AppError('file_empty');
  if (sizeBytes > maxBytes) throw fileTooLarge(sizeBytes, maxBytes);
}
