'use client';

import { useSyncExternalStore } from 'react';
import { mutate } from 'swr';
import { createDeferredDelete } from './deferred-delete';
import { deleteDocument } from './requests';
import { browserTransport } from './transport';
import type { UploadItem } from './upload-job';
import { createUploadQueue } from './upload-queue';

export const DOCUMENTS_KEY = '/api/documents';

/** Reads the list again wherever it is shown. */
export const refreshDocuments = () => void mutate(DOCUMENTS_KEY);

let lastId = 0;

// One of each per browser tab: an upload goes on, and Undo stays good, while the student looks at another page.
export const uploadQueue = createUploadQueue({
  transport: browserTransport,
  newId: () => `upload-${++lastId}`,
  isOnline: () => navigator.onLine,
  onHandedOver: refreshDocuments,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
});

export const deferredDelete = createDeferredDelete({ remove: deleteDocument, onDeleted: refreshDocuments });

const NO_ITEMS: readonly UploadItem[] = [];
const NO_IDS: ReadonlySet<string> = new Set();

export const useUploads = () =>
  useSyncExternalStore(uploadQueue.subscribe, uploadQueue.items, () => NO_ITEMS);

export const useDeletions = () => ({
  pending: useSyncExternalStore(deferredDelete.subscribe, deferredDelete.pending, () => NO_IDS),
  failed: useSyncExternalStore(deferredDelete.subscribe, deferredDelete.failed, () => NO_IDS),
});
