import { capitalised } from '../../text/plain.ts';
import { findPerson } from '../people.ts';
import { ask, type Call, type Clause, type Filled, type ToolRules } from '../types.ts';
import { frame, ORDER, WHOM } from '../vocabulary.ts';

const ADDRESS =
  '(?:nudge|ping|poke|invite|remind|message|tell|ask|dm|text|write(?: to)?|contact|notify|reach out to|hit up|say (?:hi|hello|thanks) to|inform|encourage|thank|check (?:in )?with|check in on|get in touch with|propose to|suggest to|drop|shoot|send|give|invite|nudging|pinging|inviting|reminding|messaging|telling|asking|texting|writing(?: to)?|contacting|sending|giving)';
const NOTE =
  '(?:nudge|invite|invitation|study request|message|msg|note|line|reminder|text|poke|ping|shout|heads[- ]up|request|dm|push)';

export const sendNudge: ToolRules = {
  tool: 'sendNudge',
  frames: [
    frame(
      3.7,
      String.raw`^${ORDER}${ADDRESS} (?:a (?:\w+ )?${NOTE} to |my (?:study )?(?:partner|buddy|friend) |to )?${WHOM}`,
      String.raw`^${ORDER}let ${WHOM} know\b|^${ORDER}(?:send|shoot|drop|give|write|pass)\b[^.?!\n]{0,50}\b(?:to|for) ${WHOM}`,
      String.raw`^${ORDER}(?:drop|shoot|send|give|write|sending|giving|dropping) ${WHOM} (?:a|an|the|my|this|that|some) (?:\w+ )?(?:${NOTE})?`,
      String.raw`^${ORDER}(?:remind|message|text|tell|ask|invite|contact|nudge|ping) (?:my|the|our) (?:study )?(?:partner|buddy|group|friend|mate|tandem)s?\b`,
      // Whoever is meant is asked, unless it is us: "remind me", "tell me".
      String.raw`^${ORDER}(?:nudge|ping|poke)\b(?! (?:me|us|you)\b)`,
      String.raw`^${ORDER}(?:invite|notify) (?:the (?:first|best|top) (?:one|match|student|person)|someone|somebody|people|others|them|him|her|everyone|all|one|my (?:\w+ )?(?:partner|group|friends?|class ?mates?|budd(?:y|ies)))\b`,
      String.raw`^${ORDER}(?:send|shoot|drop|give|write)\b[^.?!\n]{0,30}\b(?:a |an |the |my )(?:(?:friendly|quick|study|short|little|kind) )*(?:nudge|invite|invitation|study request|reminder to (?!me|myself))\b`,
      String.raw`^${ORDER}send (?:a |an )?(?:message|nudge|invite|invitation)\W*$`,
    ),
  ],
  fill({ say, typed, state, calls }: Clause): Filled {
    const person = findPerson(say, state);
    const nudgeType = readType(say);
    const said = readMessage(typed);
    const usual =
      nudgeType === 'reminder'
        ? 'A friendly reminder about our study plan.'
        : 'Would you like to study together?';
    const call: Call = {
      tool: 'sendNudge',
      args: { ...(person.id ? { toUserId: person.id } : {}), message: said || usual, nudgeType },
    };
    const assumed = said ? [] : ['A short standard message; you can edit it before it is sent.'];
    if (person.id) return { calls: [call], assumed };
    if (calls.some((other) => other.tool === 'matchCandidates' || other.tool === 'getOnlineUsers'))
      return { calls: [{ ...call, needs: 'partners' }], assumed };
    const question = person.name
      ? `I know no ${person.name} among your partners. To whom should it go?`
      : 'To whom should I send it?';
    return ask(call, 'toUserId', question);
  },
};

function readType(say: string): string {
  if (/\bremind|\bdon'?t forget|\bdeadline|\bdue\b/i.test(say)) return 'reminder';
  if (
    /\binvit|\bstudy (?:with|together|session)|\bjoin\b|\bstudy\b/i.test(say) &&
    !/\bmove[sd]?\b/i.test(say)
  )
    return 'study_invite';
  if (/\bplan\b|\breschedul|\bmove[sd]?\b|\bpostpon|\bcancel|\blate\b/i.test(say)) return 'plan_update';
  if (/\bmatch\b|\bgood fit\b|\bcompatible\b/i.test(say)) return 'match_suggestion';
  return 'study_invite';
}

const PLACED =
  /\b(?:saying|that says|with the message|telling (?:him|her|them)(?: that)?|message:|says?:?|know(?: that)?|writes?:?)\s+(.{4,})/i;
const AFTER_COLON = /^[^:]{3,60}:\s+(.{3,})$/;
const REPORTED = /\b(?:that|whether|if)\s+(.{4,})/i;
const ABOUT =
  /\b(?:to|about|of|for)\s+((?:study|review|revise|join|work|practi[cs]e|meet|do|finish|read|prepare|call|bring|help|guide|send|learn|go|a |an |our |the |my |tomorrow|tonight|he|she|they|come|want|us|\w+ing).{2,})$/i;
const ORDER_TO =
  /^(?:study|review|revise|join|work|practi[cs]e|meet|do|finish|read|prepare|come|call|bring|help|guide|send|learn|go)\b/i;

/** The words for the other student: quoted, after a colon, or what "to", "that" and "about" introduce. */
function readMessage(say: string): string {
  const quoted = /"([^"]{3,})"|(?<=\s)'([^']{4,})'/.exec(say);
  if (quoted) return quoted[1] ?? quoted[2] ?? '';
  const colon = AFTER_COLON.exec(say)?.[1];
  if (colon) return capitalised(colon);
  const told = PLACED.exec(say)?.[1] ?? REPORTED.exec(say)?.[1];
  if (told) return sentence(told);
  const about = ABOUT.exec(say)?.[1]?.replace(/[.\s!]+$/, '');
  if (!about) return '';
  return ORDER_TO.test(about) ? `Would you like to ${about}?` : capitalised(about);
}

/** "she wants to …" said of the one who will read it. */
function sentence(told: string): string {
  const isAsked = /^(?:he|she|they) (?:wants?|can|could|has|have|is|are|would|will|needs?|likes?)\b/i.test(
    told,
  );
  const plain = told.replace(/[.\s?!]+$/, '');
  if (!isAsked) return capitalised(plain);
  const turned = plain
    .replace(/^(?:he|she|they) wants? to\b/i, 'do you want to')
    .replace(/^(?:he|she|they) wants?\b/i, 'do you want')
    .replace(/^(?:he|she|they) (?:is|are)\b/i, 'are you')
    .replace(/^(?:he|she|they) (?:has|have)\b/i, 'do you have')
    .replace(/^(?:he|she|they) needs?\b/i, 'do you need')
    .replace(/^(?:he|she|they) likes?\b/i, 'do you like')
    .replace(/^(?:he|she|they) (can|could|would|will)\b/i, '$1 you');
  return `${capitalised(turned)}?`;
}
