import { gloss, type Token } from './glossary.ts';
import { nameless } from './people.ts';
import { isTool, type Reader, theReader } from './reader.ts';
import { LEAD } from './subjects.ts';
import type { Meaning, State, ToolName } from './types.ts';

/** Of talk that is none of ours a question is only believed when this is beyond doubt: else the notes are asked. */
const SURELY_ELSEWHERE = 0.6;
/** Less sure than this it is no act of talk. */
const SURELY_SAID = 0.3;
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
  [
    'sendNudge',
    words('§ ¤ partner nudge invite match message group students remind someone request best first'),
  ],
]);
const ASKING = words(
  'what who whom whose which how why when where is are was were do does did can could has have will would should in at to according compare describe explain define outline discuss name state identify calculate summaries',
);
/** Somebody in the sentence, ourselves or others here, without whom no question asks for more than the notes. */
const STUDENT = words(
  'i me my mine we us our you your § ¤ someone anyone else am notes session chapter lecture unit',
);
const ORDERING = words(
  'want make give let lets help show quiz test drill ask turn add could tell search find summarize plan must explain ? save put build remind invite message nudge rebuild update throw hit prove write drop send sum wrap boil check',
);
const REFUSING = words('not no stop forget skip cancel without enough drop');
const REFUSED = words(
  'want make quiz test message nudge plan remind invite summarize send tell give create need',
);
const STATING = words(
  'i we he she they it that this these those the my our your § ¤ nobody everyone her his',
);
const PRAISING = words('nice great cool good lovely cute awesome fine amazing perfect');
const JOINING = words('the a of and in vs for to on');

/** What a sentence asks for: the tool of an order, a search for a question, or a kind of talk. */
export function meaningOf(clause: string, state: State, reader: Reader = theReader()): Meaning {
  const rest = clause.replace(LEAD, '');
  const say = /\S\s+\S/.test(rest) ? rest : clause;
  const known = reader.taught(clause) ?? reader.taught(say) ?? politeWords(clause, rest, state, reader);
  if (known) return known;
  const tokens = gloss(nameless(say, state));
  const likely = reader.meanings(tokens);
  const [top = 'unclear'] = [...likely].sort((a, b) => b[1] - a[1]).map(([meaning]) => meaning);
  const isForeignScript = !/\p{Script=Latin}|\d/u.test(say) && /\p{L}{2}/u.test(say);
  if (isForeignScript || isBareSubject(tokens, reader)) return 'searchNotes';
  if (asksOfTheWorld(tokens, reader))
    return isTool(top) || (likely.get('off-topic') ?? 0) < SURELY_ELSEWHERE ? 'searchNotes' : top;
  if (!isTool(top) && (likely.get(top) ?? 0) < SURELY_SAID) return 'unclear';
  return !ANCHORS.has(top) || isMeant(top, likely.get(top) ?? 0, tokens, reader) ? top : 'unclear';
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
    tokens.every(({ word }) => !/^\p{L}/u.test(word) || reader.isFrame(word));
  // So much a day until then is a plan, told as it may be.
  const isPlan = top === 'createStudyPlan' && tokens.some(({ word }) => /^(?:minutes|hour)$/.test(word));
  if (!isNamed && !isOwn && !isPlan) return false;
  return (isPlan || isWished(tokens, top)) && likely >= SURELY_WANTED / (isOrder(tokens) ? 2 : 1);
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

/** "krebs cycle": a search, the one thing that cannot do harm when misread. */
function isBareSubject(tokens: Token[], reader: Reader): boolean {
  const named = tokens.filter(({ word }) => !JOINING.has(word));
  return (
    named.length > 0 &&
    tokens.length <= 7 &&
    named.every(({ word }) => /^\p{L}/u.test(word) && !reader.isFrame(word)) &&
    named.some(({ word }) => word.length >= 5)
  );
}

const isOrder = (tokens: Token[]): boolean => tokens.some(({ word }) => ORDERING.has(word));

/** Neither refused nor told of what was or is. */
function isWished(tokens: Token[], top: Meaning): boolean {
  const [first = '', second = ''] = tokens.map(({ word }) => word);
  if (REFUSING.has(first)) return false;
  for (const [i, { word }] of tokens.entries())
    if (word === 'not' && REFUSED.has(tokens[i + 1]?.word ?? '')) return false;
  if ((first === 'what' && second === 'if') || first === 'yesterday') return false;
  // "cool quiz" praises one that is there.
  if (PRAISING.has(first) && tokens.length <= 3) return false;
  return !STATING.has(first) || isOrder(tokens) || (top === 'buildLearningProfile' && first === 'my');
}

/** The tool that a clause asks for, or none. */
export function chooseTool(clause: string, state: State): ToolName | undefined {
  const meaning = meaningOf(clause, state);
  return isTool(meaning) ? meaning : undefined;
}
