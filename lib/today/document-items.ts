import type { TodayDocument } from '../db/queries/today.ts';
import { paths } from '../links.ts';
import { extentOf } from '../study/locator.ts';
import type { StarterQuestion } from './starter-questions.ts';
import { PLAIN, quizOn, type TodayItem } from './today-item.ts';

/** For a student who has never answered anything: there is nothing to go by, and this is how there will be. */
export function firstQuizItem({ title }: TodayDocument): TodayItem {
  return {
    ...PLAIN,
    key: 'practise:first',
    kind: 'practise',
    title: `Five questions on ${title}`,
    why: 'They are made from your own notes. A few answers show what sticks, and what to do next follows from them.',
    ...quizOn(title),
    note: 'shows what sticks',
  };
}

/** What can be done with the documents alone; the first of them is what a new student sees. */
export function documentItems(documents: readonly TodayDocument[]): TodayItem[] {
  const newest = documents[0];
  if (newest === undefined) {
    return [
      {
        ...PLAIN,
        key: 'bring',
        kind: 'bring',
        title: 'Bring one file you have to learn',
        why: 'A chapter, a lecture, your own notes. You can ask it something in about 10 seconds.',
        start: { href: paths.library, label: 'Add notes' },
        note: 'a chapter, a lecture, your notes',
      },
    ];
  }
  const unfinished = documents.filter(({ status }) => status === 'pending' || status === 'processing');
  const first = unfinished[0];
  const ready = documents.find(({ status }) => status === 'ready');
  const isReading = first !== undefined && (newest.status !== 'ready' || first === newest);
  const items: TodayItem[] = [];
  if (first && isReading) {
    items.push({
      ...PLAIN,
      key: `reading:${first.id}`,
      kind: 'reading',
      lead: 'Happening now',
      title: first.title,
      titleIsNotes: true,
      why: '',
      start: { href: paths.library, label: 'See it in the library' },
      note: 'being read',
      document: first,
      others: unfinished.length - 1,
    });
  }
  if (ready) {
    items.push({
      ...PLAIN,
      key: `ask:${ready.id}`,
      kind: 'ask',
      title: 'Ask your notes something',
      why: 'It is the newest in your library. The answer opens at the words it stands on.',
      extent: extentOf(ready) ?? null,
      source: { docId: ready.id, page: null, title: ready.title, heading: null },
      start: { href: paths.ask, label: 'Ask' },
      note: ready.title,
      document: ready,
    });
  }
  // A file that could not be read is worth the whole page only when there is nothing else.
  if (items.length === 0) {
    items.push({
      ...PLAIN,
      key: `mend:${newest.id}`,
      kind: 'mend',
      lead: 'Needs your hand',
      title: newest.fileName ?? newest.title,
      titleIsNotes: true,
      why: newest.errorMessage ?? 'Reading broke off.',
      start: { href: paths.library, label: 'Go to the library' },
      note: 'could not be read',
      document: newest,
    });
  }
  return items;
}

/** Asking, with a question that the document can answer. */
export function withQuestion(item: TodayItem, question: StarterQuestion | undefined): TodayItem {
  if (item.kind !== 'ask' || !question) return item;
  const heading = question.subject === item.source?.title ? null : question.subject;
  return {
    ...item,
    title: question.question,
    source: item.source && { ...item.source, heading },
    start: { href: paths.asking(question.question), label: 'Ask this' },
  };
}

/** When everything is done or put off. */
export const restItem = (nextCards: string | null): TodayItem => ({
  ...PLAIN,
  key: 'rest',
  kind: 'rest',
  lead: 'Done for today',
  title: 'Nothing is left for today',
  why: nextCards === null ? 'Rest is part of it.' : `The next cards come ${nextCards}. Rest is part of it.`,
  start: { href: paths.ask, label: 'Ask your notes something' },
  note: '',
});
