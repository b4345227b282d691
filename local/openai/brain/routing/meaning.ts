import { titlesAsOneWord } from '../slots/goals.ts';
import { gloss, type Token } from './glossary.ts';
import { KNOWN_PERSON, nameless } from './people.ts';
import { type Reader, theReader } from './reader.ts';
import { LEAD } from './subjects.ts';
import { isTool, type Meaning, type State, type ToolName } from './types.ts';

/** How sure it has to be that a question is none for the notes, by the words in it that may be of them. */
const ELSEWHERE = [0.6, 0.9, 0.93];
/** What makes or changes something has to be meant more likely than not. */
const SURELY_WANTED = 0.5;

const words = (list: string): Set<string> => new Set(list.split(' '));
/** What makes or changes something is only made where one of its words is said. */
const ANCHORS = new Map<Meaning, Set<string>>([
  [
    'generateQuiz',
    words(
      'quiz test tests questions drill ask practise exam know check remember understand evaluate examine prove tested exercises trivia learned q',
    ),
  ],
  ['addFlashcards', words('flashcards cards front memorize memorise remember learn study cloze save add')],
  [
    'summarizeSession',
    words(
      'summarize summary session short points sum brief key main takeaway outline wrap sentences bullets bottom lines learn cover did done discussed minutes conclusions essence tell what notes away',
    ),
  ],
  [
    'buildLearningProfile',
    words(
      'weak strong progress profile study wrong improve focus ready exam topics topic subject subjects know good bad mistakes hard make doing next test quiz chapter better best history points priority prepared struggle learning missing going recommend knowledge level math biology chemistry skills stand well concentrate practise master',
    ),
  ],
  [
    'createStudyPlan',
    words(
      'plan exam study minutes hour days test prepare practise week finish organise organize split structure spread goals',
    ),
  ],
  ['sendNudge', words('nudge invite message remind tell ask write send let request group match partner')],
]);
const ASKING = words(
  'what who whom whose which how why when where is are was were do does did can could has have will would should in at to according compare describe explain define outline discuss name state identify calculate summaries',
);
/** Somebody in the sentence, ourselves or others here, without whom no question asks for more than the notes. */
const STUDENT = words(
  'i me my mine we us our you your § ¤ someone anyone else am notes session chapter lecture unit',
);
const WISHING = words('please make give plan quiz flashcards cards summarize');
const CLAUSE = words(', . ; : ! ? please and you');
const SELF = words('i me my mine ¤');
const ORDERING = words(
  'want make give let lets help show quiz test drill ask turn add could tell search find summarize plan must explain ? save put build remind invite message nudge rebuild update throw hit prove write drop send sum wrap boil check',
);
const REFUSING = words('not no stop forget skip cancel without enough drop');
const STATING = words(
  'i we he she they it that this these those the my our your § ¤ nobody everyone her his',
);
const PRAISING = words('nice great cool good lovely cute awesome fine amazing perfect');

/** A gap to fill, a choice of answers, a statement to judge: only tasks of exams and textbooks are written so. */
const TASK =
  /\((?:pick|choose|select|mark|tick)\b[^)]*\)|_{2,}|\.{4,}|…\s*[.?]?$|\b(?:which|what|all|one|none) of the following\b|^(?:true or false|true\/false|t\/f|richtig oder falsch|wahr oder falsch|vrai ou faux|verdadero o falso)\b/iu;

/** What a sentence asks for: the tool of an order, a search for what names something, or a kind of talk. */
export function meaningOf(clause: string, state: State, reader: Reader = theReader()): Meaning {
  const rest = clause.replace(LEAD, '');
  const say = /\S\s+\S/.test(rest) ? rest : clause;
  const known = reader.taught(clause) ?? reader.taught(say) ?? politeWords(clause, rest, state, reader);
  if (known) return known;
  const tokens = gloss(titlesAsOneWord(nameless(say, state)));
  const likely = reader.meanings(tokens);
  const [top = 'unclear'] = [...likely].sort((a, b) => b[1] - a[1]).map(([meaning]) => meaning);
  const sureness = likely.get(top) ?? 0;
  const isForeignScript = !/\p{Script=Latin}|\d/u.test(say) && /\p{L}{2}/u.test(say);
  const [lone] = tokens.length === 1 ? tokens : [];
  // "osmosis": a search, the one thing that cannot do harm when misread.
  const isLone =
    lone && /^\p{L}{5}/u.test(lone.word) && !reader.isFrame(lone.word) && !reader.isTalk(lone.word);
  if (isForeignScript || isLone) return 'searchNotes';
  const isMade = ANCHORS.has(top) && isMeant(top, sureness, tokens, reader);
  if (TASK.test(say) && !(isMade && isOrderedFirst(tokens))) return 'searchNotes';
  const isElsewhere = !isTool(top) && sureness >= (ELSEWHERE[subjectWords(tokens, reader).length] ?? 1);
  if (asksOfTheWorld(tokens, reader)) return isElsewhere ? top : 'searchNotes';
  if (!isMade && !isElsewhere && speaksOfTheWorld(tokens, reader)) return 'searchNotes';
  return isMade || !ANCHORS.has(top) ? top : 'unclear';
}

/** Words that may name what notes are about: neither of the frame nor known from talk alone. */
const subjectWords = (tokens: Token[], reader: Reader): Token[] =>
  tokens.filter(
    ({ word }) => /^\p{L}{4}|^\p{L}\d/u.test(word) && !reader.isFrame(word) && !reader.isTalk(word),
  );

