import { rankPrepared } from '../lib/matching/compatibility.ts';
import { prepare } from '../lib/matching/measures.ts';
import { subjectKey } from '../lib/matching/subjects.ts';
import { madeUpStudents } from '../lib/matching/test-students.ts';
import { type Benchmark, percentile, timed } from './benchmark.ts';

const STUDENTS = 10_000;
const TOP = 50;
const ASKING = 20;

/** One pass over the same students that only compares their subjects: the least that any ranking has to read. */
async function baseline(
  students: ReturnType<typeof madeUpStudents>,
  asking: typeof students,
): Promise<number> {
  const samples = await timed(asking, async (me) => {
    const mine = new Set(me.subjects.map(subjectKey));
    const scored = students.map(({ userId, subjects }) => ({
      userId,
      score: subjects.filter((subject) => mine.has(subjectKey(subject))).length,
    }));
    return scored.sort((a, b) => b.score - a.score).slice(0, TOP);
  });
  return percentile(samples, 0.5);
}

export const matchingBenchmark: Benchmark = {
  name: 'Matching',
  run: async () => {
    const students = madeUpStudents(STUDENTS, 1);
    const asking = students.slice(0, ASKING);
    const plain = { name: 'shared subjects alone', value: await baseline(students, asking) };
    const samples = await timed(asking, async (me) => rankPrepared(prepare(me), students.map(prepare), TOP));
    const name = `best ${TOP} of ${STUDENTS} students for one`;
    return [
      { name: `${name}, p50`, value: percentile(samples, 0.5), unit: 'ms', atMost: 100, baseline: plain },
      { name: `${name}, p95`, value: percentile(samples, 0.95), unit: 'ms', atMost: 100 },
    ];
  },
};
