import type { Passage } from '../answer/passages.ts';
import type { SentenceKind } from '../text/sentences.ts';
import type { Clause } from './clause.ts';
import type { Saying } from './sayings.ts';
import type { Language } from './units.ts';

/** A sentence, list item or glossary entry. `text` stands so in its passage; `clean` is what a person reads of it. */
export type Unit = {
  passage: Passage;
  text: string;
  clean: string;
  kind: SentenceKind;
  language: Language;
  /** All its words as roots, each between spaces: a term stands in it when ` key ` does. */
  keys: string;
  /** The nearest heading above it. */
  heading: string;
  /** The line that a list begins with: "Types of unemployment". */
  list: string;
  /** The first sentence below its heading. */
  opensSection: boolean;
  order: number;
};

export type NameKind = 'person' | 'place' | 'group' | '';

/** A thing that the notes speak of, and how it stands to other things of the same notes. */
export type Term = {
  text: string;
  key: string;
  /** Stem of the last word of its main part: "bond" for "peptide bond". */
  head: string;
  isPlural: boolean;
  isName: boolean;
  readonly nameKind: NameKind;
  readonly isNoun: boolean;
  /** Set in bold, listed in a glossary, or the heading of a part. */
  isKey: boolean;
  isHeading: boolean;
  units: Set<number>;
  /** The parts of the notes it stands in. */
  headings: Set<string>;
  /** Named beside it in one enumeration, or under sister headings. */
  siblings: Set<string>;
  /** Other names of the same thing. */
  aliases: Set<string>;
  /** What it is a kind of, as keys, from its definitions and from lists. */
  genus: Set<string>;
  /** The same, as its definition alone says. */
  definedAs: string | null;
  definition: { text: string; unit: Unit } | null;
};

type Common = { unit: Unit; weight: number };

export type DefinitionFact = Common & {
  kind: 'definition';
  term: Term;
  /** The term as this sentence writes it. */
  form: string;
  meaning: string;
  isPlural: boolean;
  /** "Urbanization: cities grew rapidly" says something under that name, and not what it is. */
  isStatement: boolean;
};
export type SubjectFact = Common & {
  kind: 'subject';
  term: Term;
  form: string;
  predicate: string;
  isPlural: boolean;
  /** The words before the predicate, article and all. */
  subject: string;
};
export type FigureFact = Common & {
  kind: 'year' | 'number';
  about: string;
  question: string;
  /** The sentence with its figure left out, where that is what is asked. */
  blanked: string | null;
  answer: string;
};
/** How notes tie what is so to why, when or by what it is so. */
export const LINK_NAMES = ['because', 'when', 'by'] as const;
export type Link = (typeof LINK_NAMES)[number];
export type ReasonFact = Common & { kind: 'reason'; link: Link; claim: string; reason: string };
export type SequenceFact = Common & { kind: 'sequence'; title: string; steps: string[]; at: number };
/** What a short form stands for. */
export type ShortFormFact = Common & { kind: 'short form'; short: string; long: string };

/** A sentence that says something by itself. */
export type StatementFact = Common & { kind: 'statement'; statement: string; clause: Clause | null };

export type Fact =
  | StatementFact
  | DefinitionFact
  | SubjectFact
  | FigureFact
  | ReasonFact
  | SequenceFact
  | ShortFormFact;

export type Knowledge = { units: Unit[]; facts: Fact[]; terms: Map<string, Term>; sayings: Saying[] };
