import { among, rewritten, says } from '../words.ts';
import { gloss, type Token } from './glossary.ts';
import { KNOWN_PERSON, nameless } from './people.ts';
import { type Reader, theReader, titlesAsOneWord } from './reader.ts';
import { isTool, type Meaning, type State, type ToolName } from './types.ts';

/** How sure it has to be that a question is none for the notes, by the words in it that may be of them. */
const ELSEWHERE = [0.6, 0.9, 0.93];
/** What makes or changes something has to be meant more likely than not. */
const SURELY_WANTED = 0.5;
const UNNAMED = 0.85;
/** What makes or changes something: only where one of its words is said. */
const MADE: Meaning[] = [
  'generateQuiz',
  'addFlashcards',
  'summarizeSession',
  'buildLearningProfile',
  'createStudyPlan',
  'sendNudge',
];

/** What a sentence asks for: the tool of an order, a search for what names something, or a kind of talk. */
export function meaningOf(clause: string, state: State, reader: Reader = theReader()): Meaning {
  const rest = rewritten('lead', clause);
  const say = /\S\s+\S/.test(rest) ? rest : clause;
  const known = reader.taught(clause) ?? reader.taught(say);
  if (known) return known;
  const tokens = gloss(titlesAsOneWord(nameless(say.replace(/\bthe US\b/g, 'America'), state)));
  const [top, sureness] = likeliest(reader.meanings(tokens));
  const isForeignScript = !/\p{Script=Latin}|\d/u.test(say) && /\p{L}{2}/u.test(say);
  // "osmosis": a search, the one thing that cannot do harm when misread.
  const isLone = tokens.length === 1 && subjectWords(tokens, reader).length === 1;
  if (isForeignScript || isLone) return 'searchNotes';
  const isMade = MADE.includes(top) && isMeant(top, sureness, tokens);
  if (says('task', say) && !(isMade && isOrdering(tokens[0]))) return 'searchNotes';
  const isElsewhere = !isTool(top) && sureness >= (ELSEWHERE[subjectWords(tokens, reader).length] ?? 1);
  if (asksOfTheWorld(tokens, reader)) return isElsewhere ? top : 'searchNotes';
  if (!isMade && !isElsewhere && speaksOfTheWorld(tokens, reader)) return 'searchNotes';
  return isMade || !MADE.includes(top) ? top : 'unclear';
}

const likeliest = (meanings: Map<Meaning, number>): [Meaning, number] =>
  [...meanings].reduce((best, next) => (next[1] > best[1] ? next : best), ['unclear', 0]);

/** Words that may name what notes are about: neither of the frame nor known from talk alone. */
const subjectWords = (tokens: Token[], reader: Reader): Token[] =>
  tokens.filter(
    ({ word }) => /^\p{L}{4}|^\p{L}\d/u.test(word) && !reader.isFrame(word) && !reader.isTalk(word),
  );

/** As many words of a subject are a statement where nobody here is spoken of. */
const A_STATEMENT = 3;

/** "plate tectonics", "X.509 certificates:", a line of a book: nothing is ordered, and a name is all, much is named or left open. */
function speaksOfTheWorld(tokens: Token[], reader: Reader): boolean {
  const named = subjectWords(tokens, reader).length;
  const isName = named > 1 && tokens.filter(({ word }) => !among('linking', word)).length === named;
  if (tokens.some(({ word }) => word === KNOWN_PERSON) || isOrdering(tokens[0])) return false;
  const isLeftOpen = tokens.at(-1)?.word === ':' && named > 0;
  return isLeftOpen || ((named >= A_STATEMENT || isName) && isAlone(tokens));
}

/** Nobody who is here is spoken of. */
const isAlone = (tokens: Token[]): boolean => tokens.every(({ word }) => !among('student-said', word));

/** Whether something is to be made: the sentence wishes it and is sure of it, surer where it names it with none of its words. */
function isMeant(top: Meaning, likely: number, tokens: Token[]): boolean {
  const isNamed = tokens.some(({ word }) => among(`anchors-${top}`, word));
  return isWished(tokens) && likely >= (isNamed ? SURELY_WANTED : UNNAMED);
}

/** An ordinary question: it asks, nobody here is in it, and it names something. */
function asksOfTheWorld(tokens: Token[], reader: Reader): boolean {
  const [first, second] = tokens.filter(({ word }) => !/^[¿¡]$/.test(word));
  // "have to learn …", "do a quiz": begins like a question and is none.
  const isOrder = says('begins-order', `${first?.word} ${second?.word}`);
  const isNaming = tokens.some(({ word }) => /^\p{L}{2}/u.test(word) && !reader.isFrame(word));
  return among('asking', first?.word) && !isOrder && isAlone(tokens) && isNaming;
}

const isOrdering = (token?: Token): boolean => among('ordering', token?.word);
/** "the five-year plan" orders nothing. */
const isOrder = (tokens: Token[]): boolean =>
  tokens.some((token, i) => isOrdering(token) && !/^(?:the|of|-)$/.test(tokens[i - 1]?.word ?? ''));

/** Neither refused nor told of what was or is. */
function isWished(tokens: Token[]): boolean {
  const [first = ''] = tokens.map(({ word }) => word);
  if (among('refusing', first)) return false;
  // "The study of the Marshall plan belongs to …": behind such a beginning an order is a clause of its own.
  if (first === 'the')
    return tokens.some((token, i) => isOrdering(token) && among('clause-end', tokens[i - 1]?.word));
  return !among('stating', first) || isOrder(tokens);
}

/** The tool that a clause asks for, or none. */
export function chooseTool(clause: string, state: State): ToolName | undefined {
  const meaning = meaningOf(clause, state);
  return isTool(meaning) ? meaning : undefined;
}
