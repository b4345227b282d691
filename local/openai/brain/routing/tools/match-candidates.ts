import { clamp, readCount } from '../../slots/numbers.ts';
import type { Clause, Filled, ToolRules } from '../types.ts';
import { frame, PARTNER } from '../vocabulary.ts';

const SOMEONE =
  '(?:someone|somebody|anyone|anybody|people|others|person|students?|classmates?|partners?|peers?|buddy)';

export const matchCandidates: ToolRules = {
  tool: 'matchCandidates',
  frames: [
    frame(
      3,
      String.raw`\b${PARTNER}\b`,
      String.raw`\b${SOMEONE} (?:who (?:can|could|is|wants?) )?(?:(?:strong|good|great|better|best|interested|taking|doing|in|at|from|my|the) (?:\w+ ){0,3})?(?:to|i (?:can|could)|for me to) (?:study|revise|work|practi[cs]e|learn|prepare|review|pair|team|team up|prep)[^.?!\n]{0,25}\bwith\b`,
      String.raw`\bwho (?:should|could|can|might|would) i (?:\w+ )?(?:study|revise|work|practi[cs]e|learn|pair|team up|partner|prepare)[^.?!\n]{0,30}\bwith\b`,
      String.raw`\bmatch (?:me|us) (?:up )?(?:with)?|\bpair me\b`,
      '^(?:please )?(?:match|pair|connect) me(?: up)?(?: with (?:someone|somebody|people|others))?[.!]?$',
      String.raw`\b(?:find|recommend|suggest|get|show|need|want|looking for|search for)(?: me)? (?:some |a |any )?(?:compatible |good |new |other )?(?:someone|somebody|people|partners?|budd(?:y|ies)|peers|classmates)\b(?: (?:to study|for studying|who))?`,
      String.raw`\bwho can help me (?:study|learn|revise|with)\b`,
      String.raw`\b(?:best|good|find|my|show|any|top)\b[^.?!\n]{0,20}\bmatches\b`,
      String.raw`\bsomeone (?:good|strong|better) (?:at|in)\b|\bpartner for\b`,
      String.raw`\bfind (?:me )?(?:a |some )?(?:partner|peer|tutor|classmates?)s?\b`,
    ),
  ],
  fill({ say }: Clause): Filled {
    const counted = readCount(
      say,
      '(?:study |good |potential |possible |compatible )*(?:partners?|budd(?:y|ies)|people|students?|matches|candidates?|classmates?|mates?|peers?|persons?|suggestions?)',
    );
    const wantsOne = /\b(?:a|one) (?:\w+ )?(?:partner|buddy|person|mate)\b/i.test(say);
    return {
      calls: [{ tool: 'matchCandidates', args: { topK: clamp(counted ?? (wantsOne ? 5 : 10), 1, 50) } }],
    };
  },
};
