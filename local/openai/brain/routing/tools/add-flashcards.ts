import { readCards, readDictatedCards } from '../../slots/cards.ts';
import { clamp, readCount } from '../../slots/numbers.ts';
import { CARD_TOPIC, findTopic } from '../topic.ts';
import { ask, type Clause, type Filled, type ToolRules } from '../types.ts';
import { frame, MAKE, PRONOUN } from '../vocabulary.ts';

const USUAL_CARDS = 10;
const MOST_CARDS = 100;

export const addFlashcards: ToolRules = {
  tool: 'addFlashcards',
  frames: [
    frame(
      3,
      String.raw`\b${MAKE}\b[^.?!\n]{0,70}?\b(?:flash ?-?cards?|anki)\b`,
      String.raw`\b(?:flash ?-?cards?|anki (?:cards?|deck))\b\s*(?:on|about|for|from|of|out of|covering|with|please|:)`,
    ),
    frame(
      3,
      String.raw`\b(?:add|save|create|make|new|put)\b[^.?!\n]{0,40}\bcards?\b(?! game)`,
      String.raw`\b(?:add|save|put) (?:this|these|that|it|them|\w+ and \w+)?[^.?!\n]{0,50}\b(?:to|into|in|as) (?:my |a |the )?(?:\w+ )?(?:deck|cards?|flash ?cards?|anki)\b`,
      String.raw`\bfront ?[:=]|\bcards?:\s|\bflash ?cards?[.!?]?$`,
    ),
  ],
  fill({ say, paste, inherited, state }: Clause): Filled {
    const cards = paste ? readCards(paste) : readDictatedCards(say);
    if (cards.length > 0) return { calls: [{ tool: 'addFlashcards', args: { cards } }] };
    const earlier = PRONOUN.test(say) || inherited ? inherited || state.subject : '';
    const topic = findTopic(say, CARD_TOPIC) || earlier;
    const n = clamp(readCount(say, 'cards?|flash ?-?cards?|anki') ?? USUAL_CARDS, 1, MOST_CARDS);
    if (paste) return { calls: [{ tool: 'addFlashcards', args: { text: paste, n }, fromSearch: true }] };
    if (topic) return { calls: cardsFromNotes(topic, n) };
    return ask(
      { tool: 'addFlashcards', args: {} },
      'topic',
      'Flashcards on which topic? Or give me the front and the back of each card.',
    );
  },
};

export function cardsFromNotes(topic: string, n = USUAL_CARDS): Extract<Filled, { calls: unknown }>['calls'] {
  return [
    { tool: 'searchNotes', args: { query: topic, limit: 10 } },
    { tool: 'addFlashcards', args: { topic, n }, fromSearch: true },
  ];
}
