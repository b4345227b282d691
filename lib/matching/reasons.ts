import { type Exchange, FACET_NAMES, type Facet, type FacetName } from '../domain/person.ts';
import type { LearningStyle } from '../domain/profile.ts';
import { listening, say, sayList } from '../language/said.ts';
import { sentence, type Text } from '../language/text.ts';
import type { Measures, Prepared } from './measures.ts';

type Exchanged = Exchange & { measured: boolean };

const LABELS: Readonly<Record<FacetName, Text>> = {
  subjects: sentence('Same subjects'),
  learning_style: sentence('Learns the way you do'),
  grade: sentence('Same level'),
  complementary: sentence('Strong where you are weak'),
};

const STYLE_WORDS: Readonly<Record<LearningStyle, Text>> = {
  visual: sentence('by seeing'),
  auditory: sentence('by listening and talking'),
  kinesthetic: sentence('by doing'),
  reading: sentence('by reading and writing'),
};

/** "A", "A and B", "A, B, C and 2 more". */
export const listed = (names: readonly string[]): string => sayList(names, 3);

/** Who left something out, and what. Said, so that the neutral score is not taken for a finding. */
const UNSAID = {
  subjects: {
    both: sentence('Neither of you has said what you study, so this counts neither for nor against.'),
    mine: sentence('You have not said what you study, so this counts neither for nor against.'),
    theirs: sentence('They have not said what they study, so this counts neither for nor against.'),
  },
  style: {
    both: sentence('Neither of you has said how you learn, so this counts neither for nor against.'),
    mine: sentence('You have not said how you learn, so this counts neither for nor against.'),
    theirs: sentence('They have not said how they learn, so this counts neither for nor against.'),
  },
  grade: {
    both: sentence('Neither of you has said your level, so this counts neither for nor against.'),
    mine: sentence('You have not said your level, so this counts neither for nor against.'),
    theirs: sentence('They have not said their level, so this counts neither for nor against.'),
  },
};
const unsaid = (what: keyof typeof UNSAID, mine: boolean, theirs: boolean): string =>
  say(UNSAID[what][mine && theirs ? 'both' : mine ? 'mine' : 'theirs']);

function subjectsReason(mine: Prepared, theirs: Prepared): string {
  const [iAmSilent, theyAreSilent] = [mine.subjects.size === 0, theirs.subjects.size === 0];
  if (iAmSilent || theyAreSilent) {
    return unsaid('subjects', iAmSilent, theyAreSilent);
  }
  const shared = [...mine.subjects].filter(([key]) => theirs.subjects.has(key)).map(([, name]) => name);
  return shared.length === 0
    ? say('You share no subject.')
    : say('You both study {subjects}.', { subjects: listed(shared) });
}

function styleReason({ style: mine }: Prepared, { style: theirs }: Prepared): string {
  if (mine === null || theirs === null) {
    return unsaid('style', mine === null, theirs === null);
  }
  const [how, their] = [say(STYLE_WORDS[mine]), say(STYLE_WORDS[theirs])];
  if (mine === theirs) return say('You both learn best {how}.', { how });
  return say('You learn best {how}, they {their}.', { how, their });
}

function gradeReason(mine: Prepared, theirs: Prepared, value: number | null): string {
  if (value === null) {
    const [iAmSilent, theyAreSilent] = [mine.gradeText.trim() === '', theirs.gradeText.trim() === ''];
    return iAmSilent || theyAreSilent
      ? unsaid('grade', iAmSilent, theyAreSilent)
      : say('Your levels could not be compared, so this counts neither for nor against.');
  }
  const apart = Math.abs((mine.grade?.years ?? 0) - (theirs.grade?.years ?? 0));
  if (apart < 0.5) return say('You are at the same level.');
  const years = Math.max(1, Math.round(apart));
  return say('You are about {years, plural, one {# year} other {# years}} apart.', { years });
}

function complementReason(known: boolean, { measured, youExplain, theyExplain }: Exchanged): string {
  if (!known) return say('No topic is measured on both sides yet, so this counts neither for nor against.');
  const values = {
    mine: listed(youExplain),
    theirs: listed(theyExplain),
    basis: measured ? '' : say(', by what you both said of yourselves'),
  };
  if (youExplain.length > 0 && theyExplain.length > 0)
    return say('You can explain {mine}, they can explain {theirs}{basis}.', values);
  if (theyExplain.length > 0) return say('They can explain {theirs} to you{basis}.', values);
  if (youExplain.length > 0) return say('You can explain {mine} to them{basis}.', values);
  return say('On the topics you share, neither is far ahead of the other{basis}.', values);
}

export type Reason = Pick<Facet, 'facet' | 'label' | 'reason' | 'known' | 'said'>;

/** Why each part of the score is what it is, as told to the first of the two. */
export function explain(
  mine: Prepared,
  theirs: Prepared,
  measures: Measures,
  exchanged: Exchanged,
): Reason[] {
  const reasons: Record<FacetName, () => string> = {
    subjects: () => subjectsReason(mine, theirs),
    learning_style: () => styleReason(mine, theirs),
    grade: () => gradeReason(mine, theirs, measures.grade),
    complementary: () => complementReason(measures.complementary !== null, exchanged),
  };
  return FACET_NAMES.map((facet) => {
    const { made, said } = listening(() => ({ label: say(LABELS[facet]), reason: reasons[facet]() }));
    return { facet, ...made, known: measures[facet] !== null, said };
  });
}

/** The part that speaks most for somebody, weighed as the score weighs it; null when nothing is known. */
export function mainFacet(facets: readonly Facet[]): Facet | undefined {
  const known = facets.filter((facet) => facet.known);
  return known.sort((a, b) => b.score * b.weight - a.score * a.weight)[0];
}
