import { LEVEL, NUMBER } from '../slots/minutes.ts';
import { namesNothing } from './leftover.ts';
import { DAY_NAME, LEAD, NOTES } from './vocabulary.ts';

const any = (...ways: string[]): RegExp => new RegExp(ways.join('|'), 'iu');

const EVENT =
  '(?:exam|test|tomorrow|tonight|midterm|final|finals|class|lecture|quiz|' +
  DAY_NAME +
  '|next|the weekend|\\d)';

/** Where a topic ends and the rest of the order begins. */
const END = any(
  String.raw`\s*(?:[.;!?]+(?=\s|$)|,\s*(?:test|quiz|check|sum|then|and then|please|make|with|at|give|but|so|i |i'm |my |it |hard|easy|medium|mixed|tough|tricky|simple|level|difficult|difficulty|no |\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|just|only|not|nothing|like|about|maybe|around|preferably|max|multiple|can you|could you|if|short|quick|because|since|as|keep|most|prove|super|very|really|now|let|kind|plus|also|don't|ask|ideally|focus|i've|we|due|exam)\b|each))`,
  String.raw`\s(?:with|using|at|in|of|having) (?:a |an |the |some |about |around )?(?:quiz|short test|test|\d+|dozen|couple|few|five|ten|easy|medium|hard|mixed|high|low|twenty|fifteen|multiple|difficulty|${LEVEL}|answers|explanations|cards?|flash ?cards?|questions)\b`,
  String.raw`\s[-–—]\s|\s\(`,
  String.raw`\sso (?:that )?(?:i|we)\b|\s(?:that|which|who) (?:are|is|can)\b|\sbecause\b|\sif (?:possible|you)\b|\s(?:when|since|as) (?:i|you|we|my)\b`,
  String.raw`\s(?:before|by|until|for|due) (?:my |the |an? )?(?:next |upcoming )?${EVENT}(?:'?s)?\b`,
  String.raw`\sfor (?:my|the|an?|our) (?:[\p{L}'-]+ ){1,3}?(?:exam|test|midterm|finals?|quiz|presentation|interview)\b`,
  String.raw`\sfor (?:my|our|his|her) (?:little |younger |older )?(?:son|daughter|kids?|children|brother|sister|friends?|students?|pupils|class|group)\b`,
  String.raw`\bplease\b|\bpls\b|\bthanks?\b|\band then\b|\bthen (?:quiz|make|test|give)|\band (?:make|quiz|test|give|create|send|add|show|tell|see)\b`,
  String.raw`\s(?:to|into|as|via|through) (?:my |a |some |the )?(?:\w+ )?(?:flash ?)?(?:cards?|deck|anki)\b|\s(?:flash ?cards|quiz)$`,
  String.raw`\s(?:would|could|should|will|can you|create|make|generate|build|give)\b|\bpretty please|\s?\b[nN] ?= ?\d|\sthat would\b`,
  String.raw`\s(?:easy|hard|medium|mixed|simple|tough)(?: (?:level|difficulty|ones|questions|mode))?$|\s(?:medium|hard|easy|mixed) (?:level|difficulty)\b|\s\d+ (?:questions|nos|items|cards|pieces|of them|mcqs)\b`,
  String.raw`\s(?:for me|to me|for us|real quick|quickly|asap|soon|right now|this time|tonight|today|first|instead|again|too|as well|now|would be (?:great|nice|good)|should (?:do|be)|is fine|you know)\s*[.!?]*$`,
);

