import { clamp, readCount } from '../../slots/numbers.ts';
import type { Clause, Filled, ToolRules } from '../types.ts';
import { frame } from '../vocabulary.ts';

const WHO =
  "(?:who|who'?s|whos|anyone|anybody|any one|someone|somebody|people|students?|classmates?|friends?|users?|partners?|buddies)";

export const getOnlineUsers: ToolRules = {
  tool: 'getOnlineUsers',
  frames: [
    frame(
      3,
      String.raw`\b${WHO}\b(?: else)?(?: is| are| on| that are| who are| who is|'s|'re)?(?: also)?(?: currently| right now| now| still| here)?\s?(?:\w+ )?(?:online|around|active|logged (?:in|on)|awake|studying(?: right)? now|currently studying|on here|here now|here right now|here|up for studying|free (?:right )?now|available(?: right)? now|in a session|signed in)\b`,
      String.raw`\bonline (?:users?|students?|people|friends?|now|classmates?|list|partners?)\b`,
      String.raw`\bwho(?:'s|s| is| are|se)? (?:else )?(?:(?:is|are) )?(?:studying|available|free|idle|on)(?: right now| now| at the moment| to (?:study|chat|talk))?\s*[?.!]?$`,
      String.raw`\bhow many (?:people|students|users|others)[^.?!\n]{0,15}\b(?:online|active|here|around|studying)\b`,
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
  if (/\bin (?:a )?session\b/i.test(say)) return 'in_session';
  if (/\bstudying\b/i.test(say) && !/\bto study|for studying/i.test(say)) return 'studying';
  if (/\b(?:available|free|to study|up for|to chat)\b/i.test(say)) return 'available';
  return /\bidle\b/i.test(say) ? 'idle' : undefined;
}
