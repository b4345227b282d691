import { findPerson } from '../people.ts';
import { ask, type Clause, type Filled, type ToolRules } from '../types.ts';
import { frame, NAME } from '../vocabulary.ts';

export const matchInsight: ToolRules = {
  tool: 'matchInsight',
  frames: [
    frame(
      3.4,
      String.raw`\bcompatib(?:le|ility)\b|\bmatch (?:insight|score|details?)\b|\binsights? (?:on|about|into|for)\b`,
      String.raw`\bhow (?:well|good|much)\b[^.?!\n]{0,30}\b(?:match|fit|work|get along|pair)\b[^.?!\n]{0,20}`,
      String.raw`\bwhy (?:did you|was|is|were|am i)[^.?!\n]{0,20}\b(?:suggest|match|recommend|pair|candidate)`,
      String.raw`\b(?:good|right|great|decent|bad|strong) (?:study )?(?:partner|match|fit|buddy)\b[^.?!\n]{0,15}(?:for me)?`,
      String.raw`\bshould i (?:study|work|pair|team up|partner)(?: up)? with ${NAME}`,
      String.raw`\bcompare (?:me|myself) (?:with|to|and)\b`,
      String.raw`\b(?:me|i) and [\p{L}]+ (?:study|work|match|good|get)`,
      String.raw`\b[\p{L}]+ and (?:me|i) (?:study|work|be|match|get|are|make)`,
      String.raw`\bwhat (?:do|would) (?:me and|i and|we have in common)|\bin common\b`,
    ),
  ],
  fill({ say, state }: Clause): Filled {
    const person = findPerson(say, state);
    if (person.id) return { calls: [{ tool: 'matchInsight', args: { candidateId: person.id } }] };
    const question = person.name
      ? `I know no ${person.name} among your matches. Which student do you mean?`
      : 'With which student should I compare you?';
    return ask({ tool: 'matchInsight', args: {} }, 'candidateId', question);
  },
};
