import { findTopic, SUMMARY_TOPIC } from '../topic.ts';
import { ask, type Clause, type Filled, type ToolRules } from '../types.ts';
import { frame, NOTES, SUMMARY, unless } from '../vocabulary.ts';

const SESSION =
  '(?:session|conversation|convo|chat|discussion|thread|call|meeting|talk|lesson|class|dialogue)';
const THIS_SESSION = new RegExp(
  String.raw`\b(?:this|our|the|today'?s|last|my last|that|my) (?:\w+ )?${SESSION}\b(?! (?:notes|slides|pdf))|\bwhat (?:we|i)(?:'ve| have| just)* (?:\w+ )?(?:did|done|talked|discussed|covered|went|gone|learned|learnt|studied|said|worked|looked)\b|\b(?:did|have) (?:we|i) (?:just )?(?:do|done|talk|discuss|cover|go|gone|learn|study|work|look)\w*\b|\bso far\b|\btoday\b|\bwhere we (?:are|left off|stand)\b`,
  'i',
);
/** Found as a topic, but it is the talk itself. */
const TALK_ITSELF = new RegExp(
  String.raw`^(?:(?:this|our|the|today's|last|my|whole|entire) )*(?:${SESSION}|everything(?: we .*)?|all(?: we .*)?|we|today|so far|up)s?$|\bwe (?:just )?(?:discuss|did|do|talk|said|cover|learn|went|go)\w*\b`,
  'i',
);
/** Said of the talk even where a subject is named beside it. */
const TALK =
  /\b(?:this|our|the|today's|last) (?:\w+ )?(?:session|conversation|convo|chat|discussion)\b|\bwhat we\b/i;
const PIECE = `(?:${NOTES}|chapters?|sections?|units?|${SESSION}|articles?|texts?|pages?|modules?)`;

export const summarizeSession: ToolRules = {
  tool: 'summarizeSession',
  frames: [
    unless(
      frame(3.6, String.raw`\b${SUMMARY}\b`),
      String.raw`^(?:what|which|who|why|how)\b[^?]*\b(?:a summary|takeaways? (?:food|coffee)|digest(?:s|ive|ion)?\b)|\bdigest(?:ion|ive|s|ed)?\b(?! (?:of|my|this))|\b(?:key|main|important|central) (?:ideas?|points?|facts) (?:behind|that make)\b`,
    ),
    unless(
      frame(
        3.3,
        String.raw`\b(?:overview|outline|essence|highlights|essentials|crux|core|short(?:er)? version|abstract|the short of)\b[^.?!\n]{0,40}\b${PIECE}\b`,
        String.raw`\b(?:shorten|compress|distil|abridge|simplify)\b[^.?!\n]{0,40}\b${PIECE}\b`,
        String.raw`^(?!define|explain|describe|what (?:is|are)|who|why|how).*\b${PIECE}\b[^.?!\n]{0,40}\b(?:in (?:short|brief|a few words|\w+ sentences?|\w+ lines)|to the essentials|down to)\b|^(?!define|explain|describe|what (?:is|are)|who|why|how).*\bin (?:\d+|three|five|two|one|a few) (?:sentences?|bullets?(?: points)?|lines)\b`,
        String.raw`\bwhat (?:did|have|do) (?:we|i) (?:just )?(?:cover|discuss|learn|go (?:over|through)|talk about|do(?:ne)?|work on|look at)\w*(?: about)?(?: (?:so far|today|just now|in this (?:session|chat|conversation)|here|together|this session))\b`,
        String.raw`\bwhat we(?:'ve| have| just)* (?:\w+ )?(?:did|done|covered|discussed|learned|learnt|talked about|went (?:over|through))\b`,
        String.raw`\b(?:what )?(?:should|can|do) i (?:take|remember) (?:away )?from (?:this|today|our|the) (?:\w+ )?${SESSION}?\b`,
        String.raw`\btake away from (?:this|today|our)\b|\b(?:session|meeting|lesson) (?:notes|minutes|protocol)\b|\b(?:minutes|protocol|conclusions?|wrap-?up|review|overview) of (?:our|this|the|today)(?:'s)? (?:\w+ )?${SESSION}\b`,
      ),
      String.raw`\bmy (?:\w+ )?(?:progress|performance|strengths|weak\w*|results|scores)\b`,
    ),
  ],
  fill({ say, paste, inherited, state }: Clause): Filled {
    if (paste) return { calls: [{ tool: 'summarizeSession', args: { transcript: paste } }] };
    const nothing = { tool: 'summarizeSession' as const, args: {} };
    const found = findTopic(say, SUMMARY_TOPIC);
    const named = TALK_ITSELF.test(found) ? '' : found;
    const topic = named || (inherited && /\b(?:it|that|this|them)\b/i.test(say) ? inherited : '');
    const isTalk = TALK_ITSELF.test(found) || (named ? TALK.test(say) : THIS_SESSION.test(say));
    if (isTalk || (!topic && state.conversation)) {
      if (state.conversation) return { calls: [{ ...nothing, args: { transcript: state.conversation } }] };
      return ask(
        nothing,
        'transcript',
        'Paste the transcript or your notes of the session, and I will summarise them.',
      );
    }
    if (!topic)
      return ask(nothing, 'transcript', 'Paste the text, or name the document or topic I should summarise.');
    return {
      calls: [
        { tool: 'searchNotes', args: { query: topic, limit: 10 } },
        { tool: 'summarizeSession', args: { topic }, needs: 'passages' },
      ],
    };
  },
};
