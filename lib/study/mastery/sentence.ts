import type { LearningProfile } from './profile.ts';

const MAX_NAMED = 3;

function listed(topics: readonly string[]): string {
  const named = topics.slice(0, MAX_NAMED);
  const last = named.pop();
  if (last === undefined) return '';
  return named.length === 0 ? last : `${named.join(', ')} and ${last}`;
}

/** A profile in two or three sentences; with nothing to go by it says what would help. */
export function profileSentence({ strengths, weaknesses, analytics }: LearningProfile): string {
  const answers = analytics.topicBreakdown.reduce((sum, topic) => sum + topic.answers, 0);
  if (answers === 0) {
    return 'There is nothing to go by yet. Answer a quiz or review some cards, and your profile fills in.';
  }
  const said = [
    ...(strengths.length > 0 ? [`strong in ${listed(strengths)}`] : []),
    ...(weaknesses.length > 0 ? [`not there yet in ${listed(weaknesses)}`] : []),
  ];
  const from = `From ${answers} ${answers === 1 ? 'answer' : 'answers'}`;
  const first = analytics.focus[0];
  const focus = first ? ` Work on ${first.topic} first: ${first.reason}` : '';
  if (said.length === 0) return `${from} I can name no strength or weakness with confidence yet.${focus}`;
  return `${from}: ${said.join(', ')}.${focus}`;
}
