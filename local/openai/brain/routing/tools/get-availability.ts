import { readDayOfWeek } from '../../slots/days.ts';
import { findPerson } from '../people.ts';
import { ask, type Call, type Clause, type Filled, type ToolRules } from '../types.ts';
import { DAY_NAME, frame, together, unless, WHOM } from '../vocabulary.ts';

const FREE = String.raw`\b(?:free|available|availabilit(?:y|ies)|busy|(?:have|has|got|find) (?:\w+ )?time|(?:time ?)?slots?|schedule|calendar|timetable|free times?|hours|meet(?:ing)?|catch|reach|suits?|works?|(?:could|can|may) (?:we|i|[§¤]) (?:\w+ )?(?:meet|talk|study|learn|work)|make it|do ${DAY_NAME}|around|open|booked)\b`;
const WHEN = String.raw`\b(?:when|what (?:time|day|hour)s?|which (?:time|day|evening|hour)s?|at what|best (?:time|day)s?|how (?:late|early|long)|until when|${DAY_NAME}|today|tonight|tomorrow|this week(?:end)?|next week|weekend|morning|afternoon|evening)\b|\b(?:is|are|can|does|will|could|would) [§¤] |^[§¤]['’]?s? |[§¤]['’]s |\bof [§¤]|\bfor [§¤]`;

export const getAvailability: ToolRules = {
  tool: 'getAvailability',
  frames: [
    unless(together(3.1, WHOM, FREE, WHEN), String.raw`\b(?:well|fit|match)\b`),
    frame(
      3,
      String.raw`\b(?:availabilit(?:y|ies)|free (?:times?|slots?|hours|windows?|blocks?|evenings?)|open slots?|office hours)\b`,
      String.raw`\b(?:am i|do i have|have i got|i have|did i|times i|hours i|when (?:am|can|do|did) i)\b[^.?!\n]{0,40}\b(?:free|available|busy|time (?:to study|free|off)|slots?|blocks?)\b`,
      String.raw`\b(?:times?|hours?|slots?|blocks?|windows?) (?:did |have |do )?i (?:set|entered|marked|put|saved|given?|have|enter|mark)\b`,
      String.raw`\b(?:my|our) (?:\w+ )?(?:study times?|free time|time ?slots?|calendar|weekly times?)\b`,
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
