import { readDayOfWeek } from '../../slots/days.ts';
import { findPerson } from '../people.ts';
import { ask, type Call, type Clause, type Filled, type ToolRules } from '../types.ts';
import { frame, NAME } from '../vocabulary.ts';

export const getAvailability: ToolRules = {
  tool: 'getAvailability',
  frames: [
    frame(
      3,
      String.raw`\bwhen(?:'s| is| are| can| could| does| do| will|s)? [^.?!\n]{1,40}\b(?:free|available|availability|around|meet|study together|have time)\b`,
      String.raw`\b(?:availabilit(?:y|ies)|free (?:times?|slots?|hours|windows?)|time ?slots?|open slots?|free blocks?|office hours)\b`,
      String.raw`\b(?:is|are|am) (?:${NAME}|[a-z]+|i|he|she|they|we) (?:\w+ )?(?:free|available|busy)\b`,
      String.raw`\bwhat (?:times?|days?|hours)[^.?!\n]{0,30}\b(?:works?|free|available|suit|good|have|can)\b`,
      String.raw`\b(?:${NAME})['’]s (?:schedule|calendar|timetable|free)`,
      String.raw`\bwho(?:'s| is) (?:free|available) (?:on |this |next |to \w+ on )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow)`,
    ),
  ],
  fill({ say, state }: Clause): Filled {
    const person = findPerson(say, state);
    const dow = readDayOfWeek(say, state.now);
    const isOwn =
      !person.id && !person.name && /\b(?:i|my|me)\b/i.test(say.replace(/\b(?:show|tell|give) me\b/gi, ''));
    const call: Call = {
      tool: 'getAvailability',
      args: { ...(person.id ? { targetUserId: person.id } : {}), ...(dow !== undefined ? { dow } : {}) },
    };
    if (person.id || isOwn || (!person.name && dow !== undefined)) return { calls: [call] };
    const question = person.name
      ? `I know no ${person.name} among your partners. Whose times do you want?`
      : 'Whose free times do you want to see?';
    return ask(call, 'targetUserId', question);
  },
};
