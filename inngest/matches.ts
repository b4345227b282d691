import type { DatabaseClient } from '../lib/db/clients.ts';
import {
  blockedWith,
  eachMatchingStudent,
  type MatchingStudent,
  matchingStudents,
  storeMatches,
  studentsMatchedWith,
} from '../lib/db/queries/matching.ts';
import { compare, rankPrepared } from '../lib/matching/compatibility.ts';
import { declaredSkills } from '../lib/matching/complement.ts';
import { type Prepared, prepare, sharesSubject } from '../lib/matching/measures.ts';

/** More than anybody looks at, and few enough that a school of thousands stays small. */
const KEPT = 50;
/** A student whom more than these have among their matches is brought up to date for the rest at night. */
const MAX_REVERSE = 500;

/** What was measured comes first; what the student is said to be good at counts where nothing was. */
const prepared = (student: MatchingStudent): Prepared =>
  prepare({ ...student, skills: [...student.skills, ...declaredSkills(student)] });

async function everybody(db: DatabaseClient): Promise<Map<string, Prepared>> {
  const students = new Map<string, Prepared>();
  for await (const student of eachMatchingStudent(db)) students.set(student.userId, prepared(student));
  return students;
}

/** Those who share a subject: nobody is shown to people they have nothing to study with. */
async function eligible(db: DatabaseClient, mine: Prepared, students: ReadonlyMap<string, Prepared>) {
  const blocked = new Set(await blockedWith(db, { userId: mine.userId }));
  return [...students.values()].filter(
    (theirs) => theirs.userId !== mine.userId && !blocked.has(theirs.userId) && sharesSubject(mine, theirs),
  );
}

/**
 * Works out anew whom one student fits, and tells those they fit. A student who hid, or says nothing of what they study,
 * loses all rows on both sides. Running twice gives the same rows.
 */
export async function refreshStudent(db: DatabaseClient, userId: string): Promise<{ matches: number }> {
  const [me] = await matchingStudents(db, { after: null, limit: 1, only: userId });
  if (!me) return { matches: await storeMatches(db, { userId, rows: [], reverse: [], keep: KEPT }) };
  const mine = prepared(me);
  const others = await eligible(db, mine, await everybody(db));
  const rows = rankPrepared(mine, others, KEPT);
  const known = await studentsMatchedWith(db, { userId, limit: MAX_REVERSE });
  const told = new Set([...rows.map((row) => row.userId), ...known]);
  const reverse = others
    .filter((theirs) => told.has(theirs.userId))
    .map((theirs) => ({ userId: theirs.userId, ...compare(theirs, mine) }));
  return { matches: await storeMatches(db, { userId, rows, reverse, keep: KEPT }) };
}

/** Works out anew whom the next `size` students fit; `next` is where to go on, or null at the end. */
export async function refreshStudents(
  db: DatabaseClient,
  { after, size }: { after: string | null; size: number },
): Promise<{ students: number; next: string | null }> {
  const students = await everybody(db);
  const ids = [...students.keys()].filter((id) => after === null || id > after).slice(0, size);
  for (const userId of ids) {
    const mine = students.get(userId);
    if (!mine) continue;
    const rows = rankPrepared(mine, await eligible(db, mine, students), KEPT);
    await storeMatches(db, { userId, rows, reverse: null, keep: KEPT });
  }
  return { students: ids.length, next: ids.length < size ? null : (ids.at(-1) ?? null) };
}
