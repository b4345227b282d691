import { clamp, readCount } from '../../slots/minutes.ts';
import type { Clause, Filled, ToolRules } from '../types.ts';
import { frame, OTHERS, PARTNER, STUDY_VERB, together, unless, WHOM } from '../vocabulary.ts';

const SEEK = String.raw`\b(?:find|get|need|want|look(?:ing)? (?:for|out for)|search(?:ing)?(?: for)?|seek(?:ing)?|show|suggest|recommend|any|is there|are there|any ?one|any ?body|some ?one|know|connect|match|pair|hook|link|introduce|set me up|who|which|would like|i'd like|help me (?:to )?(?:find|meet)|meet|list|where (?:can|do) i (?:find|meet))\b`;
const ONE_OF_THEM = String.raw`\b${OTHERS}\b`;
const WITH_ME = String.raw`\b(?:with|together|alongside|accountable|motivate[sd]?|join)\b`;
const STUDYING = String.raw`\b${STUDY_VERB}\b`;
const ABILITY = String.raw`\b(?:good|strong|stronger|better|best|great|skilled|confident|fluent|expert|ahead) (?:at|in|with)\b|\bwho (?:knows?|understands?|masters?|gets|likes?|loves?|enjoys?|takes?|stud(?:y|ies)|can (?:explain|teach|help)|is (?:taking|doing|good|into|also|strong))\b|\b(?:taking|doing|interested in|also (?:studying|learning|in)|from) (?:the |my )?(?:same )?\w+`;

export const matchCandidates: ToolRules = {
  tool: 'matchCandidates',
  frames: [
    frame(3, String.raw`\b${PARTNER}\b`),
    unless(
      together(3, SEEK, ONE_OF_THEM, STUDYING, WITH_ME),
      String.raw`\b(?:quiz|questions|flash ?cards?)\b`,
    ),
    unless(
      together(2.8, SEEK, ONE_OF_THEM, ABILITY),
      String.raw`^(?:who|which|what) (?:was|were|did|discovered|invented|wrote)\b|\bin (?:my|the) (?:notes|slides|files)\b|\bgroups? of\b`,
    ),
    frame(3.2, String.raw`\bcomplement(?:s|ary|ing)? (?:my|me)\b`),
    frame(
      3,
      String.raw`\bwho (?:else )?(?:should|could|can|might|would|shall|do)(?: i)? (?:\w+ )?(?:${STUDY_VERB}|complement|teach|tutor|help|join|fit|suit|match)\b(?=.*\b(?:with|me|my)\b)`,
      String.raw`\b(?:who(?:'s| is| are)?|people|some ?one|students?) (?:\w+ ){0,3}(?:similar to|like) me\b`,
      String.raw`\bwho\b[^?]*\b(?:(?:learn|study|revise|work|prepare) together|with me)\b`,
      String.raw`\bwho (?:\w+ ){0,5}(?:good (?:fit|match|partner|study)|compatible|fits? (?:me|best)|matches me)\b`,
      String.raw`\b(?:match|pair|connect|link|team|hook) (?:me|us)(?: up)?\b(?! to\b)|\bset (?:me|us) up\b`,
      '^(?:please )?(?:match|pair|connect) me[.!]?$',
      String.raw`\b(?:best|good|find|my|show|any|top|new|more|get|see|possible|potential)\b[^.?!\n]{0,20}\b(?:matches|candidates)\b`,
      String.raw`(?:\bnot|n't|\bhate|\btired of|\bbored of|\bsick of|\binstead of|\brather than|\balone is)\b[^.?!\n]{0,20}\b(?:${STUDY_VERB}|do(?:ing)? (?:this|it)) (?:\w+ )?(?:alone|by myself|on my own)\b`,
      String.raw`\b(?:no ?one|nobody|no partner|no group) to ${STUDY_VERB} with\b|\b(?:with )?whom (?:can|could|should|would|do) i\b[^?]*\b(?:study|learn|revise|work|prepare)\b|\bcompany (?:for|to|while)\b`,
      String.raw`\bwho (?:knows|understands|is good at|is strong in)\b[^.?!\n]{2,40}\b(?:in|at|from|on) (?:our|my|this|the) (?:college|school|class|course|uni(?:versity)?|year|app|group)\b`,
    ),
    unless(
      frame(
        2.8,
        String.raw`\b(?:find|recommend|suggest|get|show|need|want|like|look(?:ing)? for|search(?:ing)? for|seek(?:ing)?|meet|connect (?:me )?with|find(?:ing)?)(?: me)? (?:to )?(?:some |a |an |any |two |three |\d+ |more |my )?(?:\w+ ){0,2}?(?:some ?one|some ?body|people|partners?|budd(?:y|ies)|peers|class ?mates|course ?mates|other students|fellow students|team ?mates|tandem|accountability)\b`,
        String.raw`\bpartners? (?:for|in|to|who)\b|\bany partners?\b|\b(?:potential|possible|compatible|suitable) (?:partners?|students?|people|budd(?:y|ies)|class ?mates?)\b`,
      ),
      String.raw`\b(?:online|right now)\b|\b(?:trade|trading|business|sexual|dance) partners?\b|\bpeople (?:think|say|believe|in|of|who lived|were|are)\b|\bshow (?:me )?people\b`,
    ),
  ],
  hints: [
    unless(
      frame(
        1.8,
        String.raw`\b(?:companions?|company|tandem|partners?|budd(?:y|ies)|mates?|peers?|study ?mates?|class ?mates?|team ?mates?|study groups?|accountability)\b`,
        String.raw`\b${OTHERS}\b[^?]*\b(?:similar|same|like me|match|matching|my (?:\w+ )?(?:course|class|level|goals?|style|major|subjects?|year|uni\w*|exam)|better than me|who(?:'d|'s| would| could| can| is)?\b[^?]*\b(?:help|study|learn|revise|join|explain|prepar\w+))`,
        String.raw`\b(?:find|join|meet|set up|start|form|look for)\b[^?]{0,20}\bgroups?\b|\b(?:which|what) (?:students?|people|partners?|class ?mates?|person)\b[^?]*\b(?:me|my|with)\b|\b(?:learn|study|work) better (?:with|in) (?:others|people|company|groups?|a group)\b`,
        String.raw`\bwho (?:else )?(?:is|are|else)\b[^?]*\b(?:learning|studying|preparing|revising|taking|doing)\b[^?]*\b(?:for|in|with|same|my)\b`,
        String.raw`\b(?:study|learn|revise|prepare|work|practi[cs]e) (?:\w+ ){0,3}(?:together|with (?:me|some ?one|some ?body|others|other people))\b`,
      ),
      String.raw`${WHOM}|\b(?:quiz|flash ?cards?|notes|formula|cells?|online|right now)\b`,
    ),
  ],
  fill({ say }: Clause): Filled {
    const counted = readCount(
      say,
      '(?:study |good |potential |possible |compatible |suitable |new |other |fellow )*(?:partners?|budd(?:y|ies)|people|students?|matches|candidates?|class ?mates?|mates?|peers?|persons?|suggestions?|options?)',
    );
    const wantsOne = /\b(?:a|one) (?:\w+ )?(?:partner|buddy|person|mate)\b/i.test(say);
    return {
      calls: [{ tool: 'matchCandidates', args: { topK: clamp(counted ?? (wantsOne ? 5 : 10), 1, 50) } }],
    };
  },
};
