import { clamp, readCount } from '../../slots/minutes.ts';
import { findTopic, SEARCH_TOPIC } from '../topic.ts';
import { ask, type Clause, type Filled, type ToolRules } from '../types.ts';
import { frame, LEAD, NOTES } from '../vocabulary.ts';

const MOST_RESULTS = 50;
const LONGEST_QUERY = 300;

export const searchNotes: ToolRules = {
  tool: 'searchNotes',
  frames: [
    frame(
      3,
      String.raw`\b(?:search|look|find|check|scan|browse|dig|go|grep|analy[sz]e|explain|locate|pull up|show|list|get|fetch|where|which|what|anything|something|any info\w*|info\w* (?:on|about)|mention\w*|cover\w*|based on|according to|per)\b[^?!\n]{0,80}\b(?:my|the|our|these|those|in|from) (?:\w+ ){0,3}?${NOTES}\b`,
      String.raw`\b(?:do|does|did) my (?:\w+ ){0,2}${NOTES}\b`,
      String.raw`\b${NOTES} (?:say|mention|cover|about|on)\b`,
    ),
    frame(
      2.4,
      String.raw`\b(?:search|look) (?:for|up|through|into)\b`,
      String.raw`\bsearch\b`,
      String.raw`\bfind (?:me )?(?:info\w*|everything|anything|the (?:passage|part|section|definition|place|quote|formula|page|sentence|paragraph)|passages|where|what|quotes?|mentions?|references?)\b`,
      String.raw`\bwhat (?:did|have|do) i (?:already )?(?:save|write|note|have|keep|saved|written|noted|stored?|jot(?:ted)?|put|got|get)(?: down)? (?:about|on|for|regarding|in)\b`,
      String.raw`\b(?:show|give|read|open|quote|see)\b[^.?!\n]{0,20}\b(?:passages?|sections?|paragraphs?|quotes?|sentences?|definitions?) (?:on|about|of|for|where|with|that)\b`,
      String.raw`\b(?:on|in) (?:which|what) (?:page|chapter|section|slide|document|file|lecture)\b`,
      String.raw`\bwhere (?:did|does|do|is|are|was|were|can i find)\b[^.?!\n]{0,40}\b(?:prof\w*|teacher|lecturer|author|written|mentioned|explained|defined|described|write|say|mention|talk)\b`,
    ),
    frame(
      1.2,
      String.raw`^(?:(?:hey|hi|ok|okay|so|and|but|please|well|hmm|now|also),? )*(?:(?:can|could|would|will) you (?:please )?|i (?:want|need|would like|'d like) (?:you )?to |i(?: still| really| just)* (?:don'?t|didn'?t|can'?t) (?:quite |really |fully )?(?:get|understand|grasp|follow|remember|see) |i (?:forgot|forget|always forget|can't remember) |i'?m (?:so |really |totally |still |a bit )?(?:confused|unsure|stuck|lost|struggling) (?:about|by|on|with|in) |(?:i have )?no (?:idea|clue) |help me (?:to )?(?:understand|with|get) |remind me (?=what|how|why|who|when|where|which|about|of))?(?:explain|define|describe|tell me|what|what'?s|why|how|who|who'?s|when|where|which|whose|whom|is|are|was|were|does|do|did|has|have|can|could|should|would|will|may|must|compare|contrast|outline|discuss|elaborate|clarify|teach me|walk me through|go over|list|name|the|a|give (?:me |us )?(?:an? |one |two |three |some |\d+ )?(?:\w+ )?(?:examples?|overview|definition|explanation|list|the|details|background|reasons?)|definition|meaning|difference|formula|example|in what|in which|at what|to what|for what|from what|of what|under what|by what|on what)\b`,
    ),
    frame(
      1.1,
      String.raw`\b(?:explain|define|how (?:do|can|should) (?:i|you|we) (?:know|recogni[sz]e|find|solve|calculate|derive|prove|compute|tell|use|write|interpret|apply)|what(?:'s| is) the difference|what did (?:i|we) (?:write|note|learn)|help (?:me )?(?:to )?(?:understand|with)|topics? (?:are|have i|is) covered|why (?:does|do|is|are)|confused (?:about|by)|(?:don't|can't) (?:get|understand|grasp)|(?:tell|teach) me (?:\w+ )?(?:about|of|on)|questions? (?:about|on|from|regarding)|(?:want|need|like) to (?:know|learn|understand|hear)(?: more)? about|i (?:just )?need (?:the|an?) (?:\w+ )?(?:formula|definition|meaning|equation|example|explanation|name|date|value|list|passage|page)|any (?:info\w*|thing|mention)|(?:no|any) (?:idea|clue) (?:what|how|why|who|about))\b`,
      // A question in any words.
      String.raw`[?？؟]\s*["”’)»」』]*\s*$`,
    ),
    // A sentence with a blank, or one that breaks off where its answer belongs.
    frame(
      2,
      '_{3,}',
      String.raw`\b(?:is|are|was|were|by|called|as|be|includes?|allows?|using|use|an?|the|deploy|that|of|to|for|with|because)\s*:\s*$`,
    ),
  ],
  fill({ say, paste }: Clause): Filled {
    // What stands in quotation marks is what is looked for.
    const quoted = /^"([^"]+)"\W*$/.exec(paste)?.[1] ?? /"([^"\n]{8,})"/.exec(say)?.[1];
    const query = quoted ?? (findTopic(say, SEARCH_TOPIC) || wholeQuestion(say));
    if (query.length < 2)
      return ask({ tool: 'searchNotes', args: {} }, 'query', 'What should I look for in your notes?');
    const limit = clamp(
      readCount(say, 'results?|passages?|chunks?|quotes?|hits|matches|excerpts?|notes') ?? 10,
      1,
      MOST_RESULTS,
    );
    return { calls: [{ tool: 'searchNotes', args: { query: query.slice(0, LONGEST_QUERY), limit } }] };
  },
};

const ONLY_WHERE = new RegExp(`^(?:(?:search|find|look|check|in|through|my|the|all|our) )+${NOTES}$`, 'iu');

function wholeQuestion(say: string): string {
  const question = say
    .replace(LEAD, '')
    .replace(
      /^(?:(?:can|could|would|will) you |please |pls |tell me (?:about )?|help me (?:to )?(?:understand |with )|i (?:want|need) to know |do you know )+/i,
      '',
    )
    .replace(/[\s?？؟!.]+$/, '')
    .trim();
  return ONLY_WHERE.test(question) ? '' : question;
}