/** Words that stand before a topic without being part of it. */
const BEFORE =
  /^(?:(?:the|my|our|your|some|all|all of|about|on|of|this|these|topic|subject|this topic|that topic|everything (?:about|on|in)|stuff (?:about|on|from)|whatever is in|what(?:'s| is) in|anything (?:about|on|in|from)|(?:learning|studying|revising|memori[sz]ing|practi[cs]ing|remembering)(?= (?:about |all )?(?:the|my|about)\b)|quizzed on|tested on|uploaded|recent|latest|last|whole|entire|full|complete)\s+)+/i;
/** "the lecture on X", "twenty questions from X", "the key terms in X": X is what it is about. */
const CONTAINER = any(
  String.raw`^(?:(?:\d+|${NUMBER}) )?(?:(?:${LEVEL}|key|main|important|basic|new|difficult|essential|short|quick|most important|practice|multiple[- ]choice|exam|test|review|true[ /-](?:or[ -])?false) )*(?:questions?|problems?|mcqs?|flash ?cards?|cards|terms?|vocab(?:ulary)?|definitions?|concepts|facts|key words|keywords|formulas?|formulae|equations|words|points|ideas|notes|lectures?|slides|chapter|section|part|documents?|pdf|papers?|unit|files?|articles?|texts?|book|quiz|test|exam|topic|subject|material|stuff|content|basics|knowledge) (?:\d+ (?=on |about ))?(?:on|about|from|of|in|for|regarding|covering|titled|called|named) (?!the (?:first|second|last|lecture|chapter)\b(?!.* on ))`,
);

/** Says where to look or how, and names no topic. */
const NO_TOPIC = any(
  `^(?:it|this|that|them|these|those|here|one|you|the above|above|everything|all|me|myself|stuff|things|something|anything|notes?|my notes|the notes|few|a few|some|${NOTES}|it all|all of it|the same(?: topic| thing)?|same|topics?|that topic|this topic|today|tomorrow|tonight|now|what (?:i|we) (?:just )?.*|(?:${LEVEL})(?: ones| questions| difficulty| level| mode)?|exams?|the exam|my exam|exam conditions|tests?|fun|practice|front.*|time|my own|own|questions?|cards?|knowledge|my knowledge|(?:an? )?(?:quiz|test)|short|quick|mini|little|me with .*|${DAY_NAME}|next week|the weekend)$`,
);

const PART_OF =
  /\b(?:(?:chapters?|units?|pages?|lessons?|sections?|parts?|weeks?) \d.*|(?:first|second|third|last|two|three|four|\d+) (?:half|chapters?|units?|pages?|lessons?|sections?|parts?|weeks?)) (?:of|in|from) /i;
const DAY_BEFORE = any(String.raw`^(?:${DAY_NAME}|tomorrow|next week|the \d+\w*)\s*[:,–-]\s*`);

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
  // "for my exam on Monday: the kidney"
  const [cut = ''] = raw.replace(DAY_BEFORE, '').split(END);
  let topic = cut.trim();
  for (let before = ''; before !== topic; ) {
    before = topic;
    topic = topic.replace(BEFORE, '').replace(CONTAINER, '').trim();
  }
  topic = topic.replace(/^(["'])(.+?)\1.*$/, '$2').replace(/^["']|["']$/g, '');
  // "lesson 12 in my Japanese book" would break off without its last word.
  if (!PART_OF.test(topic))
    topic = topic.replace(
      any(
        String.raw`(?<=\S)(?<!'s)\s+(?:${NOTES}|section|topic|exam|chapter|course|class|subject|lesson|stuff|please)$`,
      ),
      '',
    );
  topic = topic
    .replace(/^(?:[Mm]e|[Uu]s)\b\s*/, '')
    .replace(/\b(?:right )?now$|\b(?:again|too|instead|quickly)$/i, '')
    .replace(/[\s,:;-]+$/, '')
    .trim();
  // What is set in quotation marks is meant, whatever its words.
  const isQuoted = /^["'].*["']/.test(cut.trim());
  return !isQuoted && (NO_TOPIC.test(topic) || namesNothing(topic)) ? '' : topic.slice(0, 160);
}

/** A place or a date behind "on", and no subject. */
const NOT_ON = String.raw`(?!(?:the )?(?:\d{1,2}(?:st|nd|rd|th)?\b|${DAY_NAME}\b|weekdays?|weekends?|jan|feb|apr|june|july|aug|sept|oct|nov|dec|my own|top|tomorrow|it\b))`;
const ABOUT = String.raw`(?:about|covering|concerning|regarding|related to|focus(?:ed|ing|sed|sing) on|dealing with|on the (?:topic|subject) of|based on|(?:cent(?:er|re)d|built) around|re:)`;

export const QUIZ_TOPIC: RegExp[] = [
  /\b(?:topic|subject|theme)s?\s*(?:=|:|is)\s*(.+)/i,
  /\b(?:quiz|test|drill|grill|examine|question|challenge|evaluate|assess) (?:me|us|myself)(?: now| again| quickly| please| hard)?(?: (?:with|using) .{0,40}?(?:questions?|ones|items|problems?|mcqs))?(?: (?:about|over|for|in|from|covering|of|regarding|concerning|with|against|out of)|:)\s+(.+)/i,
  any(
    String.raw`\b(?:quiz|test|drill|grill|examine|question|challenge|check|assess) (?:me|us|myself)\b[^.?!]{0,60}? on\s+${NOT_ON}(.+)`,
  ),
  any(String.raw`\b${ABOUT}\s+(.+)`),
  /\b(?:knowledge|understanding|memory|grasp|skills) (?:of|on|in|about)\s+(.+)/i,
  any(
    String.raw`\b(?:questions?|problems?|quiz(?:zes)?|mcqs?|tests?|exam(?:ination)?|ones|items|exercises?|assessment|nos|qs|trivia|drill|practice|papers?)\b[^.?!]{0,40}?\bon\s+${NOT_ON}(.+)`,
  ),
  /\b(?:questions?|problems?|quiz(?:zes)?|mcqs?|items|exercises?|ones|test|exam)\b[^.?!]{0,15}?\b(?:from|out of|over|using|with|of|for)\s+(?!(?:my |the |an? )?(?:\d|exam|test|tomorrow|next|me\b|final))(.+)/i,
  /\b(?:i|me) (?:(?:really|actually|still|even|already|truly|do|can) )*(?:know|knew|understand|understood|remember|learned|learnt|get|got|memori[sz]ed|retained|grasp|recall|studied|mastered)(?: about| of| from)?\s+((?!if\b|whether\b|a \w+ exam|an? exam).+)/i,
  /\bpracti[cs]e (?:my )?(?:questions? |problems? |exercises? )?(?:(?:on|for|about|with|in)\s+)?(?!(?:tests?|exams?|questions?|problems?|mode|paper)\b)(.+)/i,
  any(String.raw`\bon\s+${NOT_ON}(.+)`),
];

export const CARD_TOPIC: RegExp[] = [
  /\b(?:flash ?-?)?cards?\b[^.?!\w]{0,3}(?:please)?\s*[:–-]\s+(.+)/i,
  any(String.raw`\b${ABOUT}\s+(.+)`),
  /\b(?:cards?|deck|anki|flash ?cards?|cloze)\b[^.?!]{0,20}?\b(?:on|for|from|of|out of|with|to (?:learn|memorize|memorise|study|remember|revise)|using|in)\s+(?!me\b|(?:my|the) (?:exam|test)\b)(.+)/i,
  /\b(?:turn|convert|make|transform|put|change|add|save|extract|get|pull)\s+(?!(?:me|us|up|some|a|few|\d+)\s+(?:\w+ )?(?:flash|card))(.+?)\s+(?:(?:in)?to|as|on|onto) (?:some |my |a |the |new )?(?:flash ?-?cards?|cards?|anki|decks?|\w+ deck|\w+ cards)\b/i,
  /\b(?:memori[sz]e|learn|remember|revise|study)\s+(.+?)\s+(?:with|using|via|by|through) (?:some |a few )?(?:flash ?-?)?cards?\b/i,
  /\b(?:memori[sz]e|learn|remember) (?:all )?(.+?)(?:,| so\b| and\b| - |\.)/i,
];

export const SUMMARY_TOPIC: RegExp[] = [
  /\b(?:summar(?:y|ies)|key points|takeaways?|(?:key|main|most important|important|central|essential|crucial) (?:points?|ideas?|takeaways?|facts|messages?|bits|lessons)|key ideas|overview|gist|outline|essence|highlights|essentials|crux|core|synopsis|tl;?dr|recap|short(?:er)? version|run ?-?down|cheat ?sheet|cliff ?notes|nutshell)\b(?: please)?,?\s+(?:of|from|on|about|in|for|to)\s+(?!(?:me|us)\b|(?:my|the) (?:exam|test)\b|(?:\w+ )?(?:sentences|bullets|words|lines)\b)(.+)/i,
  /\b(?:summari[sz](?:e|ing)|recap|condense|digest|sum up|boil down|shorten|compress|distil|abridge|simplify|tl;?dr)\b:?\s+(?:of\s|for me\s|(?:all |everything )?(?:the (?:key|main) (?:points|ideas) )?(?:of|from|in|about|on)\s)?(.+)/i,
  /\b(?:sum|boil|wrap)\s+(.+?)\s+(?:up|down)\b/i,
  any(
    String.raw`\b(.+?) in (?:short|brief|a nutshell|a few words|(?:\d+|${NUMBER}) (?:sentences?|bullets?(?: points)?|lines|words))\b`,
  ),
  any(
    String.raw`^(?:please |the |a |give me (?:the |a )?|i need (?:the |a )?)?((?:[\p{L}\d'-]+ ){1,5})(?:summary|recap|overview|key points|takeaways)\b`,
  ),
  /\b(?:lecture|chapter|notes|article|paper|slides|document|section|unit|reading|text)s? (?:about|on|of|for) (.+)/i,
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
  /\bwhat (?:did|have|do) i (?:already )?(?:save|write|note|have|keep|saved|written|noted|put|got|get)(?: down)? (?:about|on|for|regarding)\s+(.+)/i,
  /\blook up what i have on\s+(.+)/i,
  any(
    String.raw`(?<!\p{L})(?:(?:(?<!\p{L}[ -])|(?<=\b(?:please|to|you|and|then|just|me|now|also|my) ))search(?: for)?|look up|look for|look into|find(?: me)?(?: info\w*| everything| anything| the passage| passages| mentions?| quotes?| references?)?(?: (?:on|about|of|where|regarding))?)\s+((?!(?:(?:in|through|my|the|all|of|our) )*${NOTES}\W*$).+)`,
  ),
];
