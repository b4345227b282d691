/** Classes of words that the tools' pattern tables are built from. Each is the source of a pattern. */

export const MAKE =
  "(?:make|create|generate|build|give|prepare|write|produce|design|compose|draft|put together|come up with|set up|set|start|want|need|do|have|get|send|begin|take|try|throw|show|i'd like|like|provide|develop|craft|whip up|cook up|extract|pull out|add|turn|convert|transform|save)";
export const QUIZ =
  '(?:quiz(?:zes)?|pop quiz|mcqs?|multiple[- ]choice(?: (?:questions?|test|quiz))?|practi[cs]e (?:questions?|tests?|exams?|problems?|quiz(?:zes)?)|mock (?:exams?|tests?)|(?:test|exam|review|revision|study|trivia) questions?|self[- ]test|questions)';
export const PLAN =
  '(?:(?:study|studying|revision|learning|exam|prep(?:aration)?|review|cram(?:ming)?|weekly|daily|semester)[- ](?:study[- ])?(?:plan|schedule|timetable|roadmap|routine|agenda)|(?:study|revision) (?:program(?:me)?|calendar)|plan (?:of|for) (?:study|studying|revision)|timetable|study roadmap)';
export const SUMMARY =
  '(?:summari[sz]e|summary|summari[sz]ation|sum (?:this |it |that |everything )?up|recap|tl;?dr|wrap[- ](?:this |it )?up|key (?:points|takeaways|ideas)|main (?:points|ideas|takeaways)|takeaways|condense|boil (?:this|it) down|digest)';
export const NOTES =
  '(?:notes?|documents?|docs?|files?|uploads?|slides?|readings?|materials?|textbooks?|pdfs?|lectures?|handouts?|library|sources?|transcripts?)';
export const PARTNER =
  '(?:study|studying|revision|learning|lab|homework|project|exam|course)[ -]?(?:partners?|budd(?:y|ies)|mates?|groups?|pals?|companions?|peers?|friends?)';
export const NAME = String.raw`(?:@[\w.-]+|(?:user|student|candidate|u)[-_#]?\d[\w-]*|[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z][\p{L}'’-]+(?: [A-Z][\p{L}'’.-]+)?)`;

/** What may stand before the verb of an order: a change that reaches somebody else must begin the clause. */
export const ORDER =
  "(?:(?:please|pls|can you|could you|would you|will you|i(?:'d| would)? (?:like|want|need) (?:you )?to|let'?s|go ahead and|and|then|now|also|help me|just|maybe|yes|ok(?:ay)?)[ ,]+)*";

/** Words before what is really said. */
export const LEAD =
  /^(?:(?:hey|hi|hello|ok|okay|so|well|please|pls|now|also|and|then|alright|right|yes|clerva|um+|oh|thanks|thank you|great|cool|nice|perfect)[,!. ]+)+/i;

export const PRONOUN = /\b(?:it|this|that|them|these|those|the above|same|everything|what (?:i|we))\b/i;

/** One way of saying it a line. 3 is unmistakable, 2 is clear, 1 counts only when nothing else speaks. */
export type Frame = { weight: number; pattern: RegExp };

export const frame = (weight: number, ...ways: string[]): Frame => ({
  weight,
  pattern: new RegExp(ways.join('|'), 'iu'),
});
