import type { ModelMessage } from 'ai';
import type { DatabaseClient } from '../db/clients.ts';
import { pictureType, type ThreadFile } from '../domain/attachment.ts';
import { ATTACHMENT_BUCKET } from '../domain/document.ts';
import { logger } from '../observability/logger.ts';

type Content = Extract<ModelMessage, { role: 'user' }>['content'];
type Picture = { file: ThreadFile; bytes: Uint8Array };

/** Pictures that a model is shown with one question: the latest, since each costs as much as a page of text. */
const MAX_PICTURES = 3;

const isPicture = ({ fileName }: ThreadFile): boolean => pictureType(fileName) !== undefined;
/** Whether a file can only be looked at: no words were found in it. */
export const isSightAlone = (file: ThreadFile): boolean => isPicture(file) && file.docId === null;

async function download(db: DatabaseClient, file: ThreadFile): Promise<Picture[]> {
  const { data, error } = await db.storage.from(ATTACHMENT_BUCKET).download(file.filePath);
  if (data) return [{ file, bytes: new Uint8Array(await data.arrayBuffer()) }];
  // It may have been taken away meanwhile; the answer then says that it is not there.
  logger().warn({ err: error, attachmentId: file.id }, 'a picture could not be loaded');
  return [];
}

/** What the model is told of a file: names are quoted, since a student did not always choose them. */
function stateOf(file: ThreadFile, { sees, shown }: { sees: boolean; shown: readonly Picture[] }): string {
  if (shown.some((one) => one.file === file)) return 'a picture, shown here';
  if (isSightAlone(file)) {
    return sees ? 'a picture, not shown again' : 'a picture; you cannot see pictures, so say so';
  }
  if (file.status === 'error') return `could not be read: ${file.errorMessage ?? 'damaged'}`;
  return file.status === 'ready' ? 'searchNotes finds it' : 'still being read; say so';
}

/** A question with the files of its conversation: what they are, and the pictures for a model that sees. */
export async function withAttachments(
  text: string,
  files: readonly ThreadFile[],
  { db, sees }: { db: DatabaseClient; sees: boolean },
): Promise<Content> {
  if (files.length === 0) return text;
  const pictures = sees ? files.filter(isPicture).slice(0, MAX_PICTURES) : [];
  const shown = (await Promise.all(pictures.map((file) => download(db, file)))).flat();
  const lines = files.map(
    (file) =>
      `- ${JSON.stringify(file.fileName)}${file.isNew ? ', sent now' : ''}: ${stateOf(file, { sees, shown })}`,
  );
  return [
    { type: 'text', text: `${text}\n\n(Files attached to this conversation:\n${lines.join('\n')})` },
    ...shown.map(({ file, bytes }) => ({
      type: 'file' as const,
      data: bytes,
      mediaType: pictureType(file.fileName) ?? file.mimeType,
      filename: file.fileName,
    })),
  ];
}

/** The one document that came with the question, which it is then about. */
export function documentOf(files: readonly ThreadFile[]): string | null {
  const [only, another] = files.filter(({ isNew, status }) => isNew && status === 'ready');
  return only && !another ? only.docId : null;
}
