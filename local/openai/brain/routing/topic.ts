import { LEVEL, NUMBER } from '../slots/numbers.ts';
import { LEAD, NOTES } from './vocabulary.ts';

const any = (...ways: string[]): RegExp => new RegExp(ways.join('|'), 'iu');

/** Where a topic ends and the rest of the order begins. */
const END = any(
  String.raw`\s*(?:[.;!?]|,\s*(?:then|and then|please|make|with|at|give|but|so|i |my |it |hard|easy|medium|mixed|level|difficult|difficulty|\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|just|only|not|nothing)\b|each))`,
  String.raw`\s(?:with|using|at|in|of) (?:a |an |the |some )?(?:\d+|dozen|couple|few|five|ten|easy|medium|hard|mixed|high|low|twenty|fifteen|multiple|difficulty)\b`,
  String.raw`\s[-–—]\s`,
  String.raw`\sso (?:that )?(?:i|we)\b|\s(?:that|which|who) (?:are|is|can)\b|\sbecause\b`,
  String.raw`\s(?:before|by|until|for|due) (?:my |the |an? )?(?:next |upcoming )?(?:exam|test|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|midterm|final|class|tonight|\d)`,
  String.raw`\bplease\b|\bpls\b|\bthanks\b|\band then\b|\bthen (?:quiz|make|test|give)|\band (?:make|quiz|test|give|create|send|add|show)\b`,
);

/** Words that stand before a topic without being part of it. */
const BEFORE =
  /^(?:(?:the|my|our|some|all|all of|about|on|of|topic|subject|this topic|chapter on|everything (?:about|on|in)|notes (?:on|about|from)|(?:my|the) notes (?:on|about|for|from)|uploaded)\s+)+/i;

/** Says where to look or how, and names no topic. */
const NO_TOPIC = any(
  `^(?:it|this|that|them|these|those|the above|above|everything|all|me|myself|stuff|notes?|my notes|the notes|${NOTES}|it all|all of it|the same(?: topic| thing)?|same|topic|that topic|this topic|today|what (?:i|we) (?:just )?.*|(?:${LEVEL})(?: ones| questions| difficulty| level)?|exam|the exam|my exam|fun|practice|front.*)$`,
);

/** The first of some patterns that finds a topic, cleaned; empty when none does. */
export function findTopic(say: string, patterns: RegExp[]): string {
  const plain = say.replace(LEAD, '');
  for (const pattern of patterns) {
    const raw = pattern.exec(plain)?.[1];
    if (!raw) continue;
    const topic = cleanTopic(raw);
    if (topic) return topic;
  }
  return '';
}

function cleanTopic(raw: string): string {
  const [cut = ''] = raw.split(END);
  const topic = cut
    .replace(BEFORE, (lead) => (/chapter/i.test(lead) ? 'chapter ' : ''))
    .replace(any(String.raw`\s+(?:${NOTES})$`), (tail) => (/lecture|slides/i.test(tail) ? tail : ''))
    .replace(/^(["'])(.+?)\1.*$/, '$2')
    .replace(/^["']|["']$/g, '')
    .replace(/^(?:me|us)\b\s*/i, '')
    .replace(/\b(?:right )?now$|\b(?:again|too|instead|quickly)$/i, '')
    .replace(/[\s,:-]+$/, '')
    .trim();
  return NO_TOPIC.test(topic) ? '' : topic.slice(0, 160);
}

const QUIZ_NOISE = String.raw`(?:a|an|the|me|some|my|quick|short|hard|easy|medium|mixed|pop|practice|mock|multiple|choice|test|question|start|take|make|give|create|do|want|need|another|final|more|please|longer|little|new|random|review|i|let's|for)\b`;

export const QUIZ_TOPIC: RegExp[] = [
  /\b(?:quiz|test|drill|grill|examine|question|challenge) (?:me|us|myself)(?: now| again| quickly| please| hard)?(?: (?:with|using) .{0,40}?(?:questions?|ones|items|problems?))?(?: (?:on|about|over|for|in|from|covering|of|regarding|with|against)|:)\s+(.+)/i,
  /\b(?:knowledge|understanding|memory|grasp|skills) (?:of|on|in|about)\s+(.+)/i,
  /\b(?:quiz(?:zes)?|mcqs?|questions?|problems?|tests?|exams?|ones|self-test)\b[^.?!]{0,25}?\b(?:on|about|over|covering|for|from|of|regarding|around|based on|in|out of|re)\s+(.+)/i,
  /\bquiz(?:zes)?\s*[:–-]\s*(.+)/i,
  /\b(?:if|whether|how much|how well) i (?:really )?(?:know|understand|remember)(?: about)?\s+(.+)/i,
  /\bpracti[cs]e (?:my )?(?:questions? )?(?:(?:on|for|about)\s+)?(.+)/i,
  any(
    String.raw`(?:^|\b(?:a|an|the|some|my|another|${NUMBER}|${LEVEL}|quick|short|me|new|question)\s)((?:(?!${QUIZ_NOISE})[\p{L}\d'-]+ ){1,4})(?:quiz|mcqs|questions|practice test|mock exam|test)\b`,
  ),
];

export const CARD_TOPIC: RegExp[] = [
  /\b(?:cards?|deck|anki|flash ?cards?)\b[^.?!]{0,20}?\b(?:on|about|for|from|of|covering|out of|regarding|with|to (?:learn|memorize|study))\s+(.+)/i,
  /\b(?:turn|convert|make|transform)\s+(.+?)\s+(?:in)?to (?:flash ?-?cards?|cards?|anki|a deck)/i,
  any(
    String.raw`\b(?:a|an|some|my|me|${NUMBER}|more)\s((?:(?!(?:flash|anki|new|some|more|few|couple)\b)[\p{L}\d-]+ ){1,3})(?:flash ?-?cards?|cards)\b`,
  ),
];

export const SUMMARY_TOPIC: RegExp[] = [
  /\b(?:summari[sz]e|recap|condense|digest|sum up|boil down|tl;?dr)\b:?\s+(?:of\s|for me\s|the (?:key|main) (?:points|ideas) (?:of|from|in)\s)?(.+)/i,
  /\b(?:summary|key points|takeaways|key takeaways|main (?:points|ideas|takeaways)|key ideas|overview)\b\s+(?:of|from|on|about|in|for)\s+(.+)/i,
];

export const SEARCH_TOPIC: RegExp[] = [
  any(
    String.raw`\b(?:passages?|results?|quotes?|mentions?|excerpts?|everything|anything|something)\b (?:about|on|of|for|regarding)\s+(.+?)(?:\s+(?:in|from|across|within) (?:my|the|our|these) (?:\w+ ){0,2}${NOTES})?\W*$`,
  ),
  any(
    String.raw`\b${NOTES}\b\s+(?:for|about|on|regarding|say about|say on|mention|cover|have on|have about|say|talk about|tell me about|contain about)\s+(.+)`,
  ),
  any(
    String.raw`\b(?:search|look up|look for|look through|find|locate|check|search for|scan|grep|analy[sz]e)(?: (?:for|up|me))?\s+(.+?)\s+(?:in|from|across|within|inside|through(?:out)?) (?:\w+ ){0,3}${NOTES}\b`,
  ),
  any(
    String.raw`\b(?:search(?: for)?|look up|look for|look into|find(?: me)?(?: info\w*| everything| anything| the passage| passages| mentions?| quotes?| references?)?(?: (?:on|about|of|where|regarding))?)\s+((?!(?:(?:in|through|my|the|all|of|our) )*${NOTES}\W*$).+)`,
  ),
];
