import { counted, listOf } from '../calendar/words.ts';
import type { Exchange, Facet, FacetName } from '../domain/person.ts';
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

const MAX_NAMED = 3;

/** "A", "A and B", "A, B, C and 2 more". */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED);
  const left = names.length - shown.length;
  if (left > 0) return `${shown.join(', ')} and ${left} more`;
  return listOf(shown);
}

/** Who left something out. Said, so that the neutral score is not taken for a finding. */
function unsaid(
  mine: boolean,
  theirs: boolean,
  what: { you: string; they: string; neither: string },
): string {
  const words = mine && theirs ? what.neither : mine ? what.you : what.they;
  return `${words}, so this counts neither for nor against.`;
}

function subjectsReason(mine: Prepared, theirs: Prepared): string {
  const [iAmSilent, theyAreSilent] = [mine.subjects.size === 0, theirs.subjects.size === 0];
  if (iAmSilent || theyAreSilent) {
    return unsaid(iAmSilent, theyAreSilent, {
      you: 'You have not said what you study',
      they: 'They have not said what they study',
      neither: 'Neither of you has said what you study',
    });
  }
  const shared = [...mine.subjects].filter(([key]) => theirs.subjects.has(key)).map(([, name]) => name);
  return shared.length === 0 ? 'You share no subject.' : `You both study ${listed(shared)}.`;
}

function styleReason({ style: mine }: Prepared, { style: theirs }: Prepared): string {
  if (mine === null || theirs === null) {
    return unsaid(mine === null, theirs === null, {
      you: 'You have not said how you learn',
      they: 'They have not said how they learn',
      neither: 'Neither of you has said how you learn',
    });
  }
  if (mine === theirs) return `You both learn best ${STYLE_WORDS[mine]}.`;
  return `You learn best ${STYLE_WORDS[mine]}, they ${STYLE_WORDS[theirs]}.`;
}

function gradeReason(mine: Prepared, theirs: Prepared, value: number | null): string {
  if (value === null) {
    const [iAmSilent, theyAreSilent] = [mine.gradeText.trim() === '', theirs.gradeText.trim() === ''];
    if (!iAmSilent && !theyAreSilent) {
      return 'Your levels could not be compared, so this counts neither for nor against.';
    }
    return unsaid(iAmSilent, theyAreSilent, {
      you: 'You have not said your level',
      they: 'They have not said their level',
      neither: 'Neither of you has said your level',
    });
  }
  const apart = Math.abs((mine.grade?.years ?? 0) - (theirs.grade?.years ?? 0));
  if (apart < 0.5) return 'You are at the same level.';
  const years = Math.max(1, Math.round(apart));
  return `You are about ${counted(years, 'year')} apart.`;
}

function complementReason(known: boolean, { measured, youExplain, theyExplain }: Exchanged): string {
  if (!known) return 'No topic is measured on both sides yet, so this counts neither for nor against.';
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
  const said = (facet: FacetName, reason: string, known: boolean): Reason => ({
    facet,
    label: LABELS[facet],
    reason,
    known,
  });
  return [
    said('subjects', subjectsReason(mine, theirs), measures.subjects !== null),
    said('learning_style', styleReason(mine, theirs), measures.learning_style !== null),
    said('grade', gradeReason(mine, theirs, measures.grade), measures.grade !== null),
    said(
      'complementary',
      complementReason(measures.complementary !== null, exchanged),
      measures.complementary !== null,
    ),
  ];
}

/** The part that speaks most for somebody, weighed as the score weighs it; null when nothing is known. */
export function mainReason(facets: readonly Facet[]): string | null {
  const known = facets.filter((facet) => facet.known);
  return known.sort((a, b) => b.score * b.weight - a.score * a.weight)[0]?.reason ?? null;
}
