/** Ways of saying "the first course in this", in the languages students most often write their subjects in. */
const OPENING =
  /^(?:an? )?(?:intro(?:duction|ductory)?(?: (?:to|into|in|a|au|aux))?|introducao(?: a[os]?)?|introduccion(?: a)?|einfuhrung(?: in)?|basics of|foundations? of|fundamentals of|principles of|elements of)(?: (?:the|la|le|las?|los?|el|die|das|den))? /;
const COURSE_NUMBER = / 10\d$/;
const FILLER = new Set(['and', 'the', 'of', 'a', 'an', 'y', 'e', 'et', 'und', 'de', 'la', 'le']);

/** Short and foreign names of common subjects, written as `stem` leaves them. */
const SAME_AS: Readonly<Record<string, string>> = {
  math: 'mathematics',
  matematica: 'mathematics',
  mathematik: 'mathematics',
  mathematique: 'mathematics',
  psych: 'psychology',
  psicologia: 'psychology',
  psychologie: 'psychology',
  bio: 'biology',
  biologia: 'biology',
  biologie: 'biology',
  chem: 'chemistry',
  quimica: 'chemistry',
  chimie: 'chemistry',
  chemie: 'chemistry',
  physic: 'physics',
  fisica: 'physics',
  physik: 'physics',
  physique: 'physics',
  stat: 'statistics',
  statistic: 'statistics',
  estatistica: 'statistics',
  estadistica: 'statistics',
  statistik: 'statistics',
  statistique: 'statistics',
  econ: 'economics',
  economic: 'economics',
  economia: 'economics',
  historia: 'history',
  histoire: 'history',
  geschichte: 'history',
  filosofia: 'philosophy',
  philosophie: 'philosophy',
  cs: 'computer science',
  'comp sci': 'computer science',
  compsci: 'computer science',
  computing: 'computer science',
  informatics: 'computer science',
  informatik: 'computer science',
  informatica: 'computer science',
  informatique: 'computer science',
  calc: 'calculus',
  ml: 'machine learning',
  ai: 'artificial intelligence',
};

/** One of many: enough for the same subject written by two people to come out alike, in several languages. */
function stem(word: string): string {
  if (word.length <= 3 || /(?:ss|us|is|ics)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:sses|shes|ches|xes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** Lower case, without accents and punctuation, words apart by one space. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{L}\p{N}+#]+/gu, ' ')
    .trim();
}

function keyOf(text: string): string {
  const plain = folded(text);
  const bare = `${plain} `.replace(OPENING, '').trim().replace(COURSE_NUMBER, '') || plain;
  const words = bare.split(' ').filter((word) => !FILLER.has(word));
  const key = words.map(stem).join(' ') || plain;
  return Object.hasOwn(SAME_AS, key) ? (SAME_AS[key] ?? key) : key;
}

/** Thousands of students name the same few hundred subjects; each spelling is worked out once. */
const MAX_REMEMBERED = 20_000;
const remembered = new Map<string, string>();

/**
 * The key under which two spellings of a subject or topic meet: "Intro to Psychology", "psychology 101" and "PSYCHOLOGY"
 * are one. Empty for a text without a letter or digit.
 */
export function subjectKey(text: string): string {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const key = keyOf(text);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(text, key);
  return key;
}

/** Subjects by key, each under the first spelling given. */
export function subjectsByKey(subjects: readonly string[]): Map<string, string> {
  const byKey = new Map<string, string>();
  for (const subject of subjects) {
    const key = subjectKey(subject);
    if (key !== '' && !byKey.has(key)) byKey.set(key, subject.trim());
  }
  return byKey;
}
