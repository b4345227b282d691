'use client';

import { useSyncExternalStore } from 'react';
import { mutate } from 'swr';
import { createDeferredDelete } from '@/components/client/deferred-delete';
import { requestDelete } from '@/components/client/request';
import { api } from '@/lib/links';
import { browserTransport } from './transport';
import type { Job } from './upload-job';
import { createUploadQueue } from './upload-queue';

/** Reads the list again wherever it is shown. */
export const refreshDocuments = () => void mutate(api.documents);

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

const NO_JOBS: readonly Job[] = [];

export const useUploads = () =>
  useSyncExternalStore(uploadQueue.subscribe, uploadQueue.jobs, () => NO_JOBS).map(({ item }) => item);
