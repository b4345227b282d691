import type { RetrievedChunk } from '../../retrieval/search.ts';
import { terms } from '../../retrieval/tokenizer.ts';
import { pathSubject } from '../heading-subject.ts';
import type { TopicMastery as MeasuredTopic } from '../mastery/topics.ts';
import { goalTerms, share } from './goal.ts';

/** A heading of a document with the pages and the amount of text under it. */
export type PlanSection = {
  headingPath: string[];
  page: number | null;
  lastPage: number | null;
  tokens: number;
};
export type PlanDocument = { id: string; title: string; course: string | null; sections: PlanSection[] };
export type PlanDeck = { id: string; name: string; cards: number };
export type PlanQuiz = { id: string; topic: string; questions: number };
/** What the student has to study with. */
export type PlanMaterial = {
  documents: PlanDocument[];
  decks: PlanDeck[];
  quizzes: PlanQuiz[];
  /** What a search found on goals that no heading names, by the goal. */
  found?: ReadonlyMap<string, Reading[]>;
};

/** A topic as it was measured in quizzes, as far as a plan looks at it. */
export type TopicMastery = Pick<MeasuredTopic, 'topic' | 'average' | 'answers' | 'certainty' | 'contestedAt'>;

/** Something to read, with the page where it begins. */
export type Reading = {
  docId: string;
  subject: string;
  page: number | null;
  lastPage: number | null;
  minutes: number;
  /** Why it comes before the other pages of its goal; null when it does not. */
  weakness: string | null;
};
export type GoalMaterial = { readings: Reading[]; deck: PlanDeck | null; quiz: PlanQuiz | null };

/** Reading to learn, with notes taken: about 120 words a minute. */
const TOKENS_PER_MINUTE = 160;
const CHARACTERS_PER_TOKEN = 4;
/** From which share of its terms on a goal is about a text: two of three, but not one of two. */
const ENOUGH = 0.6;
const SHORT_DOCUMENT_MINUTES = 15;
/** A page of links or a bare heading is no reading. */
const LEAST_TOKENS = 40;

/** References, contents and the like: the deepest heading names a part of a book, and none above it a subject. */
const isPartOfBook = (section: PlanSection) => {
  const last = section.headingPath.at(-1);
  return (
    last !== undefined &&
    /^(?:references|bibliography|contents|index|copyright|licen[cs]e|answers)\b/i.test(last)
  );
};

function readingOf(document: PlanDocument, section: PlanSection): Reading {
  return {
    docId: document.id,
    subject: pathSubject(section.headingPath) ?? document.title,
    page: section.page,
    lastPage: section.lastPage,
    minutes: Math.max(1, Math.round(section.tokens / TOKENS_PER_MINUTE)),
    weakness: null,
  };
}

/** The sections a goal is about: those that name it, else the whole of a document that does. */
function readingsIn(document: PlanDocument, goal: ReadonlySet<string>): Reading[] {
  const sections = document.sections.filter(
    (section) => section.tokens >= LEAST_TOKENS && !isPartOfBook(section),
  );
  const around = new Set(terms(`${document.title} ${document.course ?? ''}`));
  const wholeDocument = goal.size === 0 ? 1 : share(goal, around);
  const named = sections.filter((section) => {
    const path = new Set(terms(section.headingPath.join(' ')));
    const together = share(goal, new Set([...path, ...around]));
    return together > wholeDocument && together >= ENOUGH && share(goal, path) > 0;
  });
  if (named.length > 0) return named.map((section) => readingOf(document, section));
  if (wholeDocument < ENOUGH) return [];
  const readings = sections.map((section) => readingOf(document, section));
  const minutes = readings.reduce((sum, reading) => sum + reading.minutes, 0);
  const first = readings[0];
  // A few pages are read in one go, and named by what they are.
  return first && readings.length > 1 && minutes <= SHORT_DOCUMENT_MINUTES
    ? [{ ...first, subject: document.title, lastPage: readings.at(-1)?.lastPage ?? null, minutes }]
    : readings;
}

/** Passages that speak of a goal under other headings, one reading for each heading. */
export function readingsOf(passages: readonly RetrievedChunk[]): Reading[] {
  const sections = Map.groupBy(passages, ({ docId, headingPath }) => JSON.stringify([docId, headingPath]));
  return [...sections.values()].flatMap((section) => {
    const [first] = section;
    if (!first) return [];
    const characters = section.reduce((sum, { text }) => sum + text.length, 0);
    const pages = section.flatMap(({ page, pageEnd }) => (page === null ? [] : [page, pageEnd ?? page]));
    return {
      docId: first.docId,
      subject: pathSubject(first.headingPath) ?? first.title,
      page: pages.length > 0 ? Math.min(...pages) : null,
      lastPage: pages.length > 0 ? Math.max(...pages) : null,
      minutes: Math.max(1, Math.round(characters / CHARACTERS_PER_TOKEN / TOKENS_PER_MINUTE)),
      weakness: null,
    };
  });
}

/** What there is for a goal in the student's library, in the order of the books. */
export function materialFor(goal: string, material: PlanMaterial): GoalMaterial {
  const { documents, decks, quizzes, found } = material;
  const wanted = goalTerms(goal);
  const matches = (name: string) => share(wanted, new Set(terms(name))) >= ENOUGH;
  const named = documents.flatMap((document) => readingsIn(document, wanted));
  return {
    readings: named.length > 0 ? named : (found?.get(goal) ?? []),
    deck: decks.find(({ name, cards }) => cards > 0 && matches(name)) ?? null,
    quiz: quizzes.find(({ topic }) => matches(topic)) ?? null,
  };
}
