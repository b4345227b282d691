import { readCountWithin } from '../slots/amounts.ts';
import { isEnglishQuery, terms } from '../text/terms.ts';
import { found, match, patterns, rewritten, says, wordsOf } from '../words.ts';
import { gloss, inOurWords } from './glossary.ts';
import { theReader } from './reader.ts';
import { ask, type Clause, calling, type Filled, LONGEST_QUERY, type ToolName } from './types.ts';

/** Words that ask about a subject without being one: what "it" lasts, costs, causes. */
const RELATION = new Set(terms([...wordsOf('relation')].join(' ')));
const FORMS = wordsOf('forms');
const AROUND_FORMS = wordsOf('around-forms');

/** A question without "and …" before it and the marks behind it. */
const bareOf = (question: string): string =>
  rewritten('opening', question)
    .replace(/[\s?？؟!.]+$/, '')
    .trim();

/** "and when?": nothing but a question word. */
export const isBare = (question: string): boolean => {
  const plain = question.trim();
  const rest = rewritten('opening', plain) || plain;
  return says('bare', rest) || says('bare', inOurWords(rest));
};

/** "simpler", "as a table", "explain it like I am ten", in the languages of the glossary: nothing but a form is named. */
export function asksForForm(say: string): boolean {
  const words = gloss(say).flatMap(({ word }) => (/^\p{L}/u.test(word) ? [word] : []));
  return (
    words.some((word) => FORMS.has(word)) && words.every((word) => FORMS.has(word) || AROUND_FORMS.has(word))
  );
}

/** Whether a question leans on the one before it for its subject. */
export function isElliptical(question: string): boolean {
  const plain = question.trim();
  const rest = rewritten('opening', plain);
  const isOpened = rest !== plain;
  if (isBare(plain) || says('both', rest)) return true;
  if (!isEnglishQuery(rest) && !says('asks-or-tells', rest) && !says('its', rest))
    return (says('foreign-anaphor', rest) || isOpened) && terms(rest).length <= 4;
  const nouns = terms(rest).filter((term) => !RELATION.has(term));
  const anaphor = match('anaphor', rest);
  if (anaphor && !(says('empty-it', rest) && nouns.length >= 2)) {
    const isNamed = says('named', rest.slice(0, anaphor.index));
    if (!isNamed || says('end-anaphor', rest)) return !isNoun(rest, anaphor);
  }
  return (nouns.length === 0 && (isOpened || says('asks-or-tells', rest))) || (isOpened && nouns.length <= 1);
}

/** "the first world war", "that theory of Kant": what follows names the thing itself. */
const isNoun = (question: string, { 0: words, index }: RegExpExecArray): boolean =>
  says('pointing', words) &&
  says('ones-own', question.slice(index + words.length)) &&
  !/\bones?$/i.test(words);

/** What a question is about, as a few words that can stand in the next question's search. */
export const subjectOf = (question: string): string =>
  rewritten('question-opening', bareOf(question)).trim().slice(0, 160);

/** The part of "the difference between mitosis and meiosis" that "the second one" names. */
function named(subject: string, [, first, second, third]: RegExpExecArray): string | undefined {
  const parts = rewritten('between', subject).split(patterns('parts')[0]?.pattern ?? ',');
  const at = [first, second, third].findIndex(Boolean);
  return parts.length > 1 ? parts[at] : undefined;
}

/** A question that leans on what was spoken of, as it can stand alone, and what it then is about. */
export function resolved(
  question: string,
  { subject, earlier = '' }: { subject: string; earlier?: string },
): { query: string; subject: string } {
  const own = bareOf(question);
  const ordinal = match('ordinal', own);
  const part = ordinal && named(subject, ordinal);
  if (ordinal && part) return { query: own.replace(ordinal[0], part), subject: part };
  const [both] = match('both', own) ?? [];
  if (earlier && both)
    return { query: own.replace(both, `${earlier} and ${subject}`), subject: `${earlier} and ${subject}` };
  // "what about demand?" asks the same of another thing.
  if (says('what-about', question.trim()) && !says('anaphor', own) && !isBare(question) && isNaming(own)) {
    const words = subject.split(' ');
    const kept = words.slice(0, -Math.min(own.split(' ').length, Math.max(1, words.length - 1)));
    const other = [...(words.length > 1 ? kept : []), own].join(' ');
    return { query: other, subject: other };
  }
  const said = new Set(terms(own));
  const isSaid = subject === '' || terms(subject).every((term) => said.has(term));
  return { query: isSaid ? own : `${own} (${subject})`, subject };
}

const isNaming = (text: string): boolean =>
  !says('placed', text) && !says('asks-or-tells', text) && terms(text).some((term) => !RELATION.has(term));

const MOST = 50;
const MOST_SUBJECTS = 20;

/** What the sentence names for a tool: topics, goals, what is looked for. */
export const subjectsIn = (say: string, tool: ToolName): string[] =>
  theReader()
    .subjects(say, tool)
    .map((subject) => rewritten('subject', subject))
    .filter((subject) => subject.length > 1 && !says('nobodys', subject))
    .slice(0, MOST_SUBJECTS);

/** Of several the longest: "in my exam on Friday, quiz me on cell division" names the exam only in passing. */
export const subjectIn = (say: string, tool: ToolName): string =>
  subjectsIn(say, tool).reduce((best, subject) => (subject.length > best.length ? subject : best), '');

export function fillSearch(clause: Clause): Filled {
  const query = searched(clause);
  if (query.length < 2) return ask({ tool: 'searchNotes', args: {} }, 'query', clause);
  const limit = readCountWithin(clause.plain, 'results', MOST) ?? 10;
  return calling('searchNotes', { query: query.slice(0, LONGEST_QUERY), limit });
}

function searched({ say, plain, paste }: Clause): string {
  // What stands in quotation marks or behind the colon of an order is what is looked for.
  const quoted = match('quoted-whole', paste)?.[1] ?? found('looked-for', say);
  if (quoted) return quoted.trim();
  if (paste && !paste.includes('\n') && !say.includes('?')) return paste;
  const isAboutNotes = says('of-notes', plain) && (!says('asks', plain) || says('of-notes-alone', plain));
  return (isAboutNotes ? subjectIn(say, 'searchNotes') : '') || wholeQuestion(say);
}

function wholeQuestion(say: string): string {
  const question = rewritten('whole-question', rewritten('lead', say)).trim();
  return says('only-where', question) ? '' : question;
}
