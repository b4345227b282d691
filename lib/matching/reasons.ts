import { counted, shortListOf } from '../calendar/words.ts';
import { type Exchange, FACET_NAMES, type Facet, type FacetName } from '../domain/person.ts';
import type { LearningStyle } from '../domain/profile.ts';
import type { Measures, Prepared } from './measures.ts';

type Exchanged = Exchange & { measured: boolean };

const LABELS: Readonly<Record<FacetName, string>> = {
  subjects: 'Same subjects',
  learning_style: 'Learns the way you do',
  grade: 'Same level',
  complementary: 'Strong where you are weak',
};

const STYLE_WORDS: Readonly<Record<LearningStyle, string>> = {
  visual: 'by seeing',
  auditory: 'by listening and talking',
  kinesthetic: 'by doing',
  reading: 'by reading and writing',
};

/** "A", "A and B", "A, B, C and 2 more". */
export const listed = (names: readonly string[]): string => shortListOf(names, 3);

const NEUTRAL = 'so this counts neither for nor against.';

/** Who left something out, and what. Said, so that the neutral score is not taken for a finding. */
function unsaid(mine: boolean, theirs: boolean, your: string, their: string): string {
  const who = mine && theirs ? 'Neither of you has' : mine ? 'You have not' : 'They have not';
  return `${who} said ${mine ? your : their}, ${NEUTRAL}`;
}

function subjectsReason(mine: Prepared, theirs: Prepared): string {
  const [iAmSilent, theyAreSilent] = [mine.subjects.size === 0, theirs.subjects.size === 0];
  if (iAmSilent || theyAreSilent) {
    return unsaid(iAmSilent, theyAreSilent, 'what you study', 'what they study');
  }
  const shared = [...mine.subjects].filter(([key]) => theirs.subjects.has(key)).map(([, name]) => name);
  return shared.length === 0 ? 'You share no subject.' : `You both study ${listed(shared)}.`;
}

function styleReason({ style: mine }: Prepared, { style: theirs }: Prepared): string {
  if (mine === null || theirs === null) {
    return unsaid(mine === null, theirs === null, 'how you learn', 'how they learn');
  }
  if (mine === theirs) return `You both learn best ${STYLE_WORDS[mine]}.`;
  return `You learn best ${STYLE_WORDS[mine]}, they ${STYLE_WORDS[theirs]}.`;
}

function gradeReason(mine: Prepared, theirs: Prepared, value: number | null): string {
  if (value === null) {
    const [iAmSilent, theyAreSilent] = [mine.gradeText.trim() === '', theirs.gradeText.trim() === ''];
    return iAmSilent || theyAreSilent
      ? unsaid(iAmSilent, theyAreSilent, 'your level', 'their level')
      : `Your levels could not be compared, ${NEUTRAL}`;
  }
  const apart = Math.abs((mine.grade?.years ?? 0) - (theirs.grade?.years ?? 0));
  if (apart < 0.5) return 'You are at the same level.';
  const years = Math.max(1, Math.round(apart));
  return `You are about ${counted(years, 'year')} apart.`;
}

function complementReason(known: boolean, { measured, youExplain, theyExplain }: Exchanged): string {
  if (!known) return `No topic is measured on both sides yet, ${NEUTRAL}`;
  const basis = measured ? '' : ', by what you both said of yourselves';
  if (youExplain.length > 0 && theyExplain.length > 0) {
    return `You can explain ${listed(youExplain)}, they can explain ${listed(theyExplain)}${basis}.`;
  }
  if (theyExplain.length > 0) return `They can explain ${listed(theyExplain)} to you${basis}.`;
  if (youExplain.length > 0) return `You can explain ${listed(youExplain)} to them${basis}.`;
  return `On the topics you share, neither is far ahead of the other${basis}.`;
}

export type Reason = Pick<Facet, 'facet' | 'label' | 'reason' | 'known'>;

/** Why each part of the score is what it is, as told to the first of the two. */
export function explain(
  mine: Prepared,
  theirs: Prepared,
  measures: Measures,
  exchanged: Exchanged,
): Reason[] {
  const reasons: Record<FacetName, string> = {
    subjects: subjectsReason(mine, theirs),
    learning_style: styleReason(mine, theirs),
    grade: gradeReason(mine, theirs, measures.grade),
    complementary: complementReason(measures.complementary !== null, exchanged),
  };
  return FACET_NAMES.map((facet) => ({
    facet,
    label: LABELS[facet],
    reason: reasons[facet],
    known: measures[facet] !== null,
  }));
}

/** The part that speaks most for somebody, weighed as the score weighs it; null when nothing is known. */
export function mainReason(facets: readonly Facet[]): string | null {
  const known = facets.filter((facet) => facet.known);
  return known.sort((a, b) => b.score * b.weight - a.score * a.weight)[0]?.reason ?? null;
}
