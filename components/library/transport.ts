import { requestDelete, requestJson } from '@/components/client/request';
import { ERRORS } from '@/lib/errors';
import { sentence } from '@/lib/language/text';
import { api } from '@/lib/links';
import type { CreatedDocument } from './documents';

/** A step of an upload that did not go through. `gone` means the connection, not the file. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly kind: 'gone' | 'expired' | 'exists' | 'refused';

  constructor(kind: UploadError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

export type NewDocument = {
  title: string;
  fileName: string;
  mimeType: string;
  sizeBytes: number;
  course?: string;
  contentHash?: string;
};

/** The steps of an upload. The queue knows their order and nothing of how they are done. */
export type UploadTransport = {
  hash: (file: File) => Promise<string | undefined>;
  create: (document: NewDocument) => Promise<CreatedDocument>;
  put: (
    signedUrl: string,
    file: File,
    options: { mimeType: string; signal: AbortSignal; onProgress: (percent: number) => void },
  ) => Promise<void>;
  ingest: (documentId: string, signal: AbortSignal) => Promise<void>;
  remove: (documentId: string, options?: { keepalive: boolean }) => Promise<void>;
};

async function sha256(file: File): Promise<string | undefined> {
  // WebCrypto exists only on https and localhost. Without it the server finds duplicates after the upload.
  if (!globalThis.crypto?.subtle) return undefined;
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** XMLHttpRequest, because fetch tells nothing of how much has been sent. */
const put: UploadTransport['put'] = (signedUrl, file, { mimeType, signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const settle = (finish: () => void) => {
      signal.removeEventListener('abort', abort);
      finish();
    };
    request.open('PUT', signedUrl);
    request.setRequestHeader('content-type', mimeType);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress((event.loaded / event.total) * 100);
    };
    request.onload = () =>
      settle(() => {
        if (request.status >= 200 && request.status < 300) resolve();
        else reject(putError(request.status, request.responseText));
      });
    request.onerror = () =>
      settle(() => reject(new UploadError('gone', sentence('The connection broke during the upload.'))));
    request.onabort = () =>
      settle(() => reject(new DOMException(sentence('The upload was stopped.'), 'AbortError')));
    if (signal.aborted) return request.onabort?.(new ProgressEvent('abort'));
    signal.addEventListener('abort', abort, { once: true });
    request.send(file);
  });

function putError(status: number, body: string): UploadError {
  if (status === 409 || /duplicate|already exists/i.test(body))
    return new UploadError('exists', sentence('The file is there.'));
  if (status === 413)
    return new UploadError('refused', sentence('The file store refuses a file of this size.'));
  if (status === 507) return new UploadError('refused', ERRORS.storage_full.message);
  if (status === 400 || status === 401 || status === 403) {
    return new UploadError('expired', sentence('The upload waited too long.'));
  }
  return new UploadError(
    'refused',
    sentence('The file store does not answer. Your file is still here; try again.'),
  );
}

export const browserTransport: UploadTransport = {
  hash: sha256,
  create: (document) => requestJson<CreatedDocument>(api.documents, { method: 'POST', body: document }),
  put,
  ingest: async (documentId, signal) => {
    await requestJson(api.ingest(documentId), { method: 'POST', signal, keepalive: true });
  },
  remove: (documentId, options) => requestDelete(api.document(documentId), options),
};
