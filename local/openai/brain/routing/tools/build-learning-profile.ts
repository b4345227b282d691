import type { Clause, Filled, ToolRules } from '../types.ts';
import { frame, TOPIC_NOUN, together, unless } from '../vocabulary.ts';

const TROUBLE =
  "bad at|worst(?: at)?|weak(?:er|est|ness(?:es)?)?|suck(?:ing)? (?:at|in)|suck|struggl\\w*|fail(?:ing|ed)?(?: at)?|mess(?:ing)? (?:\\w+ )?up|(?:get|getting|got|gotten) (?:\\w+ )?wrong|(?:do|did|am|been|doing) wrong|mistakes?|errors?|trouble|shaky|lacking|lagging|behind|confus(?:ed|ing)|(?:not|n't) (?:yet )?(?:understood|know|understand|get|mastered|learned|clear|solid|good)|need(?:s|ed|ing)? (?:\\w+ )?(?:work|practi[cs]e|improve\\w*|attention|repetition|revision)|forget(?:ting)?|difficult for me|hard for me|gaps?|lowest|hardest";
const SKILL =
  'good at|best at|strong(?:est)?(?: in| at)?|strengths?|master(?:ed|y)?|already (?:know|master|understand|good)|know (?:well|best)|confident|solid|do(?:ing)? (?:best|well)|shine|excel';
const FOCUS =
  'focus(?:ing)?|work(?:ing)?(?: on)?|concentrat(?:e|ing)|prioriti[sz]e|improve|revis(?:e|ing)|study(?:ing)?|review(?:ing)?|learn(?:ing)?|practi[cs](?:e|ing)|tackle|repeat|brush up|spend (?:\\w+ )*time|start with|look at again|go over|put (?:\\w+ )*effort';
const WONDERS = String.raw`\b(?:what|which|where|in what|in which|how|show|tell|list|name|find|identify|analy[sz]e|diagnose|see|give|know|display|detect|pinpoint|point out|overview|view|check|remind)\b`;
const SELF = String.raw`\b(?:i|i'm|i've|me|my|mine|myself)\b`;
const MEASURE =
  'progress|performance|results|mastery|stats|statistics|scores?|averages?|grades?|trends?|accuracy|analytics|learning (?:curve|data)|level|report|standing|knowledge|record|history|achievements?';
/** About a text or another person, not about the student's own learning. */
const ELSEWHERE = String.raw`\b(?:my (?:\w+ )?(?:notes?|slides?|files?|documents?|essay|code|computer|phone|english|resume|cv|attempt)|with (?:some|any)one|(?:in|according to) (?:the|this) (?:text|chapter|passage)|with me|people|students?|partners?|class ?mates?|match)\b|[§¤]`;

