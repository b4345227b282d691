'use client';

import { useSyncExternalStore } from 'react';
import { mutate } from 'swr';
import { createDeferredDelete } from '@/components/client/deferred-delete';
import { requestDelete, requestJson } from '@/components/client/request';
import type { Batch, Batched } from '@/lib/domain/document';
import { api } from '@/lib/links';
import { browserTransport } from './transport';
import type { Job } from './upload-job';
import { createUploadQueue } from './upload-queue';

/** Reads the list again wherever it is shown, and how much is kept. */
export const refreshDocuments = () => {
  void mutate(api.documents);
  void mutate(api.usage);
};

/** One action on many documents. */
export const requestBatch = (batch: Batch, options: { keepalive?: boolean } = {}) =>
  requestJson<Batched>(api.changeDocuments, { method: 'POST', body: batch, ...options });

let lastId = 0;

// One of each per browser tab: an upload goes on, and Undo stays good, while the student looks at another page.
export const uploadQueue = createUploadQueue({
  transport: browserTransport,
  newId: () => `upload-${++lastId}`,
  isOnline: () => navigator.onLine,
  onHandedOver: refreshDocuments,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
});

export const deferredDelete = createDeferredDelete({
  remove: (id, options) => requestDelete(api.document(id), options),
  onDeleted: refreshDocuments,
});

const SEPARATOR = ' ';

/** Many documents that are removed by one request; Undo takes all of them back. */
export const batchDelete = createDeferredDelete({
  remove: async (key, options) => {
    await requestBatch({ do: 'delete', ids: key.split(SEPARATOR) }, options);
  },
  onDeleted: refreshDocuments,
});
export const batchKey = (ids: readonly string[]) => ids.join(SEPARATOR);
export const idsOfBatch = (key: string) => key.split(SEPARATOR);

const NO_JOBS: readonly Job[] = [];

export const useUploads = () =>
  useSyncExternalStore(uploadQueue.subscribe, uploadQueue.jobs, () => NO_JOBS).map(({ item }) => item);
