import { inEnglish, type Translate } from '../../language/text.ts';
import { isStrong, isWeak, scoreOf } from './focus.ts';
import type { Analytics } from './profile.ts';
import { topicKey } from './topic.ts';
import type { TopicMastery } from './topics.ts';

export type Belief = {
  topic: string;
  kind: 'confident-wrong' | 'weak' | 'strong' | 'contested';
  /** What is believed, one sentence without a full stop. */
  claim: string;
  /** The figures it stands on. */
  ground: string;
  /** When the student last called a belief about this topic wrong; that can be taken back. */
  contestedAt: string | null;
};

/** Twice certain and wrong on one topic is a misconception, once may be a slip. */
const MISCONCEPTION = 2;
const MAX_BELIEFS = 8;

function beliefOf(topic: TopicMastery, standing: number, t: Translate): Belief | null {
  const { topic: name, contestedAt, answers } = topic;
  const said = (kind: Belief['kind'], claim: string, ground: string): Belief => ({
    topic: name,
    kind,
    claim,
    ground,
    contestedAt,
  });
  const score = scoreOf(topic, t);
  if (contestedAt !== null && !isWeak(topic) && !isStrong(topic)) {
    return said(
      'contested',
      t('You told me I was wrong about {name}', { name }),
      answers === 0
        ? t('I left out what came before. Nothing answered since.')
        : t('I left out what came before. {score} since.', { score }),
    );
  }
  if (standing >= MISCONCEPTION) {
    const ground = t(
      'Certain and wrong {times, plural, =2 {twice} other {# times}}. It clears when you answer those questions right.',
      { times: standing },
    );
    return said(
      'confident-wrong',
      t('You are certain about {name}, and it is not right yet', { name }),
      ground,
    );
  }
  if (isWeak(topic)) {
    const claim =
      topic.average < HALF ? t('{name} does not stick yet', { name }) : t('{name} is not safe yet', { name });
    return said('weak', claim, t('{scored}.', { scored: score }));
  }
  return isStrong(topic)
    ? said('strong', t('You know {name} well', { name }), t('{scored}.', { scored: score }))
    : null;
}

const HALF = 0.5;

const ORDER: Record<Belief['kind'], number> = { 'confident-wrong': 0, weak: 1, contested: 2, strong: 3 };

/** What the profile says about a student in sentences, what needs work first. One belief a topic. */
export function beliefsOf(
  { topicBreakdown, calibration }: Pick<Analytics, 'topicBreakdown' | 'calibration'>,
  t = inEnglish,
): Belief[] {
  const standing = new Map<string, number>();
  for (const { topic } of calibration.items) {
    const key = topicKey(topic);
    standing.set(key, (standing.get(key) ?? 0) + 1);
  }
  return topicBreakdown
    .flatMap((topic) => beliefOf(topic, standing.get(topicKey(topic.topic)) ?? 0, t) ?? [])
    .sort((left, right) => ORDER[left.kind] - ORDER[right.kind])
    .slice(0, MAX_BELIEFS);
}
