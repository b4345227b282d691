/** Classes of words that the tools' pattern tables are built from. Each is the source of a pattern. */

export const MAKE =
  "(?:make|create|generate|build|give|prepare|write|produce|design|compose|draft|put together|come up with|set up|set|start|want|need|do|have|get|send|begin|take|try|throw|show|i'd like|like|provide|develop|craft|whip up|cook up|extract|pull out|add|turn|convert|transform|save|possible)";
export const QUIZ =
  '(?:quiz(?:zes)?|pop quiz|mcqs?|multiple[- ]choice(?: (?:questions?|test|quiz))?|practi[cs]e (?:questions?|tests?|exams?|problems?|quiz(?:zes)?|exercises?)|mock (?:exams?|tests?|papers?)|(?:test|exam|review|revision|study|trivia|recall|check) questions?|self[- ]test|questions|exercises)';
export const PLAN =
  '(?:(?:study|studying|revision|learning|exam|prep(?:aration)?|review|cram(?:ming)?|catch[- ]up|crash(?: course)?|homework|reading)[- ](?:study[- ])?(?:plan|schedule|timetable|roadmap|routine|agenda|programme?|strategy|calendar)|plan (?:of|for) (?:study|studying|revision)|timetable|study roadmap)';
export const SUMMARY =
  '(?:summari[sz](?:e|ing)|summar(?:y|ies)|summari[sz]ation|sum (?:\\w+ ){0,4}up|recap|tl;?dr|wrap (?:\\w+ ){0,3}up|(?:key|main|most important|important|central|essential|crucial) (?:points?|takeaways?|ideas?|facts|messages?|lessons|bits)|(?:main|key|most important) (?:things|stuff) (?:from|of|in)|(?:quick |short |brief )?run ?-?down|takeaways?|take[- ]home (?:message|points?)|condense|boil \\S+(?: \\S+){0,6} down|boil down|digest|gist|synopsis|in a nutshell|cliff ?notes|cheat ?sheet)';
export const NOTES =
  '(?:notes?|documents?|docs?|files?|uploads?|slides?|readings?|materials?|textbooks?|pdfs?|lectures?|handouts?|library|sources?|transcripts?|papers?|scripts?|books?)';
export const PARTNER =
  '(?:study|studying|revision|learning|lab|homework|project|exam|course|class|accountability|practice|language|tandem)[ -]?(?:partners?|budd(?:y|ies)|mates?|groups?|pals?|companions?|peers?|friends?|team(?:mates?)?|circle)';
/** Others, as a student speaks of them. */
export const OTHERS =
  '(?:some ?one|some ?body|any ?one|any ?body|people|others|persons?|(?:fellow |other )?students?|class ?mates?|course ?mates?|partners?|peers?|budd(?:y|ies)|team ?mates?|tutors?|mentors?|friends?|mates?|(?:study )?groups?|match(?:es)?|candidates?)';
export const STUDY_VERB =
  '(?:stud(?:y|ying)|revis(?:e|ing)|learn(?:ing)?|prep(?:are|aring|ping)?|practi[cs](?:e|ing)|review(?:ing)?|cram(?:ming)?|work(?:ing)?|read(?:ing)?|team(?:ing)?|pair(?:ing)?|partner|collaborat(?:e|ing)|go(?:ing)? (?:over|through))';
export const TOPIC_NOUN =
  '(?:topics?|subjects?|areas?|chapters?|units?|concepts?|things?|parts?|modules?|skills?|sections?|themes?|fields?|stuff|material|points?|spots?|courses?|class(?:es)?)';
export const DAY_NAME =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday|s)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?';
/** Stands where the name of somebody known stood, and of somebody unknown: see `nameless`. */
export const KNOWN_PERSON = '§';
export const UNKNOWN_PERSON = '¤';
export const WHOM = `[${KNOWN_PERSON}${UNKNOWN_PERSON}]`;

/** What may stand before the verb of an order: a change that reaches somebody else must begin the clause. */
export const ORDER =
  "(?:(?:please|can you|could you|would you|will you|can i|could i|would you mind|do you mind|mind|(?:i|we)(?:'d| would)? (?:like|want|need|have) (?:you )?to|i want|let'?s|go ahead and|and|then|now|also|help me(?: to)?|just|maybe|kindly|quickly|yes|ok(?:ay)?)[ ,]+)*";

/** Words before what is really said. */
export const LEAD =
  /^(?:(?:hey|hi|hello|ok|okay|so|well|please|now|also|and|then|alright|right|yes|yeah|yo|clerva|um+|oh|thanks|thank you|great|cool|nice|perfect|btw|by the way|actually|anyway|sorry|quick question|good (?:morning|afternoon|evening)|dear(?: \w+)?|(?:no,? )?wait|mate|bro|dude|guys|sir|there)[,!.: ]+)+/i;

export const PRONOUN = /\b(?:it|this|that|them|these|those|the above|same|everything|what (?:i|we))\b/i;

/** One way of asking: every pattern must be found, and none of the others. 3 is unmistakable, 2 is clear, 1 is a last resort. */
export type Frame = { weight: number; all: RegExp[]; none?: RegExp };

/** Any one of these ways of saying it. */
export const frame = (weight: number, ...ways: string[]): Frame => ({ weight, all: [anyOf(ways)] });

/** Words of every class, in whatever order. */
export const together = (weight: number, ...classes: string[]): Frame => ({
  weight,
  all: classes.map((words) => anyOf([words])),
});

export const unless = (found: Frame, ...ways: string[]): Frame => ({ ...found, none: anyOf(ways) });

const anyOf = (ways: string[]): RegExp => new RegExp(ways.join('|'), 'iu');

export const matches = ({ all, none }: Frame, say: string): boolean =>
  all.every((pattern) => pattern.test(say)) && !none?.test(say);
