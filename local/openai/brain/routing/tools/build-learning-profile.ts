import type { Clause, Filled, ToolRules } from '../types.ts';
import { frame } from '../vocabulary.ts';

export const buildLearningProfile: ToolRules = {
  tool: 'buildLearningProfile',
  frames: [
    frame(
      3,
      String.raw`\b(?:my |the |a )?(?:learn(?:ing|er)|student|study) profile\b|\bmy profile\b`,
      String.raw`\bstrengths? (?:and|or|&|vs) weakness(?:es)?\b`,
      String.raw`\b(?:my|are my|of my) (?:strengths?|weakness(?:es)?|strong (?:suits?|points?|areas?)|weak (?:spots?|areas?|points?|topics?|subjects?|sides?)|(?:weakest|strongest|worst) [a-z]+)`,
      String.raw`\b(?:weakest|strongest) (?:aspect|part|area|point|topic|subject)\b`,
      String.raw`\bam i ready (?:for|to)\b|\bknowledge gaps?\b`,
    ),
    frame(
      2.8,
      String.raw`\bwhat (?:am i|i'?m) (?:(?:most|really|so) )?(?:good|bad|best|worst|weak(?:est)?|strong(?:est)?|struggling|failing|missing|getting wrong)\b`,
      String.raw`\bwhere (?:do|am|should) i (?:struggl|stand|need|weak|fall|keep|going wrong|improv)`,
      String.raw`\bhow (?:am i|have i been|well am i|did i) (?:doing|do|progressing|perform|improving)`,
      String.raw`\b(?:my|show|see|track|check) (?:\w+ )?(?:progress|performance|mastery|stats|statistics|results|scores?)\b`,
      String.raw`\bwhat (?:should|do|must) i (?:need to )?(?:focus|work|study|revise|review|improve|concentrate|learn|practi[cs]e)(?: on)?(?: next| now| first| more| today| most)?\s*[?.!]?$`,
      String.raw`\bwhich topics? (?:am i|do i|should i|need)\b|\bhow good am i\b`,
      String.raw`\bam i (?:improving|getting better|on track|progressing)\b|\bprogress report\b`,
      String.raw`\b(?:my|growth|learning) (?:growth )?trends?\b|\bhow productive\b`,
      String.raw`\btopics? (?:that )?i (?:should|need to|must) (?:focus|work|review|revise|study)`,
    ),
  ],
  fill({ say }: Clause): Filled {
    const forceRebuild =
      /\b(?:re-?build|refresh|re-?compute|re-?calculate|update|from scratch|re-?generate|redo|re-?do|again|reset|force|latest|fresh|new)\b/i.test(
        say,
      );
    return { calls: [{ tool: 'buildLearningProfile', args: { forceRebuild } }] };
  },
};
