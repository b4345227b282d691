import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { MAX_IMPORT_BODY_BYTES } from '../../lib/domain/bounds.ts';
import { pause, type Stack } from './stack.ts';

/** Where a student is: any deployment of which these are known. */
export type Place = Pick<Stack, 'appUrl' | 'environment'>;

export type StudyFile = { fileName: string; mimeType: string; bytes: Uint8Array<ArrayBuffer> };

const created = z.object({
  documentId: z.string(),
  upload: z.object({ bucket: z.string(), path: z.string(), token: z.string() }),
});
const importRoom = created.pick({ upload: true }).extend({ uploadId: z.string() });
export const documentState = z.object({
  status: z.enum(['pending', 'processing', 'ready', 'error']),
  progress: z.number(),
  pageCount: z.number().nullable(),
  chunkCount: z.number(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type DocumentState = z.infer<typeof documentState>;

/** A student of a running stack, acting through the public API with a bearer token. */
export class Student {
  readonly stack: Place;
  readonly token: string;
  readonly db: SupabaseClient;

  constructor(stack: Place, token: string, db: SupabaseClient) {
    this.stack = stack;
    this.token = token;
    this.db = db;
  }

  static async signUp(stack: Place, email: string): Promise<Student> {
    const { NEXT_PUBLIC_SUPABASE_URL: url, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: key } = stack.environment;
    const db = createClient(url, key, { auth: { persistSession: false, autoRefreshToken: false } });
    const { data, error } = await db.auth.signUp({ email, password: 'a long test password' });
    if (error || !data.session) throw error ?? new Error('No session after sign-up.');
    return new Student(stack, data.session.access_token, db);
  }

  /** Calls the API; throws on any status outside 2xx. */
  async api(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.stack.appUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        accept: 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  }

  /** Sends a file to storage without starting to read it; returns the document's id. */
  async upload(file: StudyFile): Promise<string> {
    const { fileName, mimeType, bytes } = file;
    const request = { title: fileName, fileName, mimeType, sizeBytes: bytes.byteLength };
    const { documentId, upload } = created.parse(await this.api('POST', '/api/documents', request));
    const sent = await this.db.storage
      .from(upload.bucket)
      .uploadToSignedUrl(upload.path, upload.token, new Blob([bytes], { type: mimeType }));
    if (sent.error) throw sent.error;
    return documentId;
  }

  ingest(documentId: string): Promise<unknown> {
    return this.api('POST', `/api/documents/${documentId}/ingest`, {});
  }

  async document(documentId: string): Promise<DocumentState> {
    return documentState.parse(await this.api('GET', `/api/documents/${documentId}`));
  }

  /** Waits until reading has ended, well or not. */
  async untilRead(documentId: string, limitMs = 120_000): Promise<DocumentState> {
    for (const deadline = Date.now() + limitMs; ; ) {
      const state = await this.document(documentId);
      if (state.status === 'ready' || state.status === 'error') return state;
      if (Date.now() > deadline)
        throw new Error(`Still ${state.status} at ${state.progress} % after ${limitMs} ms.`);
      await pause(50);
    }
  }

  /** Takes a collection of cards in as the page does: what is large goes through Storage. */
  async importCards(bytes: Uint8Array<ArrayBuffer>): Promise<{ added: number }> {
    const isLarge = bytes.byteLength > MAX_IMPORT_BODY_BYTES;
    const query = `kind=apkg${isLarge ? `&upload=${await this.#stored(bytes)}` : ''}`;
    const response = await fetch(`${this.stack.appUrl}/api/decks/import?${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}` },
      ...(isLarge ? {} : { body: bytes }),
    });
    if (!response.ok) throw new Error(`The cards were refused: ${await response.text()}`);
    return z.object({ added: z.number() }).parse(await response.json());
  }

  async #stored(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const room = await this.api('POST', '/api/decks/import/upload', { sizeBytes: bytes.byteLength });
    const { uploadId, upload } = importRoom.parse(room);
    const sent = await this.db.storage
      .from(upload.bucket)
      .uploadToSignedUrl(upload.path, upload.token, new Blob([bytes]));
    if (sent.error) throw sent.error;
    return uploadId;
  }

  /** Adds a file and waits until it is ready. */
  async addNote(file: StudyFile): Promise<string> {
    const documentId = await this.upload(file);
    await this.ingest(documentId);
    const state = await this.untilRead(documentId);
    if (state.status !== 'ready') throw new Error(`Reading failed: ${state.error?.message}`);
    return documentId;
  }
}
