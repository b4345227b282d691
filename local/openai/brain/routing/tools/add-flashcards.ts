import { readCards, readDictatedCards } from '../../slots/cards.ts';
import { clamp, readCount } from '../../slots/minutes.ts';
import { leftover } from '../leftover.ts';
import { CARD_TOPIC, findTopic } from '../topic.ts';
import { ask, type Call, type Clause, type Filled, type ToolRules } from '../types.ts';
import { frame, MAKE, PRONOUN, unless } from '../vocabulary.ts';
import { WEAK_SUBJECT } from './build-learning-profile.ts';

const USUAL_CARDS = 10;
const MOST_CARDS = 100;
const CARDS = String.raw`(?:flash ?-?cards?|index cards?|memory cards?|revision cards?|study cards?|cloze(?: cards?| deletions?)?|anki(?: cards?| deck)?|(?<!credit |playing |library |graphics |sim |gift |birthday |post|score|id |report |bank |debit |trading |christmas |greeting |business |sd |sound |video |yellow |red )cards?(?! games?| tricks?| payments?| numbers?| readers?))`;
const COUNTED = String.raw`cards?|flash ?-?cards?|anki|pieces|terms|of them|items|ones`;

/** "new deck: organic functional groups": a few words behind a colon name what the cards are about. */
const SUBJECT_LINE = /^(?:[\p{L}\d][\p{L}\d'’&+#.-]* ?){1,8}$/u;

export const addFlashcards: ToolRules = {
  tool: 'addFlashcards',
  frames: [
    unless(
      frame(
        3,
        String.raw`\b(?:${MAKE}|put|new|help me (?:to )?(?:memori[sz]e|learn|remember)|memori[sz]e|let's)\b[^.?!\n]{0,70}?\b${CARDS}(?![\p{L}])`,
        String.raw`(?:^|\s)(?:flash ?-?cards?|anki (?:cards?|deck)|cards)\b\s*(?:on|about|for|from|of|out of|covering|with|please|to|:)`,
        String.raw`\b(?:in)?to (?:some |my |a |the )?(?:flash ?-?)?cards?\b|\bas (?:flash ?-?)?cards\b`,
        String.raw`\b(?:add|save|put|store|note)\b[^.?!\n]{0,60}\b(?:to|into|in|as|on) (?:my |a |the )?(?:\w+ )?(?:deck|cards?|flash ?cards?|anki|card pile|collection)\b`,
        String.raw`\bfront ?[:=]|\bcards?:\s|\bflash ?cards?(?: too| as well| please| instead)?[.!?]?$`,
      ),
      String.raw`\b(?:on|on the|against) the cards\b|\bhouse of cards\b|\bcards? against\b`,
    ),
  ],
  hints: [
    unless(
      frame(
        1.9,
        String.raw`\b${CARDS}(?![\p{L}])|\b(?:a |new |my )?decks?\b(?: (?:on|about|for|of|from)|$)|\bas q ?(?:&|and|n) ?a\b`,
      ),
      String.raw`^(?:what|who|when|where|why|which|how)\b(?! about)|\bdeck of\b`,
    ),
  ],
  fill(clause: Clause): Filled {
    const { say, whole, inherited, state } = clause;
    const named = SUBJECT_LINE.exec(clause.paste)?.[0] ?? '';
    const paste = named ? '' : clause.paste;
    const cards = paste ? readCards(paste) : readDictatedCards(say);
    if (cards.length > 0) return { calls: [{ tool: 'addFlashcards', args: { cards } }] };
    const n = clamp(
      readCount(say, COUNTED) ?? readCount(whole, COUNTED) ?? afterComma(whole) ?? USUAL_CARDS,
      1,
      MOST_CARDS,
    );
    if (paste) return { calls: [{ tool: 'addFlashcards', args: { text: paste, n }, needs: 'passages' }] };
    if (WEAK_SUBJECT.test(say)) return { calls: cardsFromWeakSpots(n) };
    const earlier = PRONOUN.test(say) || inherited ? inherited || state.subject : '';
    const topic =
      findTopic(named, [/^(.+)$/]) ||
      findTopic(say, CARD_TOPIC) ||
      (whole === say ? '' : findTopic(whole, CARD_TOPIC)) ||
      earlier ||
      leftover(whole) ||
      state.subject;
    if (topic) return { calls: cardsFromNotes(topic, n) };
    return ask(
      { tool: 'addFlashcards', args: {} },
      'topic',
      'Flashcards on which topic? Or give me the front and the back of each card.',
    );
  },
};

const afterComma = (say: string): number | undefined => {
  const digits = /,\s*(?:like |about |maybe |around |just |say )?(\d{1,3})(?: of them)?\W*$/i.exec(say)?.[1];
  return digits ? Number(digits) : undefined;
};

export function cardsFromNotes(topic: string, n = USUAL_CARDS): Call[] {
  return [
    { tool: 'searchNotes', args: { query: topic, limit: 10 } },
    { tool: 'addFlashcards', args: { topic, n }, needs: 'passages' },
  ];
}

/** What went wrong is in the profile; what is right about it is in the notes. */
const cardsFromWeakSpots = (n: number): Call[] => [
  { tool: 'buildLearningProfile', args: { forceRebuild: false } },
  { tool: 'searchNotes', args: { limit: 10 }, needs: 'profile' },
  { tool: 'addFlashcards', args: { n }, needs: 'passages' },
];
