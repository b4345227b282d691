import { strToU8, zipSync } from 'fflate';
import { cursorOf, LIST_LIMIT, listDocuments } from '../lib/db/queries/document.ts';
import { changeDocuments, deleteDocuments } from '../lib/db/queries/documents.ts';
import { importVault } from '../lib/ingestion/import-vault.ts';
import { indexNotesOf } from '../lib/ingestion/notes.ts';
import { readAside } from '../lib/ingestion/reader/pool.ts';
import { EMBEDDING_MODEL, startEvalStack } from '../tests/evals/stack.ts';
import type { Benchmark, Measurement } from './benchmark.ts';

const DOCUMENTS = 2_000;
const NOTES = 500;
const AT_ONCE = 200;
/** A request brings a thousand rows at most. */
const AT_A_TIME = 500;

/** A vault of half a thousand pages, each with headings, links and a tag. */
function vault(): Uint8Array<ArrayBuffer> {
  const notes = Array.from({ length: NOTES }, (_, n) => {
    const text = `Topic ${n} rests on [[Note ${(n * 7) % NOTES}]] and explains why part ${n % 13} of it holds. `;
    return [
      `Vault/Course ${n % 8}/Week ${n % 5}/Note ${n}.md`,
      strToU8(`#tag${n % 20}\n\n## Why\n\n${text.repeat(12)}\n\n## How\n\n${text.repeat(12)}`),
    ];
  });
  return Uint8Array.from(zipSync(Object.fromEntries(notes)));
}

const since = (started: number) => (performance.now() - started) / 1_000;

/** A large library is opened and changed as its page does, and a vault comes in until all of it is found. */
export const libraryBenchmark: Benchmark = {
  name: 'Library',
  run: async (): Promise<Measurement[]> => {
    const stack = await startEvalStack();
    try {
      const student = await stack.addStudent();
      const { db, id: userId } = student;
      const ingestion = {
        db: stack.serviceDb,
        embed: async (texts: readonly string[]) => ({
          vectors: await stack.embed(texts),
          tokens: 0,
          costUsd: 0,
        }),
        embeddingModel: EMBEDDING_MODEL,
        limits: { maxBytes: 0, maxPages: 0 },
      };
      const brought = performance.now();
      const read = await readAside(userId, 'vault', { bytes: vault() });
      const { added } = await importVault(db, { vault: read, upload: crypto.randomUUID(), userId });
      if (added !== NOTES) throw new Error(`${added} of ${NOTES} notes came.`);
      const inLibrary = since(brought);
      let indexed = 0;
      for (let many = 1; many > 0; indexed += many) many = await indexNotesOf(ingestion, userId);
      const found = since(brought);
      if (indexed !== NOTES) throw new Error(`${indexed} of ${NOTES} notes are found.`);
      for (let made = NOTES; made < DOCUMENTS; made += AT_A_TIME) {
        const { error } = await db.from('doc_source').insert(
          Array.from({ length: Math.min(AT_A_TIME, DOCUMENTS - made) }, (_, n) => ({
            title: `Document ${made + n}`,
            course: `Course ${n % 8}`,
          })),
        );
        if (error) throw new Error(error.message);
      }

      const opened = performance.now();
      const documents = await listDocuments(db);
      const first = since(opened);
      for (
        let last = documents.at(-1);
        last && documents.length % LIST_LIMIT === 0;
        last = documents.at(-1)
      ) {
        const more = await listDocuments(db, { after: cursorOf(last) });
        if (more.length === 0) break;
        documents.push(...more);
      }
      const all = since(opened);
      if (new Set(documents.map(({ id }) => id)).size !== DOCUMENTS) throw new Error('Some are missing.');
      const ids = documents.slice(0, AT_ONCE).map(({ id }) => id);
      const moved = performance.now();
      const before = await changeDocuments(db, {
        do: 'change',
        ids,
        course: 'Elsewhere',
        addTags: ['moved'],
      });
      const moving = since(moved);
      if (before.length !== AT_ONCE) throw new Error('Some were not moved.');
      const removed = performance.now();
      await deleteDocuments(db, ids);
      return [
        { name: `vault of ${NOTES} notes in the library`, value: inLibrary, unit: 's', atMost: 30 },
        { name: 'and all of it found', value: found, unit: 's', atMost: 30 },
        { name: `first ${LIST_LIMIT} of ${DOCUMENTS} documents`, value: first, unit: 's', atMost: 1 },
        { name: `all ${DOCUMENTS}`, value: all, unit: 's', atMost: 1 },
        { name: `${AT_ONCE} moved and tagged`, value: moving, unit: 's', atMost: 1 },
        { name: `${AT_ONCE} removed`, value: since(removed), unit: 's', atMost: 3 },
      ];
    } finally {
      await stack.close();
    }
  },
};
