import { ingestDocument } from './ingest-document.ts';
import { reconcileDocumentsJob } from './reconcile-documents.ts';

/** Every job, as the endpoint announces them to the queue. */
export const functions = [ingestDocument, reconcileDocumentsJob];
