import { findMaterial, type Material } from '../../lib/retrieval/material.ts';
import { headingSubject } from '../../lib/study/heading-subject.ts';
import { hash32 } from '../../local/openai/brain/text/terms.ts';
import { type Figure, kept } from './report.ts';
import type { EvalStack, EvalStudent } from './stack.ts';

const PASSAGES = 12;
const SECTIONS = 60;

/** Subjects of school and study that none of the notes has, many of them in words that the notes do use. */
const ABSENT =
  `the French Revolution|Forms of Government|Supply and demand|The Great Depression|Roman law|Plate tectonics
World War II|String theory|Baroque music|Civil rights movement|Market structures|Checks and balances|Balance of payments
Treaty of Versailles|Romantic poetry|Organic reaction mechanisms|The Cold War|Labor unions|Black holes|Greek tragedy
Monetary policy|Special relativity|Photosynthesis in desert plants|Contract law|Sentence structure in Latin|Voting rights
The Industrial Revolution|Stock market crashes|Islamic architecture|Electromagnetic induction`.split(/[|\n]/);

type Section = { docId: string; path: string[]; topic: string };

/** Headings of the documents that name a subject, in an order that only their words decide. */
async function sectionsIn(stack: EvalStack, names: ReadonlyMap<string, string>): Promise<Section[]> {
  const sections = new Map<string, Section>();
  for (const docId of names.keys()) {
    const { data, error } = await stack.serviceDb
      .from('doc_chunk')
      .select('path:metadata->heading_path')
      .eq('doc_id', docId);
    if (error) throw error;
    for (const { path } of data) {
      const headings = Array.isArray(path) ? path.filter((heading) => typeof heading === 'string') : [];
      const topic = headingSubject(headings.at(-1) ?? '');
      if (topic) sections.set(`${docId} ${topic}`, { docId, path: headings, topic });
    }
  }
  const order = ({ topic }: Section) => hash32(topic);
  return [...sections.values()].sort((a, b) => order(a) - order(b)).slice(0, SECTIONS);
}

/** What is made study items from: nothing for a subject the notes do not hold, the section itself for one that is a section. */
export async function materialFigures(
  stack: EvalStack,
  { student, names }: { student: EvalStudent; names: ReadonlyMap<string, string> },
): Promise<Figure[]> {
  const deps = stack.retrievalFor(student);
  const find = (topic: string): Promise<Material> =>
    findMaterial(deps, {
      userId: student.id,
      topic,
      sources: null,
      lastDocId: null,
      count: PASSAGES,
      offset: 0,
      signal: AbortSignal.timeout(30_000),
    });
  const made: string[] = [];
  for (const topic of ABSENT) {
    const { chunks } = await find(topic);
    if (chunks[0])
      made.push(`${topic}: ${chunks.length} of ${chunks[0].title}, ${chunks[0].headingPath.join(' > ')}`);
  }
  const refused: string[] = [];
  const astray: string[] = [];
  const sections = await sectionsIn(stack, names);
  for (const { docId, path, topic } of sections) {
    const { chunks } = await find(topic);
    if (chunks.length === 0) refused.push(topic);
    const isOwn = (chunk: (typeof chunks)[number]) =>
      chunk.docId === docId && path.every((heading) => chunk.headingPath.includes(heading));
    const strayed = chunks.filter(
      (chunk) => !isOwn(chunk) && !chunk.headingPath.some((heading) => heading.includes(topic)),
    );
    if (strayed.length > 0) astray.push(`${topic}: ${strayed.length} of ${chunks.length} elsewhere`);
  }
  return [
    kept('absent subjects refused for study items', ABSENT.length, made, { floor: 1 }),
    kept('section titles accepted for study items', sections.length, refused, { floor: 0.98 }),
    kept('sections whose items come from them alone', sections.length, astray, { floor: 0.9 }),
  ];
}
