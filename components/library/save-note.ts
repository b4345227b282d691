import { requestJson } from '@/components/client/request';
import type { AddedDocument } from '@/lib/db/queries/document';
import type { NewDocument } from '@/lib/domain/document';
import { api } from '@/lib/links';
import { browserTransport } from './transport';

/** A file name out of a title: letters and digits of any script, and nothing a file system minds. */
export const noteFileName = (title: string): string =>
  `${
    title
      .replace(/[^\p{L}\p{N} -]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 80) || 'Note'
  }.md`;

type Note = Pick<NewDocument, 'title' | 'sourceType'> & { markdown: string };

/** Markdown becomes a document like any other: it is read, searched and cited. The same text twice is one document. */
export async function saveNote({ title, markdown, sourceType }: Note): Promise<void> {
  const file = new File([markdown], noteFileName(title), { type: 'text/markdown' });
  const contentHash = await browserTransport.hash(file);
  const added = await requestJson<AddedDocument>(api.documents, {
    method: 'POST',
    body: {
      title,
      fileName: file.name,
      mimeType: file.type,
      sizeBytes: file.size,
      sourceType,
      ...(contentHash === undefined ? {} : { contentHash }),
    },
  });
  if (added.alreadyInLibrary) return;
  const { signal } = new AbortController();
  try {
    await browserTransport.put(added.upload.signedUrl, file, {
      mimeType: file.type,
      signal,
      onProgress: () => undefined,
    });
  } catch (error) {
    // Its place in the library would wait for a file that does not come, and stand in the way of the next attempt.
    await browserTransport.remove(added.documentId).catch(() => undefined);
    throw error;
  }
  await browserTransport.ingest(added.documentId, signal);
}
