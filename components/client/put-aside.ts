import { sentence } from '@/lib/language/text';
import { api } from '@/lib/links';
import { ConnectionError, requestJson } from './request';

/** What is larger than a request may be is put into Storage, and named in its place. */
export async function putAside(bytes: Blob, fault: string): Promise<string> {
  const { uploadId, upload } = await requestJson<{ uploadId: string; upload: { signedUrl: string } }>(
    api.importUpload,
    { method: 'POST', body: { sizeBytes: bytes.size }, fault },
  );
  const stored = await fetch(upload.signedUrl, { method: 'PUT', body: bytes }).catch(() => undefined);
  if (!stored?.ok)
    throw new ConnectionError(sentence('The file did not arrive. Nothing was added; try again.'));
  return uploadId;
}
