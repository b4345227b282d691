import { sentenceSpans } from './sentences.ts';
import type { LexicalQuery } from './sparse-bm25.ts';
import { terms } from './tokenizer.ts';

/** A row of the database's candidate list. `score` is BM25 when words alone rank, the fused score otherwise. */
export type Candidate = { docId: string; headings: readonly string[]; body: string; score: number };

/** How much of the question a candidate holds: shares of the question's weight, 0 to 1. */
type Coverage = {
  /** In the best sentence, in the best two neighbours, and in these together with the heading they stand under. */
  sentence: number;
  window: number;
  section: number;
  adjacent: number;
  heading: number;
};

export type Reranked<C> = { candidate: C; coverage: Coverage; rerankScore: number };

/** What the question asks for: a word together with its prefix term, or one pair of characters. Any form counts. */
export type QueryUnit = { forms: string[]; weight: number };

type RerankWeights = Coverage & { document: number };

/** Chosen from a grid, on one half of the questions and judged on the other, beside a BM25 of 1. */
export const LEXICAL_WEIGHTS: RerankWeights = {
  sentence: 0.43,
  window: 0.86,
  section: 0.43,
  adjacent: 0.43,
  heading: 0.21,
  document: 0.07,
};

/** A fused score falls slowly with the rank, so full weights would outvote the meaning. */
export const FUSED_WEIGHTS: RerankWeights = {
  sentence: 0.1,
  window: 0.2,
  section: 0.1,
  adjacent: 0.1,
  heading: 0.05,
  document: 0.0175,
};

const DOCUMENT_DEPTH = 20;

/** `idf[i]` belongs to `query.terms[i]`. A word that stands in no chunk weighs as much as the rarest possible. */
export function queryUnits(query: LexicalQuery, idf: readonly number[], chunkCount: number): QueryUnit[] {
  const unseen = Math.log(1 + (chunkCount + 0.5) / 0.5);
  const units: QueryUnit[] = [];
  query.terms.forEach((term, index) => {
    const weight = idf[index] ?? 0;
    const previous = units.at(-1);
    if (term.startsWith('~') && previous) {
      previous.forms.push(term);
      previous.weight = Math.max(previous.weight, weight);
    } else {
      units.push({ forms: [term], weight });
    }
  });
  return units.map((unit) => (unit.weight === 0 ? { ...unit, weight: unseen } : unit));
}

/** Pairs of neighbours in the question, each worth the sum of its words. */
function questionPairs(sequence: readonly string[], units: readonly QueryUnit[]): Map<string, number> {
  const weights = new Map(units.flatMap((unit) => unit.forms.map((form) => [form, unit.weight] as const)));
  const pairs = new Map<string, number>();
  sequence.forEach((first, index) => {
    const second = sequence[index + 1];
    if (second === undefined || first === second) return;
    pairs.set(`${first} ${second}`, (weights.get(first) ?? 0) + (weights.get(second) ?? 0));
  });
  return pairs;
}

/** The share of the question's pairs that stand next to each other, or one word apart, in the chunk. */
function adjacentShare(sequence: readonly string[], pairs: ReadonlyMap<string, number>): number {
  let possible = 0;
  for (const weight of pairs.values()) possible += weight;
  if (possible === 0) return 0;
  const seen = new Set<string>();
  let found = 0;
  for (let index = 0; index + 1 < sequence.length; index++) {
    for (const next of [sequence[index + 1], sequence[index + 2]]) {
      const pair = `${sequence[index]} ${next}`;
      const weight = pairs.get(pair);
      if (weight === undefined || seen.has(pair)) continue;
      seen.add(pair);
      found += weight;
    }
  }
  return found / possible;
}

/** Words that shape a question and rarely tell where it is answered. */
const SHAPE = new Set(
  terms(
    'type types kind kinds form forms example examples include includes including contain contains role play plays call called name named names know known mean means ' +
      'define defined definition term describe described explain common occur occurs happen happens use used uses need needs find found identify identified main likely true ' +
      'false correct statement lead leads result question answer reason purpose function give list take make made different difference',
  ),
);
/** What such a word weighs where passages are put in order; whether the notes speak of the question is judged by all its words. */
const SHAPE_SHARE = 0.3;

/** The question, prepared once for all candidates. */
type Asked = {
  unitOf: ReadonlyMap<string, number>;
  /** By unit: as rare as it is, and less where it only shapes the question. */
  weights: readonly number[];
  telling: readonly number[];
  pairs: ReadonlyMap<string, number>;
  prefixes: boolean;
};

