import { isEnglishQuery, terms } from '../text/terms.ts';
import { among, match, rewritten, says, which, wordsOf } from '../words.ts';

/** One thing a question asks about: a word with its prefix form, or one bigram. Any form found counts as found. */
export type Unit = { forms: string[]; isName: boolean };

export type Asked = { question: string; units: Unit[]; isEnglish: boolean };

/** Words that shape a question but say nothing about its subject. */
const SHAPE = new Set(terms([...wordsOf('shape')].join(' ')));

export function readQuestion(question: string): Asked {
  const isEnglish = isEnglishQuery(question);
  const subject = rewritten('shape-phrase', question);
  const words = isEnglish
    ? subject
    : subject.replace(/[\p{L}\p{M}'’-]+/gu, (word) =>
        among('shape-elsewhere', word.toLowerCase()) ? ' ' : word,
      );
  const names = namesIn(question);
  const units: Unit[] = [];
  for (const term of terms(words, { prefixes: !isEnglish })) {
    const last = units.at(-1);
    if (term.startsWith('~')) last?.forms.push(term);
    else if (!units.some((unit) => unit.forms[0] === term))
      units.push({ forms: formsOf(term), isName: names.has(term) });
  }
  // "What is working memory?": before the word that it goes with, such a word is half of a name.
  const name = new Set(terms(match('asks-name', question)?.[1] ?? ''));
  const telling = units.filter(({ forms: [form = ''] }) => !SHAPE.has(form) || name.has(form));
  return { question, units: telling.length > 0 ? telling : units, isEnglish };
}

/** "covid19" is written "COVID-19" elsewhere, and then stands in the text as two words. */
function formsOf(term: string): string[] {
  const letters = /^([a-z]{3,})\d+$/.exec(term)?.[1];
  return letters ? [term, letters] : [term];
}

/** Words written with a capital or a digit inside the question name something particular. */
function namesIn(question: string): Set<string> {
  const words = question.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu) ?? [];
  return new Set(words.flatMap((word, i) => (i > 0 && /^\p{Lu}|\d/u.test(word) ? terms(word) : [])));
}

/** The kind of a question, as the file of words names it; "thing" for any other. */
export function questionKind(question: string): string {
  const plain = question.toLowerCase().trim();
  const kind = which('question', plain);
  if ((!kind || ['definition', 'list', 'manner'].includes(kind)) && says('in-order', plain)) return 'list';
  // A bare subject asks what it is.
  return kind ?? (/^[\w'-]+(?: [\w'-]+){0,2}$/.test(plain) ? 'definition' : 'thing');
}

const SIGNED = ['person', 'place', 'reason', 'manner', 'list'];

/** What a sentence shows when it can answer a question of that kind. "When" may ask for an event or a stage as well as for a date. */
export function signOf(question: string, kind: string): string | null {
  if (kind === 'time') return says('asks-when', question) ? 'moment' : 'time';
  if (kind === 'number') return says('how-long', question) ? 'duration' : 'number';
  return SIGNED.includes(kind) ? `sign-${kind}` : null;
}
