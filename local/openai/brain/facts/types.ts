import type { Passage } from '../answer/passages.ts';
import type { SentenceKind } from '../text/sentences.ts';

/** A sentence, list item or glossary entry. `text` stands so in its passage; `clean` is what a person reads of it. */
export type Unit = {
  passage: Passage;
  text: string;
  clean: string;
  kind: SentenceKind;
  /** All its words as roots, each between spaces: a term stands in it when ` key ` does. */
  keys: string;
  /** The nearest heading above it. */
  heading: string;
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
  /** Set in bold, listed in a glossary, or defined. */
  isKey: boolean;
  /** A list explains it, or a sentence has it for its subject. */
  isProvenNoun: boolean;
  readonly isNoun: boolean;
  units: Set<number>;
  /** The parts of the notes it stands in. */
  headings: Set<string>;
  /** Keys of the headings below which it is introduced: what a heading names is mostly wider. */
  under: Set<string>;
  /** A heading of the notes names it. */
  isHeading: boolean;
  /** Named beside it in one enumeration, or under sister headings. */
  siblings: Set<string>;
  /** Other names of the same thing. */
  aliases: Set<string>;
  /** Stems of the last words of those names: "virus" for "CHIKV". */
  aliasHeads: Set<string>;
  /** What it is a kind of, as stems, from its definitions. */
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
  /** The meaning says enough to be told from others. */
  isAskable: boolean;
};
export type SubjectFact = Common & {
  kind: 'subject';
  term: Term;
  form: string;
  predicate: string;
  isPlural: boolean;
};
export type FigureFact = Common & {
  kind: 'year' | 'number';
  about: string;
  question: string;
  answer: string;
};
export type ReasonFact = Common & { kind: 'reason'; claim: string; reason: string };
export type SequenceFact = Common & { kind: 'sequence'; title: string; steps: string[]; at: number };

export type Fact = DefinitionFact | SubjectFact | FigureFact | ReasonFact | SequenceFact;

export type Knowledge = { units: Unit[]; facts: Fact[]; terms: Map<string, Term> };
