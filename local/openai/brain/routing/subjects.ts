import { readCountWithin } from '../slots/minutes.ts';
import { gloss, inOurWords } from './glossary.ts';
import { theReader } from './reader.ts';
import { ask, type Clause, calling, type Filled, type ToolName } from './types.ts';

const MOST = 50;
const LONGEST_QUERY = 300;

/** Words before what is really said. */
export const LEAD =
  /^(?:(?:hey|hi|hello|ok|okay|so|well|please|now|also|and|then|alright|right|yes|yeah|yo|clerva|um+|oh|thanks|thank you|great|cool|nice|perfect|btw|by the way|actually|anyway|sorry|quick question|good (?:morning|afternoon|evening)|dear(?: \w+)?|(?:no,? )?wait|mate|bro|dude|guys|sir|there|hallo|bitte|danke|salut|bonjour|merci|hola|gracias|por favor|oye)[,!.: ]+)+/i;

const MOST_SUBJECTS = 20;

/** "the lecture on X" is asked about for the sake of X. */
const CONTAINER =
  /^(?:(?:die|der|das|den|dem|la|le|el|los|las|del|du|meinen?|meiner|mes|mis) )?(?:chapter|unit|lecture|class|lesson|section|part|passage|place|paper|article|file|document|slides|notes|anything|everything|vorlesung|stunde|skript|kapitel|stelle|teil|abschnitt|datei|notizen|leçon|cours|chapitre|partie|fichier|clase|tema|lección|parte|pasaje|archivo|apuntes) (?:on|about|regarding|covering|über|zu|zur|zum|sur|sobre|de|des|d')\s*(?:(?:the|la|le|les|el|los|las|die|das|den) |l')?/iu;
/** "torque in my notes": where it stands is not what it is. */
const PLACE = /\s(?:of|in|from|out of) my (?:notes|slides|files?|documents?|script)$/i;

/** "what I got wrong", "what we did": it points at the talk or the profile, and names nothing. */
const NOBODYS = /^what(?:ever)? (?:i|we)\b/i;

/** What the sentence names for a tool: topics, goals, what is looked for. */
export const subjectsIn = (say: string, tool: ToolName): string[] =>
  theReader()
    .subjects(say, tool)
    .map((subject) =>
      subject
        .replace(/^["'“”«»¿¡\s]+|["'“”«»\s.,;:!?([{–-]+$/g, '')
        .replace(/^(?:the|my|our|some|an?) (?=\S)/, '')
        .replace(PLACE, '')
        .replace(/-(?:klausur|prüfung|test)$|\s+[x×]\s?\d+$/i, '')
        .replace(CONTAINER, '')
        .replace(/,? (?:nothing|but|not too|please|only|just)\b.*$/, ''),
    )
    .filter((subject) => subject.length > 1 && !NOBODYS.test(subject))
    .slice(0, MOST_SUBJECTS);

/** Of several the longest: "in my exam on Friday, quiz me on cell division" names the exam only in passing. */
export const subjectIn = (say: string, tool: ToolName): string =>
  subjectsIn(say, tool).reduce((best, subject) => (subject.length > best.length ? subject : best), '') ||
  (NAMED_BEHIND.has(tool) ? behindOrder(say) : '');

const NAMED_BEHIND = new Set<ToolName>(['generateQuiz', 'addFlashcards', 'summarizeSession']);
const NO_NAME =
  /^\W*$|^(?:of |for )*(?:\d|(?:it|this|that|these|those|them|my|me|our|us|you|your|we|what|whatever|everything|anything|all|please|briefly|quickly|again|now|so|the (?:same|above|last|most)|each|every|(?:sun|mon|tues|wednes|thurs|fri|satur)day|today|tomorrow|tonight)\b)/i;

/** "summarize friends", "quiz me on chat": a word of ours that stands where only a subject can. */
function behindOrder(say: string): string {
  const order = gloss(say).findLast(({ word }) => /^(?:on|about|summarize)$/.test(word));
  const rest = order
    ? say
        .slice(order.end)
        .replace(/[\s.!?]+$/, '')
        .trim()
    : '';
  return NO_NAME.test(inOurWords(rest)) || rest.split(' ').length > 3 ? '' : rest;
}

/** Said of the notes themselves, as against a question whose answer may stand in them. */
const SPEAKS_OF_NOTES =
  /\b(?:notes|search|find|show|written|wrote|noted|mention\w*|lecture|class|course|passages?|page|slides)\b/i;
const ASKS = /^(?:what|who|which|how|why|when|where|is|are|do|does|did|can)\b/i;
const ONLY_WHERE =
  /^(?:(?:search|find|look|check|in|through|my|the|all|our|for) )*(?:notes?|documents?|files?|slides)?$/iu;

export function fillSearch(clause: Clause): Filled {
  const query = searched(clause);
  if (query.length < 2) return ask({ tool: 'searchNotes', args: {} }, 'query', clause);
  const limit = readCountWithin(
    clause.plain,
    'results?|progress|passages?|chunks?|quotes?|hits|matches|excerpts?',
    MOST,
  );
  return calling('searchNotes', { query: query.slice(0, LONGEST_QUERY), limit: limit ?? 10 });
}

function searched({ say, plain, paste }: Clause): string {
  // What stands in quotation marks or behind the colon of an order is what is looked for.
  const quoted =
    /^["«„](.+)["»“]\s*$/.exec(paste)?.[1] ??
    /["«„]([^"\n»“]{8,})["»“]|(?<=\s)'([^'\n]{6,})'(?=[\s,.?]|$)/.exec(say)?.slice(1).find(Boolean);
  if (quoted) return quoted.trim();
  if (paste && !paste.includes('\n') && !say.includes('?')) return paste;
  const isAboutNotes =
    SPEAKS_OF_NOTES.test(plain) &&
    !(ASKS.test(plain) && !/\bnotes|written|wrote|lecture|class|course|page\b/i.test(plain));
  return (isAboutNotes ? subjectIn(say, 'searchNotes') : '') || wholeQuestion(say);
}

function wholeQuestion(say: string): string {
  const question = say
    .replace(LEAD, '')
    .replace(
      /^(?:(?:can|could|would|will) you |please |pls |tell me (?:about )?|help me (?:to )?(?:understand |with )|i (?:want|need) to know |do you know |look up )+/i,
      '',
    )
    .replace(/^[¿¡\s]+|[\s?？؟!.]+$/g, '')
    .trim();
  return ONLY_WHERE.test(question) ? '' : question;
}
