import { splitList } from './lists.ts';
import { NUMBER } from './numbers.ts';

const MOST_GOALS = 20;

/** Where a goal ends and times, dates or another sentence begin. */
const END = new RegExp(
  [
    String.raw`\s*(?:[.;!?\n:]|,\s*(?:i |i'm |my |exam|max|we |can|only|starting|deadline|daily|every|each|per|except|2h|1h|it |the exam|due|by|with|and i |weak|\d|in |on |for \d|from|about|an |one |two |half|every|three|please|but|starting|deadline|test|final)`,
    String.raw`\b(?:by|before|until|till|due|within|over|starting|from|given|using|with|at|so|because|but|please|every|daily|where|when|if|since|through)\b`,
    String.raw`\bin (?:\d|one|two|three|four|five|six|seven|eight|ten|a |the next)`,
    String.raw`\bon (?:\d|the \d|monday|tuesday|wednesday|thursday|friday|saturday|sunday|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|weekdays|weekends|mon|tue|wed|thu|fri|sat|sun)`,
    String.raw`\bfor (?:\d|an |one |two |three |half|about|my exam|the exam|next|tomorrow|in)|,\s*(?:for|on|in)\b`,
    String.raw`\b(?:is|are) (?:on|in|due|tomorrow|next)`,
    String.raw`\b\d+\s?(?:min|hour|h\b|hr|days|weeks)`,
    String.raw`\b(?:next|tomorrow|tonight|this) ?(?:week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)?\b`,
    String.raw`\bi (?:have|can|want|need|am|'m)|\bmy (?:weak|exam|final|test)|\b(?:an?|one|two|half an?) hours?\b|\bdays a week\b|\bas (?:i|my)|\band (?:i|my|it)\b)`,
  ].join('|'),
  'i',
);

/** The ways a goal is named, clearest first. */
const NAMED: RegExp[] = [
  /\bgoals?\s*(?::|are|is|=)\s*(.+)/i,
  /\b(?:subjects?|topics?)\s*(?::|are|is|=)\s*(.+)/i,
  /\b(?:plan|schedule|timetable|program(?:me)?|roadmap|routine|revision|calendar|agenda|strategy|path)\b(?: please| pls)?\s*:\s*(.+)/i,
  /\b(?:to|must|need to|want to|should|have to|i'll|so i|i|can) (?:best )?(?:learn|study|master|pass|cover|revise|finish|understand|review|prepare|get through|prep|ace|complete|cram|get ready|be done|know|practi[cs]e|catch up)\s+(?:(?:for|with|on|about|in)\s+)?(.+)/i,
  /\b(?:plan|schedule|timetable|program(?:me)?|roadmap|routine|prep(?:are)?|preparing|revision|study(?:ing)?|revise|ready|calendar|strategy|path|time|done|hours|minutes|my revision|agenda)\b(?: please)?\s+(?:for|on|with|through|to (?:learn|study|pass|master|cover|revise|finish|prepare for|ace|get through|complete|understand)|about|covering|of|in)\s+(?!(?:my|the|an?)?\s?(?:next|upcoming)?\s?(?:exam|test|finals?|week|days?|month|weekdays|weekends|\d|each|every)s?\b\W*(?:$|on|in|by))(.+)/i,
  /\b(?:covering|including|includes|topics?(?: are|:))\s+(.+)/i,
  /\b(?:my|the|an?|for|got|have|there is)\s+((?:[\p{L}\d'&-]+ ){1,4}(?:exam|final|midterm|test|course|class|certification|quiz)s?)\b/iu,
  /\b((?:[\p{L}&'-]+ ){0,3}(?:exam|final|midterm|test)s?)\b\s*(?:on|in|is|:|next|tomorrow|,|coming|due|this)/iu,
  /\b(?:exam|final|midterm|test) (?:on|in|about|for|covering) ((?!\d|the \d|next|tomorrow|weekdays|mon|tue|wed|thu|fri|sat|sun|jan|feb|apr|jun|jul|aug|sep|oct|nov|dec|two|three|four|five|six|a |an |\d)[a-z].+)/i,
  /(?:day|daily|week|weekdays?|night|hours?|minutes?|mins?)\s(?:for|on|of)\s+((?!\d|next|weekdays|weekends|mon|tue|wed|thu|fri|sat|sun|the next|each|every|my exam)[a-z].+)/i,
  /(?:^|\b(?:a|an|my|me|the|weekly|daily)\s+)((?!(?:study|revision|exam|weekly|daily|new|good|detailed|realistic|personal\w*|two|three|four|five|six|make|create|give|need|\d+)\b)[\p{L}]+(?: [\p{L}]+)?) (?:study|revision|exam|learning|prep) (?:plan|schedule|timetable)/iu,
  /\b(?:organi[sz]e|plan|schedule|structure) (?:out )?(?:my|the) ((?:[\p{L}'&-]+ ){1,3})(?:revision|studying|study|studies|prep\w*|learning|review)/iu,
  /\b(?:review|revise|study|learn|finish|cover|master)ing?\s+(.+)/i,
  /\b(?:organi[sz]e|plan|schedule|structure|split|spread) (?:out )?((?!(?:my|the|our|it|this|that|everything|for|to|me|please|studying|an?)\b)[\p{L}].+)/iu,
];

const LEADING =
  /^(?:(?:tomorrow's|today's|(?:mon|tues|wednes|thurs|fri|satur|sun)day's|next week's|my|the|an?|all|our|upcoming|next|this|about|for|some|week|month|i have|i've got|i got|there is|have|got)\s+)+/i;
const NO_GOAL =
  /^(?:exams?|finals?|midterms?|tests?|it|me|this|that|week|month|time|days?|study(?:ing)?|revision|studies|everything|them|life|school|college|have|an|big exam|class|course)$/i;

/** On which days, not what for. */
const ON_DAYS =
  /\b(?:on|at) (?:the )?(?:weekdays?|weekends?|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b/gi;

export function readGoals(said: string, paste: string): string[] {
  const text = said.replace(ON_DAYS, ' ').replace(/ +(?=[,. ])/g, '');
  const listed = paste
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s*/, '').trim())
    .filter((line) => line.length > 1 && line.length < 120);
  if (listed.length > 0) return listed.slice(0, MOST_GOALS);
  for (const pattern of NAMED) {
    const [named = ''] = (pattern.exec(text)?.[1] ?? '').replace(LEADING, '').split(END);
    const goals = splitList(named.replace(LEADING, ''))
      .map((goal) => goal.replace(LEADING, ''))
      .filter(isGoal);
    if (goals.length > 0) return goals.slice(0, MOST_GOALS);
  }
  return [];
}

const ORDER = /^(?:make|create|build|give|need|want|draw|get|prepare|please|i|do|can|set)\b/i;

function isGoal(goal: string): boolean {
  if (ORDER.test(goal)) return false;
  if (NO_GOAL.test(goal) || /^\d/.test(goal)) return false;
  if (/\b(?:plan|schedule|timetable|roadmap)\b/i.test(goal)) return false;
  return goal.length > 1 && !new RegExp(String.raw`^(?:${NUMBER})\s`, 'i').test(goal);
}