function prepare(question: string, query: LexicalQuery, units: readonly QueryUnit[]): Asked {
  const telling = units.map(({ forms, weight }) => ({
    forms,
    weight: forms.some((form) => SHAPE.has(form)) ? SHAPE_SHARE * weight : weight,
  }));
  return {
    unitOf: new Map(units.flatMap(({ forms }, index) => forms.map((form) => [form, index] as const))),
    weights: units.map(({ weight }) => weight),
    telling: telling.map(({ weight }) => weight),
    pairs: questionPairs(terms(question, { prefixes: query.prefixes }), telling),
    prefixes: query.prefixes,
  };
}

/** How much of the question a candidate holds, by all its words and by those that tell. */
function coverageOf(candidate: Candidate, asked: Asked): { all: Coverage; telling: Coverage } {
  const { unitOf, pairs, prefixes } = asked;
  const unitsIn = (list: readonly string[]): Set<number> => {
    const held = new Set<number>();
    for (const term of list) {
      const unit = unitOf.get(term);
      if (unit !== undefined) held.add(unit);
    }
    return held;
  };
  const sentences = sentenceSpans(candidate.body).map(({ start, end }) =>
    terms(candidate.body.slice(start, end), { prefixes }),
  );
  const held = sentences.map(unitsIn);
  const windows = held.map((sentence, index) => new Set([...sentence, ...(held[index + 1] ?? [])]));
  const headings = candidate.headings.map((heading) => unitsIn(terms(heading, { prefixes })));
  const nearest = headings.at(-1) ?? [];
  const sections = windows.map((window) => new Set([...window, ...nearest]));
  const heading = new Set(headings.flatMap((one) => [...one]));
  const adjacent = adjacentShare(sentences.flat(), pairs);

  const by = (weights: readonly number[]): Coverage => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const share = (units: Iterable<number>): number => {
      let weight = 0;
      for (const unit of units) weight += weights[unit] ?? 0;
      return total > 0 ? weight / total : 0;
    };
    const most = (sets: readonly Set<number>[]): number => Math.max(0, ...sets.map(share));
    return {
      sentence: most(held),
      window: most(windows),
      section: most(sections),
      adjacent,
      heading: share(heading),
    };
  };
  return { all: by(asked.weights), telling: by(asked.telling) };
}

/** Reorders the candidates by how closely they hold the question. Pure text work, about 10 ms for 60 chunks. */
export function rerank<C extends Candidate>(
  question: string,
  query: LexicalQuery,
  units: readonly QueryUnit[],
  candidates: readonly C[],
  weights: RerankWeights = LEXICAL_WEIGHTS,
): Reranked<C>[] {
  const asked = prepare(question, query, units);
  const best = Math.max(Number.EPSILON, ...candidates.map((candidate) => candidate.score));

  // A document with several good chunks is likelier than one with a single lucky chunk.
  const perDocument = new Map<string, number>();
  for (const { docId, score } of candidates.slice(0, DOCUMENT_DEPTH)) {
    perDocument.set(docId, (perDocument.get(docId) ?? 0) + score / best);
  }
  const bestDocument = Math.max(1, ...perDocument.values());

  return candidates
    .map((candidate) => {
      const { all: coverage, telling } = coverageOf(candidate, asked);
      const rerankScore =
        candidate.score / best +
        weights.sentence * telling.sentence +
        weights.window * telling.window +
        weights.section * telling.section +
        weights.adjacent * telling.adjacent +
        weights.heading * telling.heading +
        (weights.document * (perDocument.get(candidate.docId) ?? 0)) / bestDocument;
      return { candidate, coverage, rerankScore };
    })
    .sort((a, b) => b.rerankScore - a.rerankScore);
}

/** How many places of the head a document may hold: a paper answers from several of its passages, a short section from one. */
export const placesFor = (passages: number): number => (passages < 8 ? 2 : 4);

/**
 * Lets one document hold at most `capOf` it of the first `head` places; the rest keeps its order behind them. Overlapping
 * chunks of one long document would otherwise fill the head and hide the second document that answers.
 */
export function capPerDocument<T>(
  ranked: readonly T[],
  docIdOf: (item: T) => string,
  capOf: (docId: string) => number,
  head = 5,
): T[] {
  const first: T[] = [];
  const later: T[] = [];
  const taken = new Map<string, number>();
  for (const item of ranked) {
    const count = taken.get(docIdOf(item)) ?? 0;
    if (first.length < head && count < capOf(docIdOf(item))) {
      first.push(item);
      taken.set(docIdOf(item), count + 1);
    } else {
      later.push(item);
    }
  }
  return [...first, ...later];
}
