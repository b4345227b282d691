import type { TodayDocument } from '../db/queries/today.ts';
import { inEnglish, type Translate } from '../language/text.ts';
import { paths } from '../links.ts';
import { readingFault } from '../study/account.ts';
import { extentOf } from '../study/locator.ts';
import type { StarterQuestion } from './starter-questions.ts';
import { plain, quizOn, type TodayItem } from './today-item.ts';

/** For a student who has never answered anything: there is nothing to go by, and this is how there will be. */
export function firstQuizItem({ title }: TodayDocument, t: Translate): TodayItem {
  return {
    ...plain(t),
    key: 'practise:first',
    kind: 'practise',
    title: t('Five questions on {title}', { title }),
    why: t(
      'They are made from your own notes. A few answers show what sticks, and what to do next follows from them.',
    ),
    ...quizOn(title, t),
    note: t('shows what sticks'),
  };
}

/** What can be done with the documents alone; the first of them is what a new student sees. */
export function documentItems(documents: readonly TodayDocument[], t: Translate): TodayItem[] {
  const newest = documents[0];
  if (newest === undefined) {
    return [
      {
        ...plain(t),
        key: 'bring',
        kind: 'bring',
        title: t('Bring one file you have to learn'),
        why: t('A chapter, a lecture, your own notes. You can ask it something in about 10 seconds.'),
        start: { href: paths.library, label: t('Add notes') },
        note: t('a chapter, a lecture, your notes'),
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
      ...plain(t),
      key: `reading:${first.id}`,
      kind: 'reading',
      lead: t('Happening now'),
      title: first.title,
      titleIsNotes: true,
      why: '',
      start: { href: paths.library, label: t('See it in the library') },
      note: t('being read'),
      document: first,
      others: unfinished.length - 1,
    });
  }
  if (ready) {
    items.push({
      ...plain(t),
      key: `ask:${ready.id}`,
      kind: 'ask',
      title: t('Ask your notes something'),
      why: t('It is the newest in your library. The answer opens at the words it stands on.'),
      extent: extentOf(ready, t) ?? null,
      source: { docId: ready.id, page: null, title: ready.title, heading: null },
      start: { href: paths.ask, label: t('Ask') },
      note: ready.title,
      document: ready,
    });
  }
  // A file that could not be read is worth the whole page only when there is nothing else.
  if (items.length === 0) {
    items.push({
      ...plain(t),
      key: `mend:${newest.id}`,
      kind: 'mend',
      lead: t('Needs your hand'),
      title: newest.fileName ?? newest.title,
      titleIsNotes: true,
      why: readingFault(newest, t) ?? t('Reading broke off.'),
      start: { href: paths.library, label: t('Go to the library') },
      note: t('could not be read'),
      document: newest,
    });
  }
  return items;
}

/** Asking, with a question that the document can answer. */
export function withQuestion(
  item: TodayItem,
  question: StarterQuestion | undefined,
  t = inEnglish,
): TodayItem {
  if (item.kind !== 'ask' || !question) return item;
  const heading = question.subject === item.source?.title ? null : question.subject;
  return {
    ...item,
    title: question.question,
    source: item.source && { ...item.source, heading },
    start: { href: paths.asking(question.question), label: t('Ask this') },
  };
}

/** When everything is done or put off. */
export const restItem = (nextCards: string | null, t = inEnglish): TodayItem => ({
  ...plain(t),
  key: 'rest',
  kind: 'rest',
  lead: t('Done for today'),
  title: t('Nothing is left for today'),
  why:
    nextCards === null
      ? t('Rest is part of it.')
      : t('The next cards come {nextCards}. Rest is part of it.', { nextCards }),
  start: { href: paths.ask, label: t('Ask your notes something') },
  note: '',
});
