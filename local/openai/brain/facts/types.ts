import type { Passage } from '../answer/passages.ts';
import type { Language } from '../phrases.ts';
import type { SentenceKind } from '../text/sentences.ts';

/** A sentence, list item or glossary entry. `text` stands so in its passage; `clean` is what a person reads of it. */
export type Unit = {
  passage: Passage;
  text: string;
  clean: string;
  kind: SentenceKind;
  language: Language;
  /** All its words as roots, each between spaces: a term stands in it when ` key ` does. */
  keys: string;
  roots: ReadonlySet<string>;
  /** The nearest heading above it. */
  heading: string;
  /** The line that a list begins with: "Types of unemployment". */
  list: string;
  order: number;
};

export type NameKind = 'person' | 'place' | 'group' | '';

/** One thing and what the notes say of it: "substrate = molecule an enzyme acts on", "LRU evicts the page that …". */
export type Saying = {
  unit: Unit;
  name: string;
  key: string;
  says: string;
  roots: ReadonlySet<string>;
  /** What it is, by a sign or a glossary; what is noted beside it; what it is or does, as the predicate of a sentence; how it is reckoned. */
  form: 'meaning' | 'note' | 'being' | 'deed' | 'formula';
  isPlural: boolean | null;
  /** An arrow stands between them. */
  leads?: boolean;
};

/** A thing that the notes speak of, and how it stands to other things of the same notes. */
export type Term = {
  text: string;
  key: string;
  /** Root of the last word of its main part: "bond" for "peptide bond". */
  head: string;
  isPlural: boolean;
  isName: boolean;
  readonly nameKind: NameKind;
  /** Explained, or set in bold. */
  isExplained: boolean;
  /** One of these, or what some sentence speaks of. */
  isKey: boolean;
  /** The sentences that name it. */
  units: Unit[];
  /** Named beside it in one row or list. */
  siblings: Set<string>;
  /** Other names of the same thing. */
  aliases: Set<string>;
  /** What it is a kind of, as keys. */
  genus: Set<string>;
};

/** A figure, and the sentence that it is left out of; of a line that begins with its date, what happened then. */
export type Figure = {
  unit: Unit;
  kind: 'date' | 'percentage' | 'number' | 'year';
  answer: string;
  before: string;
  after: string;
  event: string | null;
};

/** A term left out of a sentence that stands alone. */
export type Gap = { unit: Unit; term: Term; form: string; before: string; after: string; isObject: boolean };

/** A numbered list, whose place gives each step. */
export type Sequence = { title: string; steps: { unit: Unit; text: string }[] };

export type Knowledge = {
  units: Unit[];
  /** How much a word tells: the fewer sentences hold it, the more. */
  weightOf: (root: string) => number;
  sayings: Saying[];
  terms: ReadonlyMap<string, Term>;
  figures: Figure[];
  gaps: Gap[];
  sequences: Sequence[];
};
