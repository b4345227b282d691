import { TIME, withoutTimes } from './deadline.ts';
import { NUMBER } from './minutes.ts';

/** "algebra, geometry and trigonometry" as three topics. */
export function splitList(text: string): string[] {
  return text
    .split(/\s*(?:,|;|\band\b|&|\+|\bplus\b|\bas well as\b|\n\s*[-*•]?)\s*/i)
    .map((part) =>
      part
        .replace(/^(?:the|also|my|for|on|to)\s+/i, '')
        .replace(/[.?!:]+$/, '')
        .trim(),
    )
    .filter((part) => part.length > 1 && part.length < 120);
}

const WEAK =
  /\b(?:weak(?:est)?(?: spots?| areas?| points?| topics?)?(?: is| are| in| on| at| with|:)+|struggl(?:e|es|ing) (?:with|in|on)|(?:bad|terrible|worst|poor) (?:at|in|with)|having trouble with|trouble with|difficulty with|confused (?:by|about)|don'?t (?:get|understand)|especially|extra (?:time|focus|attention) (?:on|to|for)|more time on|focus(?:ing)? (?:more )?on)\s+([^.;?!\n]+)/i;

export function readWeakSpots(text: string): string[] {
  const said = WEAK.exec(text)?.[1];
  if (!said) return [];
  const [spots = ''] = said.split(
    /\b(?:so|but|because|by|before|until|with an?|in \d|for my|please|i (?:have|can|want|need|study)|my exam|the exam|exam is)\b|,\s*(?:i|my|exam|\d)/i,
  );
  return splitList(spots);
}

const MOST_GOALS = 20;

const EXAM =
  '(?:exams?|examinations?|finals?|midterms?|tests?|quiz(?:zes)?|assessment|resits?|retakes?|mocks?|viva)';
const PLAN =
  '(?:plan(?:ner)?|schedule|timetable|program(?:me)?|roadmap|routine|revision|calendar|agenda|strategy|path)';

/** Where a goal ends and another thing about the plan begins. Times are marks by then. */
const END = new RegExp(
  [
    String.raw`\s*(?:[.;!?\n]|${TIME}|:(?=\s|$))`,
    String.raw`\s+[-–—]\s*(?=$|${TIME}|\s)`,
    String.raw`,\s*(?:i |i'm |i've |my |we |it |can|could|only|starting|deadline|max|except|done|finish|please|pls|but|so|weak|with|using|from|due\b|by\b|about\b|an? |test\b|exam(?:ination)?s?|final\b|the (?:exam|test)|not\b|on\b|for\b|and (?:i|my|the exam)\b|what|how|make|create|give|plan\b|each|every|date|time|in\b|both\b|which|including)(?:(?<=\s)|\b)`,
    String.raw`\b(?:by|before|until|till|due|within|given|using|with|so|because|but|where|when|if|since|deadline|starting|please|pls|thanks|ideally|preferably)\b`,
    String.raw`\bfor (?:my|the|an?|our) (?:[\p{L}'-]+ ){0,3}?${EXAM}\b|\bfor ${EXAM}\b`,
    String.raw`\b(?:is|are|'s)\s*(?:${TIME}|on\b|in\b|due|coming)`,
    String.raw`\bi (?:have|can|want|need|am|'m|got|don't)\b|\band (?:i|my|it|have|got|can|want)\b|\bas (?:i|my)\b|\bmy (?:weak|exam|final|test)`,
    String.raw`\b(?:and )?(?:make|give|create|build|draw up) (?:me |up )?(?:a|the|it)\b|\bplan\??$|\bcan you\b|\bwhat(?:'s| is) the plan`,
  ].join('|'),
  'iu',
);

const VERB =
  '(?:learn|study|master|pass|cover|revise|finish|understand|review|prepare|get through|prep|ace|complete|cram|get ready|be ready|be done|get done|know|practi[cs]e|catch up|memori[sz]e|read|finish reading)';

/** The ways a goal is named, clearest first. All that one pattern finds belongs together. */
const NAMED: RegExp[] = [
  /\bgoals?\s*(?::|are|is|=)\s*(.+)/giu,
  /\b(?:subjects?|topics?|modules?)\s*(?::|are|is|=)\s*(.+)/giu,
  // A list behind a colon says more than the name of the exam before it.
  new RegExp(
    String.raw`\b(?:${PLAN}|${EXAM}|study|studying|prep\w*|learn\w*|for me|please|for|of)\b[^:.!?]{0,60}:\s*(?!${TIME}|i\b|my\b|only\b|exam\b|test\b|goals?\b|subjects?\b|topics?\b)(?=\p{L}|\d)(.+)`,
    'giu',
  ),
  new RegExp(String.raw`\b${EXAM}\b,\s+((?:\p{L}[\p{L} '-]*)(?:,|\sand\s|\s&\s)[^.;:!?]+)`, 'giu'),
  /\b(?:topics?|subjects?|chapters? (?:on|about)|modules?|units? (?:on|about)|goals?)\s+(?!(?:are|is|for|to|of|in|and|i)\b)(?!\d)(.+)/giu,
  new RegExp(
    String.raw`\b(?:to|2|must|need to|want to|should|have to|i'll|so i|so that i|i|can|i need) (?:best |better |really )?${VERB}\s+(?:(?:for|with|on|about|in|of)\s+)?(?!(?:for|with|on|about|in|a plan)\b)(.+)`,
    'giu',
  ),
  new RegExp(String.raw`\b${EXAM}\s(?:in|on|about|covering|over|of)\s+(?!${TIME}|my\b)(.+)`, 'giu'),
  new RegExp(
    String.raw`\b(?:${PLAN}|prep(?:are|aring|arations?)?|stud(?:y(?:ing)?|ies)|revise|ready|time|done|hours|minutes|prepare)\b(?: please| me)?\s+(?:for|on|with|through|to ${VERB}(?: (?:for|on|with))?|about|covering|of|in)\s+(?!me\b|(?:my|the|an?|our)?\s?(?:next|upcoming|big)?\s?${EXAM}\b\W*(?:$|${TIME}|[,.;:]))(.+)`,
    'giu',
  ),
  /\b(?:covering|including|includes)\s+(.+)/giu,
  new RegExp(
    String.raw`\b(?:my|the|an?|for|got|have|there is|write|and)\s+(?:the |an? |my )?((?:[\p{L}\d'&-]+ ){1,4}?${EXAM})(?![\p{L}])`,
    'giu',
  ),
  new RegExp(String.raw`(?:^|[.,;:] ?)((?:[\p{L}\d&'-]+ ){1,4}?${EXAM})(?:'s)?(?![\p{L}])`, 'giu'),
  new RegExp(String.raw`${TIME}\s(?:for|on|of|to)\s+(?!my exam|${TIME})([\p{L}\d].+)`, 'giu'),
  /(?:^|\b(?:a|an|my|me|the|weekly|daily|personal)\s+)((?!(?:study|revision|exam|weekly|daily|new|good|detailed|realistic|personal\w*|make|create|give|need|draw|set|build)\b)[\p{L}]+(?: [\p{L}]+)?) (?:study|revision|exam|learning|prep) (?:plan|schedule|timetable)/giu,
  /\b(?:organi[sz]e|plan|schedule|structure) (?:out )?(?:my|the) ((?:[\p{L}'&-]+ ){1,3})(?:revision|studying|study|studies|prep\w*|learning|review)/giu,
  /\b(?:review|revis|study|learn|finish|cover|master|retak|resit|present)(?:e|ing|t?ing)?\s+(.+)/giu,
  /\b(?:organi[sz]e|plan|schedule|structure|split|spread|distribute|divide) (?:me |out |in )?((?!(?:my|our|it|this|that|to|for|please|a|an|everything out)\b)[\p{L}\d¦].+)/giu,
  /(?:^|[.;,] ?)((?!(?:please|make|create|i|my|can|could|plan|study|want|need)\b)\p{L}[\p{L}\d ',&/-]{2,80}?)(?=,? ?¦)/giu,
];

const BEFORE = new RegExp(
  String.raw`^(?:(?:${TIME}|and|my|the|an?|all|our|upcoming|next|this|about|for|on|of|in|to|some|i have|i've got|i got|there is|have|got|(?:weeks?|months?|days?)(?! \d)|me|final (?=${EXAM} in\b)|(?:written|oral) (?=${EXAM} in\b)|pass(?:ing)?|learning(?: about)?(?= \p{L})|studying(?: for)?|revising(?: for)?|reading(?= the )|only|(?:studies|studying|preparations?|revision|prep) (?:for|of|in)|re(?:taking|sitting)|present(?:ing)? on|finish(?:ing)?|prepar(?:e|ing)(?: for)?|(?:job )?(?:interview|lecture|presentation|${EXAM}|class|course|talk|(?:group )?project|essay|assignment|homework) (?:about|on|in|for|covering)|(?:subjects?|topics?|modules?)(?= \p{L}))\s+)+`,
  'iu',
);
const AFTER = new RegExp(
  String.raw`(?:\s+(?:for me|for us|for|please|pls|thanks|and|or|on|in|with|of|to|the|my|at|is|are|from|plan|only|too|again|course|class|${EXAM})|[\s,:;–—-]+)+$`,
  'iu',
);
/** Names that mean nothing without the word "exam". */
const NEEDS_EXAM =
  /^(?:bar|oral|driving|driving theory|theory|entrance|state|board|boards|placement|citizenship|aptitude|language|practical|written|final|licen[cs]e|licensing|general|mock)$/i;

/** Two names of one thing: "supply and demand" is no list. */
const PAIRS =
  /\b(supply|cause|crime|war|romeo|pride|research|profit|input|trial|pros|nature|acids?|debits?|mergers|bread|sense|nuts|checks|law|health|mice|stacks|data structures|arts?|design|heat|sound|food|weights?|plate|church|search|life|rise|stimulus)\s+and\s+(demand|effect|punishment|peace|juliet|prejudice|development|loss|output|error|cons|nurture|bases?|credits?|acquisitions|butter|sensibility|bolts|balances|order|safety|men|queues|algorithms|crafts?|technology|transfer|nutrition|measures?|state|sort|death|fall|response)\b/giu;
const NUMBERED =
  /\b(?:chapters?|units?|lectures?|weeks?|parts?|modules?|sections?|lessons?|pages?|topics?|acts?|papers?)\s+\d+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*[-–]\s*|\s+to\s+)\d+)+/giu;
const HELD = new Map([
  [',', '\uE000'],
  ['and', '\uE001'],
  ['&', '\uE002'],
]);

const hold = (text: string): string =>
  text.replace(/,|\band\b|&/gi, (join) => HELD.get(join.toLowerCase()) ?? join);
const release = (text: string): string =>
  [...HELD].reduce((out, [join, held]) => out.replaceAll(held, join), text);

const NO_GOAL = new RegExp(
  String.raw`^(?:exams?|finals?|midterms?|tests?|it|me|this|that|week|month|time|days?|study(?:ing)?|revision|studies|everything|them|life|school|college|have|an|big exam|class|course|around|done|ready|both|all|all of (?:it|this)|what|\p{L}|${PLAN}|weekly|daily|two|three|dates?|final|(?:the )?rest of .*|.*\b(?:weak|weakest|weakness(?:es)?)\b.*|needs?|idea|no .*|structure|how|best|order|my best|something|stuff|things?|preparations?)$`,
  'iu',
);
const ORDER =
  /^(?:make|create|build|give|need|want|draw|get|prepare|please|i|i'm|do|can|could|set|help|would|should|what|how|when|where|kindly|put|let's|so|plan|exam|hours?|minutes?)\b/i;

const DATE_IN_LIST = new RegExp(
  String.raw`\s*${TIME}(?=(?:,| and) (?:[\p{L}\d'-]+ ){1,3}${TIME}(?:[.;,]|$))`,
  'giu',
);

export function readGoals(said: string, paste: string): string[] {
  const listed = paste
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s*/, '').trim())
    .filter((line) => line.length > 1 && line.length < 120);
  if (listed.length > 0) return listed.slice(0, MOST_GOALS);
  // "maths 7 December, English 9 December" is one list with a date to each.
  const text = withoutTimes(said).replace(DATE_IN_LIST, '');
  for (const pattern of NAMED) {
    const found = [...text.matchAll(pattern)].flatMap((match) => goalsIn(match[1] ?? ''));
    if (found.length > 0) return [...new Set(found)].slice(0, MOST_GOALS);
  }
  return [];
}

function goalsIn(named: string): string[] {
  const [upTo = ''] = named.replace(BEFORE, '').split(END);
  const held = upTo.replace(NUMBERED, hold).replace(PAIRS, hold);
  return splitList(held).map(release).map(clean).filter(isGoal);
}

function clean(goal: string): string {
  let text = goal;
  for (let before = ''; before !== text; ) {
    before = text;
    const shorter = text.replace(BEFORE, '').replace(AFTER, '').trim();
    // "bar exam" keeps its second word.
    text =
      NEEDS_EXAM.test(shorter) &&
      new RegExp(String.raw`^${EXAM}\b`, 'i').test(text.slice(text.indexOf(shorter) + shorter.length).trim())
        ? text.replace(BEFORE, '').replace(new RegExp(String.raw`(\b${EXAM})\b.*$`, 'i'), '$1')
        : shorter;
  }
  return text;
}

function isGoal(goal: string): boolean {
  if (ORDER.test(goal) || NO_GOAL.test(goal)) return false;
  if (/^\d+$/.test(goal) || goal.includes(TIME)) return false;
  if (
    /\b(?:study|revision|exam|learning) (?:plan|schedule|timetable|roadmap)\b|\b(?:plan|timetable)$/i.test(
      goal,
    )
  )
    return false;
  return (
    goal.length > 1 &&
    !new RegExp(
      String.raw`^(?:${NUMBER}) (?:days?|weeks?|months?|hours?|minutes?|exams?|tests?|times?)\b`,
      'i',
    ).test(goal)
  );
}
