import { terms } from '../../retrieval/tokenizer.ts';

/** What students say around a subject. A goal is matched by what is left. */
const AROUND_A_SUBJECT = new Set(
  terms(
    'exam exams midterm final finals test tests pass prepare preparation learn learning study studying revise revision ' +
      'review understand master know practise practice improve chapter chapters section unit lecture lectures course ' +
      'class topic topics notes material basics everything all good better well get ready grade',
  ),
);
const OPENING =
  /^(?:(?:to\s+)?(?:learn|study|revise|review|understand|master|know|practi[sc]e|improve|prepare(?:\s+for)?|pass|get\s+ready\s+for)\s+(?:(?:about|my|the|how)\s+)*)/i;
const LONGEST_LABEL = 60;

/** A goal as it stands in a title: "revise interference" is "interference". */
export function goalLabel(goal: string): string {
  const subject =
    goal
      .trim()
      .replace(/\s+/g, ' ')
      .replace(/[.!?]+$/, '')
      .replace(OPENING, '') || goal.trim();
  if (subject.length <= LONGEST_LABEL) return subject;
  const cut = subject.slice(0, LONGEST_LABEL - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 30)).trimEnd()}…`;
}

/** The terms a goal is recognised by; none for "pass the exam", which is about everything. */
export const goalTerms = (goal: string): Set<string> =>
  new Set(terms(goal).filter((term) => !AROUND_A_SUBJECT.has(term)));

/** Which share of the wanted terms a text has: 0 to 1. */
export function share(wanted: ReadonlySet<string>, found: ReadonlySet<string>): number {
  if (wanted.size === 0) return 0;
  let hits = 0;
  for (const term of wanted) if (found.has(term)) hits += 1;
  return hits / wanted.size;
}

/** Whether two short names speak of the same thing: either holds the other's words. */
export function isSameSubject(one: string, other: string): boolean {
  const [a, b] = [goalTerms(one), goalTerms(other)];
  return share(a, b) === 1 || share(b, a) === 1;
}
