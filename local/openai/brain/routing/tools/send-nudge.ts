import { findPerson } from '../people.ts';
import { ask, type Call, type Clause, type Filled, type ToolRules } from '../types.ts';
import { frame, ORDER } from '../vocabulary.ts';

export const sendNudge: ToolRules = {
  tool: 'sendNudge',
  frames: [
    frame(
      3.3,
      String.raw`^${ORDER}(?:nudge|ping|poke|invite)\b(?! me\b)`,
      String.raw`^${ORDER}(?:send|shoot|drop|give|write)\b[^.?!\n]{0,40}\b(?:a |an |the )?(?:(?:friendly|quick|study|short|little) )*(?:nudge|invite|invitation|study request)\b`,
    ),
  ],
  fill({ say, state }: Clause): Filled {
    const person = findPerson(say, state);
    const nudgeType = readType(say);
    const said = readMessage(say);
    const usual =
      nudgeType === 'reminder'
        ? 'A friendly reminder about our study plan.'
        : 'Would you like to study together?';
    const call: Call = {
      tool: 'sendNudge',
      args: { ...(person.id ? { toUserId: person.id } : {}), message: said || usual, nudgeType },
    };
    if (person.id)
      return {
        calls: [call],
        assumed: said ? [] : ['A short standard message; you can edit it before it is sent.'],
      };
    const question = person.name
      ? `I know no ${person.name} among your partners. To whom should it go?`
      : 'To whom should I send it?';
    return ask(call, 'toUserId', question);
  },
};

function readType(say: string): string {
  if (/\binvit|\bstudy (?:with|together|session)|\bjoin\b/i.test(say)) return 'study_invite';
  if (/\bplan\b|\breschedul|\bmoved?\b/i.test(say)) return 'plan_update';
  if (/\bmatch\b|\bgood fit\b|\bcompatible\b/i.test(say)) return 'match_suggestion';
  return /\bremind|\bdon'?t forget|\bdeadline|\bdue\b/i.test(say) ? 'reminder' : 'study_invite';
}

function readMessage(say: string): string {
  const quoted = /["']([^"']{4,})["']/.exec(say)?.[1];
  if (quoted) return quoted;
  const tail =
    /\b(?:saying|that says|with the message|telling (?:him|her|them)(?: that)?|message:|say(?:s)?:?|that)\s+(.{4,})/i.exec(
      say,
    )?.[1] ??
    /\b(?:to|about|for|if|whether)\s+((?:study|review|revise|join|work|practice|meet|do|finish|read|prepare|a |our|the |tomorrow|he|she|they|come|want|us).{2,})$/i.exec(
      say,
    )?.[1];
  const body = (tail ?? '').replace(/[.\s]+$/, '');
  if (!body) return '';
  if (/^(?:to |study|review|revise|join|work|practice|meet|do|finish|read|prepare|come)/i.test(body))
    return `Would you like to ${body.replace(/^to /i, '')}?`;
  return body.charAt(0).toUpperCase() + body.slice(1);
}
