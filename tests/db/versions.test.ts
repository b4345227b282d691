import { describe, expect, test } from 'vitest';
import { addDocument, addDrafts, suiteFixture } from './fixture.ts';

const SKETCH = Array.from({ length: 128 }, (_, n) => n * 1_000);

describe('a new version of a document', () => {
  const db = suiteFixture();
  const add = (fileName: string, course: string | null = null) =>
    db
      .rowsOf<{ added: { documentId: string } }>(
        db.owner,
        `select public.add_document('Script', $1, 'application/pdf', 10, 'pdf', $2, null, 90) as added`,
        [fileName, course],
      )
      .then(([row]) => row?.added.documentId ?? '');
  const publish = async (id: string, sketch: number[]) => {
    await db.query(`update public.doc_source set status = 'processing', sketch = $2 where id = $1`, [
      id,
      sketch,
    ]);
    await addDrafts(db.query, {
      docId: id,
      userId: db.owner,
      chunks: [{ content: `text of ${id}`, terms: [100], seed: 1 }],
    });
    await db.rowsOf('service', `select public.publish_document($1, $2)`, [
      id,
      id.padEnd(64, '0').slice(0, 64),
    ]);
    return id;
  };
  const of = async (id: string) =>
    (
      await db.query<{
        earlier_id: string | null;
        replaced_by: string | null;
        chunk_count: number;
        course: string | null;
      }>(
        'select earlier_id, replaced_by, chunk_count, course, tags, title, index_version from public.doc_source where id = $1',
        [id],
      )
    )[0];
  const replace = (id: string, earlier: string, as = db.owner) =>
    db.rowsOf(as, 'select public.replace_document($1, $2)', [id, earlier]);

  test.each([
    ['Cell biology.pdf', 'Cell biology.pdf', true],
    ['Script_v1.pdf', 'script-v2 (1).pdf', true],
    ['Paper.pdf', 'Paper final copy.docx', true],
    ['Lecture 3.pdf', 'Lecture 4.pdf', false],
    ['Envelope.pdf', 'En.pdf', false],
  ])('is known by its file name: %s and %s', async (before, after, isSame) => {
    const old = await publish(await add(before), []);
    expect((await of(await add(after)))?.earlier_id).toBe(isSame ? old : null);
  });

  test('is known by its text, in the course it is put into or in any', async () => {
    const old = await publish(await add('a1.pdf', 'Cells'), SKETCH);
    const alike = SKETCH.map((hash, n) => (n < 40 ? hash + 1 : hash)).sort((one, other) => one - other);
    const unlike = SKETCH.map((hash, n) => (n < 80 ? hash + 1 : hash)).sort((one, other) => one - other);
    for (const [course, sketch, earlier] of [
      [null, alike, old],
      ['Cells', alike, old],
      ['Trees', alike, null],
      [null, unlike, null],
    ] as const) {
      const id = await publish(await add(`${Math.random()}b.pdf`, course), sketch);
      expect((await of(id))?.earlier_id).toBe(earlier);
      await db.query('delete from public.doc_source where id = $1', [id]);
    }
  });

  test('takes the place of the earlier one, which is found and listed no more and goes with it', async () => {
    const first = await publish(await add('c1.pdf', 'Cells'), []);
    await db.query(`update public.doc_source set title = 'My cells', tags = '{exam}' where id = $1`, [first]);
    const second = await publish(await add('c2.pdf'), []);
    const third = await publish(await add('c3.pdf'), []);
    await replace(second, first);
    await replace(second, first);
    await replace(third, second);
    expect(await of(third)).toMatchObject({
      replaced_by: null,
      course: 'Cells',
      tags: ['exam'],
      title: 'My cells',
    });
    for (const id of [first, second]) {
      expect(await of(id)).toMatchObject({ replaced_by: third, chunk_count: 0 });
      expect(await db.query('select 1 from public.doc_chunk where doc_id = $1', [id])).toEqual([]);
      expect(await db.query('select 1 from public.doc_page where doc_id = $1', [id])).toHaveLength(1);
    }
    const within = await db.rowsOf<{ id: string }>(db.owner, 'select id from public.documents_within()');
    expect(within.map(({ id }) => id)).toContain(third);
    expect(within.map(({ id }) => id)).not.toContain(first);
    await db.query('delete from public.doc_source where id = $1', [third]);
    expect(await of(first)).toBeUndefined();
  });

  test('comes back to be read anew', async () => {
    const [first, second] = [await publish(await add('d1.pdf'), []), await publish(await add('d2.pdf'), [])];
    await replace(second, first);
    await db.rowsOf(db.owner, 'select public.restore_version($1)', [first]);
    expect(await of(first)).toMatchObject({ replaced_by: null, index_version: 0 });
  });

  test('is no note, not itself, not what waits, and nobody else’s', async () => {
    const old = await publish(await add('e1.pdf'), []);
    const waiting = await add('e2.pdf');
    const ready = await publish(await add('e3.pdf'), []);
    const foreign = await addDocument(db.query, { userId: db.stranger, status: 'ready' });
    await expect(replace(waiting, old)).rejects.toMatchObject({ code: 'PT409' });
    await expect(replace(ready, ready)).rejects.toMatchObject({ code: 'PT422' });
    await expect(replace(ready, foreign)).rejects.toMatchObject({ code: 'PT404' });
    await expect(replace(ready, old, db.stranger)).rejects.toMatchObject({ code: 'PT404' });
    await expect(db.rowsOf(db.stranger, 'select public.restore_version($1)', [old])).rejects.toMatchObject({
      code: 'PT404',
    });
  });

  test('takes what it proves along and notes the rest, once however often it is told', async () => {
    const [first, second] = [await publish(await add('f1.pdf'), []), await publish(await add('f2.pdf'), [])];
    const [card] = await db.rowsOf<{ ids: string[] }>(
      db.owner,
      `select public.add_flashcards(jsonb_build_array(
        jsonb_build_object('front', 'a', 'back', 'b', 'source', jsonb_build_object('docId', $1::text)),
        jsonb_build_object('front', 'c', 'back', 'd', 'source', jsonb_build_object('docId', $1::text))), false) as ids`,
      [first],
    );
    const [quiz] = await db.query<{ id: string }>(
      `insert into public.quiz (user_id, topic, items) values ($1, 'Cells', jsonb_build_array(
        jsonb_build_object('id', 'q1', 'source', jsonb_build_object('docId', $2::text)), jsonb_build_object('id', 'q2'))) returning id`,
      [db.owner, first],
    );
    const [same, other] = card?.ids ?? [];
    const settle = () =>
      db.rowsOf<{ noted: number }>('service', 'select public.settle_passages($1, $2, $3, $4, $5) as noted', [
        db.owner,
        second,
        first,
        JSON.stringify([
          { cardId: same, source: { docId: second } },
          { quizId: quiz?.id, itemId: 'q1', source: { docId: second } },
        ]),
        JSON.stringify([{ cardId: other, about: 'c', oldText: 'old', newText: null }]),
      ]);
    await replace(second, first);
    expect([await settle(), await settle()]).toEqual([[{ noted: 1 }], [{ noted: 0 }]]);
    expect(
      await db.query(
        'select source_doc_id, source from public.flashcard where id = any ($1) order by front',
        [card?.ids],
      ),
    ).toEqual([
      { source_doc_id: second, source: { docId: second } },
      { source_doc_id: first, source: { docId: first } },
    ]);
    expect(await db.query('select items from public.quiz where id = $1', [quiz?.id])).toEqual([
      { items: [{ id: 'q1', source: { docId: second } }, { id: 'q2' }] },
    ]);
    expect(await db.rowsOf(db.stranger, 'select 1 from public.passage_change')).toEqual([]);
    expect(await db.rowsOf(db.owner, 'delete from public.passage_change returning old_text')).toEqual([
      { old_text: 'old' },
    ]);
  });

  test('takes highlights along whose words it says, and leaves the others where they stand', async () => {
    const [first, second] = [await publish(await add('g1.pdf'), []), await publish(await add('g2.pdf'), [])];
    const marked = await db.rowsOf<{ id: string }>(
      db.owner,
      `insert into public.highlight (doc_id, page, char_start, quote, note)
        values ($1, 1, 0, 'said', 'Exam'), ($1, 1, 9, 'unsaid', '') returning id`,
      [first],
    );
    const places = JSON.stringify([{ id: marked[0]?.id, page: 2, charStart: 7 }]);
    const move = (userId: string, as: string) =>
      db.rowsOf<{ moved: number }>(as, 'select public.move_highlights($1, $2, $3, $4) as moved', [
        userId,
        second,
        first,
        places,
      ]);
    // Not yet, or not any more, an earlier version.
    expect(await move(db.owner, 'service')).toEqual([{ moved: 0 }]);
    await replace(second, first);
    await expect(move(db.owner, db.owner)).rejects.toMatchObject({ code: '42501' });
    expect(await move(db.stranger, 'service')).toEqual([{ moved: 0 }]);
    expect([await move(db.owner, 'service'), await move(db.owner, 'service')]).toEqual([
      [{ moved: 1 }],
      [{ moved: 0 }],
    ]);
    expect(
      await db.query(
        'select doc_id, page, char_start, note from public.highlight where id = any ($1) order by quote',
        [marked.map(({ id }) => id)],
      ),
    ).toEqual([
      { doc_id: second, page: 2, char_start: 7, note: 'Exam' },
      { doc_id: first, page: 1, char_start: 9, note: '' },
    ]);
  });
});
