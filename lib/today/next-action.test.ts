import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../calendar/dates.ts';
import type { FadingCard, TodayDocument } from '../db/queries/today.ts';
import { accountOf } from '../domain/account.ts';
import type { PlanTask } from '../domain/plan.ts';
import { restItem, withQuestion } from './document-items.ts';
import { fadingOf } from './fading.ts';
import { type TodayFacts, todayItems } from './next-action.ts';
import { nextCardsWord } from './next-cards.ts';
import { readNotToday, writeNotToday } from './not-today.ts';

const NOW = new Date('2026-11-20T19:00:00Z');
const UNFINISHED = { quizId: 'q', attemptId: 'a', topic: 'Memory', answered: 4, total: 10 };
const NOTHING_DUE = { due: 0, minutes: 0, newCards: 0, proposed: 0, nextDue: null };

const document = (over: Partial<TodayDocument> = {}): TodayDocument => ({
  id: 'd1',
  title: 'Psychology',
  sourceType: 'upload',
  fileName: 'psychology.pdf',
  status: 'ready',
  pageCount: 30,
  chunkCount: 90,
  locator: 'page',
  account: accountOf({}),
  errorCode: null,
  errorMessage: null,
  ...over,
});

const task = (over: Partial<PlanTask> = {}): PlanTask => ({
  id: 't1',
  title: 'Read 8.3',
  etaMin: 15,
  link: '/library/d1?p=3',
  completed: false,
  date: '2026-11-20',
  kind: 'read',
  goal: 'Memory',
  reason: null,
  movedFrom: null,
  ...over,
});

const card = (over: Partial<FadingCard> = {}): FadingCard => ({
  topic: 'Encoding',
  deck: 'Psychology',
  stabilityDays: 3,
  lastReviewMs: NOW.getTime() - 10 * DAY_MS,
  source: { docId: 'd1', page: 3, title: 'Psychology', heading: 'Encoding' },
  ...over,
});

const facts = (over: Partial<TodayFacts> = {}): TodayFacts => ({
  today: '2026-11-20',
  documents: [document()],
  unfinished: null,
  due: NOTHING_DUE,
  fading: null,
  tasks: [],
  focus: [],
  hasPractised: true,
  exam: null,
  ...over,
});
const kinds = (over: Partial<TodayFacts>) => todayItems(facts(over)).map(({ kind }) => kind);

describe('the one next action', () => {
  it('of a new student is to bring a file, then what its reading allows', () => {
    expect(kinds({ documents: [] })).toEqual(['bring']);
    expect(kinds({ documents: [document({ status: 'processing' })] })).toEqual(['reading']);
    expect(kinds({ documents: [document()] })).toEqual(['ask']);
    expect(kinds({ documents: [document({ status: 'error' })] })).toEqual(['mend']);
  });

  it('is what is being read while the newest file is on its way, and asking comes after', () => {
    const waiting = ['new', 'next'].map((id) => document({ id, status: 'pending' }));
    const items = todayItems(facts({ documents: [...waiting, document({ id: 'old' })] }));
    expect(items.map(({ kind }) => kind)).toEqual(['reading', 'ask']);
    expect(items[0]).toMatchObject({ others: 1, document: { id: 'new' } });
  });

  it('after asking offers a first quiz, until a question was answered', () => {
    const items = todayItems(facts({ hasPractised: false }));
    expect(items.map(({ kind }) => kind)).toEqual(['ask', 'practise']);
    expect(items[1]).toMatchObject({ title: 'Five questions on Psychology', minutes: 4 });
    expect(kinds({ hasPractised: false, documents: [] })).toEqual(['bring']);
  });

  it('is what can be asked when a newer file could not be read', () => {
    expect(kinds({ documents: [document({ id: 'bad', status: 'error' }), document()] })).toEqual(['ask']);
  });

  it('is what was begun, then what fades, what is planned, what waits, what is weak, and asking last', () => {
    expect(
      kinds({
        unfinished: UNFINISHED,
        due: { due: 14, minutes: 9, newCards: 2, proposed: 6, nextDue: null },
        fading: fadingOf([card()], NOW, 'UTC'),
        tasks: [task()],
        focus: [{ topic: 'Interference', reason: '3 of 4 right.', score: 0.4 }],
      }),
    ).toEqual(['quiz', 'review', 'task', 'keep', 'practise', 'ask']);
  });

  it('of a student with cards and no document is the cards', () => {
    const due = { ...NOTHING_DUE, due: 3, minutes: 2 };
    expect(kinds({ documents: [], due })).toEqual(['review', 'bring']);
  });

  it('never holds the same work twice, nor what is done', () => {
    const due = { ...NOTHING_DUE, due: 3, minutes: 2 };
    const tasks = [task({ kind: 'cards' }), task({ id: 't2', completed: true })];
    expect(kinds({ due, tasks })).toEqual(['review', 'ask']);
    expect(kinds({ tasks })).toEqual(['task', 'ask']);
  });

  it('names a task that was moved before one that was not', () => {
    const tasks = [task(), task({ id: 't2', title: 'Old', movedFrom: '2026-11-18' })];
    expect(todayItems(facts({ tasks }))[0]).toMatchObject({ title: 'Old', note: 'moved to today' });
  });

  it('follows no link out of the app', () => {
    const outside = ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'];
    for (const link of [...outside, null]) {
      expect(todayItems(facts({ tasks: [task({ link })] }))[0]?.start.href).toBe('/plan');
    }
  });

  it('always says its minutes where it knows them, and why', () => {
    const [quiz, review] = todayItems(
      facts({
        unfinished: UNFINISHED,
        due: { due: 14, minutes: 9, newCards: 0, proposed: 0, nextDue: null },
        fading: fadingOf([card()], NOW, 'UTC'),
        exam: { title: 'Psychology midterm', date: '2026-12-02' },
      }),
    );
    expect(quiz).toMatchObject({
      minutes: 5,
      extent: '6 questions',
      why: 'You stopped after 4 of 10. Your place and your answers are kept.',
      start: { href: '/practice/quiz/q' },
    });
    const why =
      /^Tonight you would recall \d\d% of it\. By Monday, \d\d%\. “Psychology midterm” is in 12 days\.$/;
    expect(review).toMatchObject({
      title: 'Review Encoding before it fades',
      minutes: 9,
      extent: '14 cards',
      why: expect.stringMatching(why),
    });
  });

  it('says of cards never seen that they are new, and nothing of recall', () => {
    const [item] = todayItems(facts({ due: { ...NOTHING_DUE, due: 5, newCards: 5, minutes: 3 } }));
    expect(item).toMatchObject({ title: 'Learn 5 new cards', note: 'new' });
    expect(item?.why).not.toContain('recall');
  });

  it('asks a question that the document can answer, when it has one', () => {
    const [item] = todayItems(facts());
    if (!item) throw new Error('Nothing to do.');
    expect(withQuestion(item, { subject: 'Encoding', question: 'What is encoding?' })).toMatchObject({
      title: 'What is encoding?',
      source: { title: 'Psychology', heading: 'Encoding' },
      start: { href: '/ask?q=What%20is%20encoding%3F', label: 'Ask this' },
    });
    expect(withQuestion(item, undefined)).toBe(item);
  });

  it('says when nothing is left, and when the next cards come', () => {
    expect(restItem('on Sunday').why).toBe('The next cards come on Sunday. Rest is part of it.');
    expect(nextCardsWord('2026-11-22T09:00:00Z', NOW, 'UTC')).toBe('on Sunday');
    expect(nextCardsWord('2026-11-20T22:30:00Z', NOW, 'Europe/Berlin')).toBe('later today');
    expect(nextCardsWord('2026-11-20T23:30:00Z', NOW, 'Europe/Berlin')).toBe('tomorrow');
    expect(nextCardsWord('2026-12-24T09:00:00Z', NOW, 'UTC')).toBe('on 24 December');
    expect(nextCardsWord(null, NOW, 'UTC')).toBeNull();
  });
});