/** As many words of a subject are a statement where nobody here is spoken of, and so many are a text whoever speaks in it. */
const A_STATEMENT = 3;
const LINKING = words('the of and in a de la der die das du');
const A_TEXT = 5;

/** "the SPI protocol supports:", a line of a book, a claim to look up: nothing is ordered, and much is named. */
function speaksOfTheWorld(tokens: Token[], reader: Reader): boolean {
  const named = subjectWords(tokens, reader).length;
  if (tokens.some(({ word }) => word === KNOWN_PERSON) || isOrderedFirst(tokens)) return false;
  if (named >= A_TEXT) return true;
  if (tokens.some(({ word }) => SELF.has(word))) return false;
  if (tokens.at(-1)?.word === ':') return named > 0;
  // "plate tectonics", "the Marshall Plan": nothing but a name.
  const isName = named > 0 && tokens.length - tokens.filter(({ word }) => LINKING.has(word)).length === named;
  return (named >= A_STATEMENT || (isName && named > 1)) && tokens.every(({ word }) => !STUDENT.has(word));
}

/** "bonjour tout le monde", "thanks, that helps": a greeting with a few words behind it is all of it. */
function politeWords(clause: string, rest: string, state: State, reader: Reader): Meaning | undefined {
  if (rest === clause || rest.split(/\s+/).length > 3 || /\?\s*$/.test(rest)) return undefined;
  const likely = reader.meanings(gloss(nameless(clause, state)));
  return (['greeting', 'thanks', 'bye'] as const).find((act) => (likely.get(act) ?? 0) >= SURELY_WANTED);
}

/** Whether something is to be made: the sentence names it, wishes it, and is sure enough of it. */
function isMeant(top: Meaning, likely: number, tokens: Token[], reader: Reader): boolean {
  const anchor = ANCHORS.get(top);
  const isNamed = tokens.some(({ word }) => anchor?.has(word));
  // One's own standing is asked for in many words, but only in such as are ours.
  const isOwn =
    top === 'buildLearningProfile' &&
    tokens.length > 3 &&
    tokens.every(({ word }) => !/^\p{L}/u.test(word) || reader.isFrame(word));
  // So much a day until then is a plan, told as it may be.
  const isPlan = top === 'createStudyPlan' && tokens.some(({ word }) => /^(?:minutes|hour)$/.test(word));
  if (!isNamed && !isOwn && !isPlan) return false;
  // A line of a book that speaks of weeks, tests or cards is none.
  const isText = subjectWords(tokens, reader).length >= A_TEXT;
  if (isText && tokens.every(({ word }) => !STUDENT.has(word) && !WISHING.has(word))) return false;
  return (isPlan || isWished(tokens, top)) && likely >= SURELY_WANTED / (isOrder(tokens) && !isText ? 2 : 1);
}

/** "have to learn …", "do a quiz": begins like a question and is none. */
const ORDERED = /^(?:(?:have|has) to|do (?:a|an|some|me|\d+))$/;

/** An ordinary question: it asks, nobody here is in it, and it names something. */
function asksOfTheWorld(tokens: Token[], reader: Reader): boolean {
  const [first, second] = tokens.filter(({ word }) => !/^[¿¡]$/.test(word));
  const asks =
    (ASKING.has(first?.word ?? '') && !ORDERED.test(`${first?.word} ${second?.word}`)) ||
    (tokens.at(-1)?.word === '?' &&
      !isOrder(tokens.slice(0, -1)) &&
      /^(?:the|a)$/.test(first?.word ?? second?.word ?? ''));
  const isAlone = tokens.every(({ word }) => !STUDENT.has(word));
  return asks && isAlone && tokens.some(({ word }) => /^\p{L}{2}/u.test(word) && !reader.isFrame(word));
}

const isOrdering = ({ word }: Token): boolean => ORDERING.has(word);
/** "make …", "can you make …", as against "plants need …". */
const isOrderedFirst = ([first, second, ...rest]: Token[]): boolean =>
  (first !== undefined && isOrdering(first)) ||
  (/^(?:can|could|would|will|please)$/.test(first?.word ?? '') &&
    [second, ...rest.slice(0, 2)].some((token) => token && isOrdering(token)));
/** "the five-year plan" orders nothing. */
const isOrder = (tokens: Token[]): boolean =>
  tokens.some((token, i) => isOrdering(token) && !/^(?:the|of|-)$/.test(tokens[i - 1]?.word ?? ''));

/** Neither refused nor told of what was or is. */
function isWished(tokens: Token[], top: Meaning): boolean {
  const [first = '', second = ''] = tokens.map(({ word }) => word);
  if (REFUSING.has(first)) return false;
  if ((first === 'what' && second === 'if') || first === 'yesterday') return false;
  // "cool quiz" praises one that is there.
  if (PRAISING.has(first) && tokens.length <= 3) return false;
  // "The study of the Marshall plan belongs to …": behind such a beginning an order is a clause of its own.
  if (first === 'the')
    return tokens.some((token, i) => isOrdering(token) && CLAUSE.has(tokens[i - 1]?.word ?? ''));
  return !STATING.has(first) || isOrder(tokens) || (top === 'buildLearningProfile' && first === 'my');
}

/** The tool that a clause asks for, or none. */
export function chooseTool(clause: string, state: State): ToolName | undefined {
  const meaning = meaningOf(clause, state);
  return isTool(meaning) ? meaning : undefined;
}
