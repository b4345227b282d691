import { findPerson } from '../people.ts';
import { ask, type Clause, type Filled, type ToolRules } from '../types.ts';
import { frame, KNOWN_PERSON, STUDY_VERB, together, UNKNOWN_PERSON, unless, WHOM } from '../vocabulary.ts';

const FITTING = String.raw`\b(?:fits?|match(?:es|ed)?|suits?|suited|work (?:well|out)|get (?:along|on)|pair(?:ed|ing)?(?: up)?|team(?:ing)? up|in common|compare[ds]?|complement\w*|chemistry|compatib\w+|recommend(?:ed)?|suggest(?:ed)?|proposed?|picked|candidate|partner|buddy|pros and cons|risks?|downsides?|upsides?|benefits?|insights?|score|percent|good (?:choice|idea|pick)|right (?:person|choice|one)|worth)\b`;
const GIVE_AND_TAKE = String.raw`\b(?:learn from|teach|help (?:me|us)|explain to|good at|strong (?:in|at)|stronger|better (?:at|in)|strengths?|weak\w*|bring|offer)\b`;
const ASKS = String.raw`\?\s*$|^(?:what|why|how|would|will|do|does|is|are|should|could|can|tell|explain|show|give|compare|describe|which|match|our|pros)\b|^§ (?:and (?:me|i)|vs)`;

export const matchInsight: ToolRules = {
  tool: 'matchInsight',
  frames: [
    unless(
      frame(
        3.4,
        String.raw`\b(?:match|compatibility) (?:insight|score|details?|report)\b|\bmy compatibility\b`,
        String.raw`\b(?:compatible|compatibility)\b[^.?!\n]{0,20}${WHOM}|${WHOM}[^.?!\n]{0,30}\bcompatib`,
        String.raw`\b(?:should|shall|could|can|would) (?:i|we) (?:\w+ )?${STUDY_VERB}(?: up)? with ${WHOM}`,
        String.raw`\b(?:me|i|us) and ${WHOM} (?:study|work|match|good|get|fit|as|be|make|suit)`,
        String.raw`${WHOM} and (?:me|i|myself) (?:study|work|be|match|get|are|make|have|fit|suit|would|as|together)`,
        String.raw`\bcompare (?:me|myself) (?:with|to|and) ${WHOM}`,
      ),
      String.raw`^(?:when|what (?:time|day)|which (?:day|evening|time))`,
    ),
    unless(
      together(3.2, KNOWN_PERSON, FITTING, ASKS),
      String.raw`\b(?:free|available|times?|days?|hours?|when)\b`,
    ),
    unless(together(3, KNOWN_PERSON, GIVE_AND_TAKE, ASKS), String.raw`^(?:please )?(?:ask|tell) ${WHOM}`),
    unless(
      together(3.2, UNKNOWN_PERSON, String.raw`\b(?:match|partner|fit|compatib\w+|buddy)\b`, ASKS),
      String.raw`\bfree\b`,
    ),
    frame(
      2.6,
      String.raw`\b(?:tell|show|give) me (?:more |something |everything |the details )?(?:about|on) ${WHOM}`,
      String.raw`\b(?:more|details|info\w*) (?:about|on) ${WHOM}|\bwho is ${WHOM}|\b${WHOM}['’]s profile\b|\bhow about ${WHOM}|^what about ${WHOM}`,
    ),
    // "how well does the best one fit" after a list of partners: whom it is about is asked or known.
    frame(
      3,
      String.raw`\b(?:explain|describe|about|details on) the (?:best|first|top) (?:one|match|candidate|partner|of them)\b`,
      String.raw`\b(?:how (?:well|good|much)|whether|why)\b[^.?!\n]{0,40}\b(?:best|first|top|second) (?:one|match|candidate|partner|of them)\b`,
      String.raw`\b(?:insight|details?|more)\b[^.?!\n]{0,20}\b(?:best|first|top) (?:one|match|candidate|partner|of them)\b`,
    ),
  ],
  hints: [
    unless(
      frame(
        1.7,
        String.raw`^(?:why|what|how|which|do|does|would|could|should|is|are|will|can|who)\b[^?]*${KNOWN_PERSON}`,
        String.raw`${KNOWN_PERSON} (?:and|&|\+|with) (?:me|i|myself)\b|\b(?:me|i|myself) (?:and|&|\+|with) ${KNOWN_PERSON}`,
        String.raw`\b(?:details|profile|info\w*|report|overview|summary|reasons?)\b[^?]*${KNOWN_PERSON}`,
      ),
      String.raw`^(?:${KNOWN_PERSON} and i|i and ${KNOWN_PERSON}) (?:\w+ed|went|met|had|are|were)\b|\bonline\b`,
    ),
  ],
  fill({ say, state, calls }: Clause): Filled {
    const person = findPerson(say, state);
    if (person.id) return { calls: [{ tool: 'matchInsight', args: { candidateId: person.id } }] };
    // In one sentence with a search for partners it is about the best of them, whoever that will be.
    if (calls.some((call) => call.tool === 'matchCandidates'))
      return { calls: [{ tool: 'matchInsight', args: {}, needs: 'partners' }] };
    const question = person.name
      ? `I know no ${person.name} among your matches. Which student do you mean?`
      : 'With which student should I compare you?';
    return ask({ tool: 'matchInsight', args: {} }, 'candidateId', question);
  },
};