describe('what fades', () => {
  it('is told by the forgetting curve: less on Monday than tonight', () => {
    const fading = fadingOf([card(), card({ stabilityDays: 5 })], NOW, 'UTC');
    expect(fading?.later).toBeLessThan(fading?.now ?? 0);
    expect(fading).toMatchObject({ subject: 'Encoding', source: { page: 3 } });
  });

  it('names the topic of most cards, else the deck they share, else nothing', () => {
    const other = card({ topic: 'Storage', deck: 'Psychology' });
    expect(fadingOf([card(), card({ topic: 'encoding ' }), other], NOW, 'UTC')?.subject).toBe('Encoding');
    expect(fadingOf([card(), other], NOW, 'UTC')?.subject).toBe('Psychology');
    expect(fadingOf([card({ topic: null, deck: 'My cards' })], NOW, 'UTC')?.subject).toBeNull();
    expect(fadingOf([], NOW, 'UTC')).toBeNull();
  });

  it('looks further ahead when three days lose nothing, and then names the date', () => {
    const firm = card({ stabilityDays: 400, lastReviewMs: NOW.getTime() - DAY_MS });
    expect(fadingOf([firm], NOW, 'UTC')?.sentence).toMatch(/^Tonight you would recall 100% of it\./);
    const firmer = card({ stabilityDays: 90, lastReviewMs: NOW.getTime() - 45 * DAY_MS });
    expect(fadingOf([firmer], NOW, 'UTC')?.sentence).toMatch(/of it\. By /);
  });

  it('speaks of today before the evening, on the student’s clock', () => {
    expect(fadingOf([card()], NOW, 'America/Los_Angeles')?.sentence).toMatch(/^Today /);
    expect(fadingOf([card()], NOW, 'Not/AZone')?.sentence).toMatch(/^Tonight /);
  });
});

describe('what is not for today', () => {
  it('is remembered for its day alone', () => {
    const cookie = writeNotToday(new Set(['quiz:q|1', 'practise:ärger']), '2026-11-20');
    expect([...readNotToday(cookie, '2026-11-20')]).toEqual(['quiz:q|1', 'practise:ärger']);
    expect(readNotToday(cookie, '2026-11-21').size).toBe(0);
    expect(readNotToday(undefined, '2026-11-20').size).toBe(0);
    expect(readNotToday('%E0%A4%A|%', '2026-11-20').size).toBe(0);
  });

  it('stays a small cookie', () => {
    const many = new Set(Array.from({ length: 500 }, (_, index) => `task:${index}`));
    expect(writeNotToday(many, '2026-11-20').length).toBeLessThan(600);
  });
});
