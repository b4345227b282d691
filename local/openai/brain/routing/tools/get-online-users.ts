import { clamp, readCount } from '../../slots/minutes.ts';
import type { Clause, Filled, ToolRules } from '../types.ts';
import { frame, KNOWN_PERSON } from '../vocabulary.ts';

const WHO =
  "(?:who(?:'s|'re| is| are| else)?|any ?one(?: else)?|any ?body|some ?one|some ?body|people|students?|class ?mates?|course ?mates?|friends?|users?|partners?|budd(?:y|ies)|others|peers|mates|how many(?: people| students| users| others| of us)?|everyone|everybody)";
const NOW =
  '(?:now|right now|this late|so late|this early|at this hour|at the moment|currently|today|tonight|this (?:morning|afternoon|evening)|here|to (?:study|chat|talk|learn|revise|work)(?: with(?: me)?)?(?: (?:right )?now| today| tonight)?|for (?:a |some |study)\\w*|please|already|still|too|as well)';
const STATE =
  '(?:online|logged (?:in|on)|signed in|on here|in a (?:study )?session|active|around|awake|here|there|up|on|free|available|studying|learning|working|idle|present|hanging out)';
const END = String.raw`(?:[ ,]+${NOW})*(?: or what)?\W*$`;

export const getOnlineUsers: ToolRules = {
  tool: 'getOnlineUsers',
  frames: [
    frame(
      3.1,
      String.raw`\b${WHO}(?: (?!did|was|were|wrote)[\p{L}']+){0,5} ${STATE}${END}`,
      String.raw`\b${WHO}(?: [\p{L}']+){0,4} (?:online|awake|available|free|around|studying|in a session)(?: and [\p{L}]+| (?:now|right now|at the moment|currently|to study|for studying|and ready)\b)`,
      String.raw`\b(?:online|active|available|current) (?:users?|students?|people|friends?|now|class ?mates?|list|partners?|ones|members?|budd(?:y|ies))\b${END}`,
      String.raw`\b${WHO} (?:up for|down for|keen (?:on|to)|ready (?:to|for)) (?:a |some )?(?:stud|revis|learn|session|work|quick)`,
      String.raw`\bwho (?:can|could|wants? to|is able to|would like to|is ready to|is up to) (?:study|learn|revise|work|chat)(?: with me)? (?:right now|now|tonight|today|at the moment)\b`,
      String.raw`\b${KNOWN_PERSON} (?:\w+ )?(?:online|here|on|around|active)${END}|^(?:is|are) ${KNOWN_PERSON} (?:online|here|active|on)\b`,
      String.raw`\bwho (?:can|could) i (?:\w+ ){0,5}(?:with )?(?:right now|now|tonight)\b|\bhow many (?:users|students|people)\W*$`,
      String.raw`\bam i (?:the only (?:one|person)|alone)(?: here| online| on| studying)?|\bis it just me\b`,
      String.raw`^(?:is |are )?(?:any ?(?:one|body)|some ?(?:one|body)) (?:there|on|here|up)\W*$`,
      String.raw`\b(?:is|are) ${KNOWN_PERSON} (?:\w+ )?(?:online|on|around|active|awake|here|studying)${END}`,
    ),
  ],
  fill({ say }: Clause): Filled {
    const activityFilter = readActivity(say);
    const limit = clamp(readCount(say, 'people|students?|users?|online users?|others') ?? 50, 1, 200);
    return {
      calls: [{ tool: 'getOnlineUsers', args: { ...(activityFilter ? { activityFilter } : {}), limit } }],
    };
  },
};

function readActivity(say: string): string | undefined {
  if (/\bin (?:a )?(?:study )?session\b/i.test(say)) return 'in_session';
  if (/\b(?:available|free|to (?:study|chat|revise|learn)|can study|up for|down for|ready)\b/i.test(say))
    return 'available';
  if (/\b(?:studying|learning|working)\b/i.test(say)) return 'studying';
  return /\bidle\b/i.test(say) ? 'idle' : undefined;
}
