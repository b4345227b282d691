import { findTopic, SUMMARY_TOPIC } from '../topic.ts';
import { ask, type Clause, type Filled, type ToolRules } from '../types.ts';
import { frame, SUMMARY } from '../vocabulary.ts';

const THIS_SESSION =
  /\b(?:this|our|the|today'?s|last|my last|that|what we) (?:\w+ )?(?:session|conversation|chat|discussion|thread|call|meeting|did|talked|discussed|covered|went|learned|learnt|studied|said)\b|\bso far\b|\btoday\b/i;

export const summarizeSession: ToolRules = {
  tool: 'summarizeSession',
  frames: [frame(3.3, String.raw`\b${SUMMARY}\b`)],
  fill({ say, paste, state }: Clause): Filled {
    if (paste) return { calls: [{ tool: 'summarizeSession', args: { transcript: paste } }] };
    const topic = findTopic(say, SUMMARY_TOPIC);
    const nothing = { tool: 'summarizeSession' as const, args: {} };
    if (THIS_SESSION.test(say) || (!topic && state.conversation)) {
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
        { tool: 'summarizeSession', args: { topic }, fromSearch: true },
      ],
    };
  },
};