export const buildLearningProfile: ToolRules = {
  tool: 'buildLearningProfile',
  frames: [
    frame(
      3,
      String.raw`\b(?:my |the |a )?(?:learn(?:ing|er)|student|study|knowledge) profile\b|\bmy profile\b`,
      String.raw`\bstrengths? (?:and|or|&|vs|,) weak\w*|\bweak\w* (?:and|or|&|vs|,) strengths?\b`,
      String.raw`\b(?:my|me) (?:\w+ )?(?:strengths?|weakness(?:es)?|weak(?:est|er)?|worst|gaps|problem areas?|blind spots?|(?:strong(?:est)?|best) (?:suits?|points?|areas?|topics?|subjects?|sides?|spots?))\b`,
      String.raw`\b(?:weakest|strongest|lowest|worst) (?:aspect|part|area|point|topic|subject|chapter|unit|skill)s?\b`,
      String.raw`\bknowledge gaps?\b|\bwhere (?:are|were) (?:the|my) gaps\b`,
      String.raw`^(?:my )?(?:progress|stats|weak (?:areas|spots|points|topics)|strengths|weaknesses)(?: report| overview| check)?(?: please)?\W*$`,
    ),
    unless(
      together(2.8, WONDERS, SELF, String.raw`\b(?:${TROUBLE}|${SKILL})\b`),
      ELSEWHERE,
      String.raw`^(?:what am i missing|where did i go wrong|what did i (?:do|get) wrong)\W*$`,
      String.raw`\bhow (?:do|can|should|to)\b(?! i know)`,
    ),
    unless(
      frame(
        2.8,
        String.raw`\b(?:what|which(?: \w+)?(?: ${TOPIC_NOUN})?|where|on what|on which ${TOPIC_NOUN}|what (?:\w+ ){0,2}${TOPIC_NOUN}) (?:should|do|must|shall|can|could|would|ought|am|have) i (?:\w+ ){0,3}?(?:${FOCUS})\b`,
        String.raw`\bwhat to (?:${FOCUS})\b|\b(?:${TOPIC_NOUN}|what) (?:that )?i (?:should|need to|must|have to|ought to) (?:${FOCUS})\b`,
        String.raw`\b(?:which|what) ${TOPIC_NOUN} (?:\w+ ){0,2}(?:need|require|are|is|deserve)s? (?:\w+ ){0,3}?(?:work|practi[cs]e|attention|improv\w*|revision|lowest|weakest|worst|best|strongest|hardest for me|shaky)\b`,
        String.raw`\b(?:which|what) ${TOPIC_NOUN} (?:should|must|have to|need to) (?:get|have|receive) (?:\w+ )?(?:more|most|extra)\b`,
        String.raw`\bwhere (?:should|do|can|could|must) i (?:\w+ )?(?:improve|stand|start|put|begin)\b|\bhow (?:can|could|do|should) i (?:improve|get better|do better)\W*$`,
        String.raw`\bwhat(?:'s| is) (?:the )?next (?:for me|best|thing|step)(?: to (?:study|learn|revise|practi[cs]e|review|do))?\W*$`,
      ),
      ELSEWHERE,
      String.raw`\bto (?:solve|find|prove|calculate|understand why)\b|\bwhat (?:should|do|must|can) i (?:learn|study) (?:to|in order)\b`,
    ),
    unless(
      frame(
        2.8,
        String.raw`\bhow (?:well )?(?:am|have|did|was|were|is|are) (?:i|my (?:\w+ )?(?:studies|learning|studying|revision|prep\w*|progress|results?|scores?))\b(?:[^.?!\n]{0,30}\b(?:doing|done|do|been|perform\w*|progress\w*|improv\w*|going|coming along|getting on|standing|develop\w*)\b)?`,
        String.raw`\bhow (?:far|close|good|well|bad|strong|ready|prepared) (?:\w+ )?(?:am i|is my|are my|have i|do i)\b`,
        String.raw`\b(?:am i|have i) (?:\w+ )?(?:improv\w*|getting (?:\w+ )?(?:better|worse)|gotten better|on track|ready (?:for|to)|ready|making progress|made progress|progress\w*|any good|good enough|behind|prepared)\b|\bi'm (?:\w+ )?(?:ready|prepared|on track)\b.*\?`,
        String.raw`\bmy (?:\w+ ){0,2}(?:${MEASURE})\b|\b(?:${MEASURE}) (?:of mine|so far)\b`,
        String.raw`\bwhat(?:'s| is) going (?:well|badly|wrong)\b|\bam i (?:\w+ )?(?:good|bad|strong|weak|okay|ok) (?:in|at|with)\b|\bbreakdown (?:by|per) (?:topic|subject|chapter|unit|course)\b|\bhow many (?:quizzes|questions|cards|tests) (?:have|did) i\b`,
        String.raw`\bhow i(?:'m|'ve| am| have| did) (?:\w+ )?(?:doing|been doing|perform\w*|progress\w*|stand|done)\b|\bwhere i stand\b|\bprogress report\b|\bhow productive\b`,
      ),
      ELSEWHERE,
      String.raw`\bhow am i (?:supposed|to|meant)\b|\bmy (?:\w+ )?(?:history|knowledge|level|record) (?:exam|test|class|course|homework|essay|teacher|final|midterm|project|of)\b|\bhow (?:well|far) do i\b.*\b(?:jump|run|throw)`,
    ),
  ],
  hints: [
    unless(
      frame(
        1.8,
        String.raw`\bhow (?:sure|certain|confident|safe|solid|sufficient) (?:can|should|am|could|is|are) (?:i|my)\b|\bam i\b[^?]*\b(?:exams?|tests?|midterms?|finals?)\b|\bwhat (?:have|did) i learn(?:ed|t)?(?: so far| this (?:week|month|term|semester)| lately)?\W*$|^what(?:'s)? next\W*$|\bfeedback on my (?:learning|progress|studies)\b`,
        String.raw`\b(?:my|me|i|i'm|i've)\b[^?]*\b(?:${TROUBLE}|${SKILL}|${MEASURE}|improv\w*|lose (?:\w+ )*points|know enough|focus on|deserve\w* more|more (?:of my )?time|stand|recommend\w*|prioriti\w*|priority|do better|sufficient|what is missing|revise most|study next|learn next|work on)\b`,
        String.raw`\b(?:${TROUBLE}|improv\w*|know enough|lose (?:\w+ )*points|focus on|prioriti\w*|work on|revise (?:most|next|first)|study (?:next|first)|learn (?:next|first)|more (?:of my )?time)\b[^?]*\b(?:i|me|my)\b`,
        String.raw`\b(?:recommend|suggest|advise|think)\w*\b[^?]*\b(?:me|i)\b[^?]*\b(?:study|learn|revise|review|practi[cs]e|work on|focus)\b`,
        String.raw`\b(?:analy[sz]e|assess|evaluate|rate|judge|diagnose|measure) (?:me\b(?! (?:in|on|about))|my (?:\w+ )?(?:learning|knowledge|level|studying|work|skills?|understanding|results?))\b`,
        String.raw`^(?:show|see|list|display|check|view|give|tell)(?: me)? (?:the |all )?(?:strengths?|weak\w*|progress|stats|statistics|gaps|performance|mastery)\b`,
        String.raw`\bassessment of (?:me|my|where i)\b|\b(?:any|some|much) progress\b|\bmy learning\b`,
      ),
      ELSEWHERE,
      String.raw`\bhow (?:do|can|should|to|would)\b|\b(?:solve|calculate|formula|equation|proof|essay)\b|\bquiz me\b|\b(?:understand|explain)\b|\bwhat am i missing\b|\b(?:help|give|tell|show) me (?:with|a|an|some|how|why|what (?:is|are|does|a)\b)`,
    ),
  ],
  fill({ say }: Clause): Filled {
    const forceRebuild =
      /\b(?:re-?build|refresh|re-?compute|re-?calculate|re-?evaluate|re-?assess|update|from scratch|re-?generate|redo|re-?do|again|reset|force|latest|fresh|new)\b/i.test(
        say,
      );
    return { calls: [{ tool: 'buildLearningProfile', args: { forceRebuild } }] };
  },
};

/** "my weak spots", "whatever I'm worst at", "what I got wrong": a subject that only the profile can name. */
export const WEAK_SUBJECT =
  /\b(?:my |the )?(?:weak(?:est|er|ness(?:es)?)?(?: (?:spots?|areas?|points?|topics?|subjects?|ones?|cards|chapters?|skills?|concepts?))?|worst(?: (?:topics?|subjects?|areas?|chapters?))?|problem areas?|gaps|mistakes|(?<!\btype (?:\d|i+|one|two) )errors)\b(?! in the)|\bwhat(?:ever)? i(?:'m| am)? (?:\w+ )?(?:bad|worst|weak(?:est)?|struggl\w+|got wrong|get wrong|missed|failed|keep (?:getting|forgetting|missing)|don't know|can't)\b|\b(?:things?|topics?|stuff|questions?|ones|those|everything) (?:that |which )?i(?:'m| am| have| keep)? (?:\w+ )?(?:bad|worst|weak(?:est)?|struggl\w*|got wrong|get wrong|getting wrong|missed|miss|fail\w*|forgett?\w*|mess\w*|don't know|answered wrong)\b/i;
