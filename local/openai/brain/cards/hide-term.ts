import { MONTHS } from '../facts/blanks.ts';
import type { Knowledge, Term, Unit } from '../facts/types.ts';
import { isFit, statementOf } from '../facts/units.ts';
import { keysOf, rootsOf, tells } from '../facts/words.ts';
import { OPENS_LOOSELY, POINTS_BACK } from '../text/leaning.ts';
import { capitalised, plainWithMath } from '../text/plain.ts';
import type { Draft } from './draft.ts';
import { topicFor } from './from-facts.ts';

/** Speaks of a study, or of a moment that only the text around it dates. */
const UNDATED =
  /\b(?:study|studies|authors?|paper|review|aim|participants?|volunteers?|later|earlier|so still|so far|to date|funding|at the time)\b|^(?:\w+ly|In order|The (?:\w+est|first|second|last|next|others?|same|most)) /i;
/** What a sentence like these says holds for a hundred other subjects. */
const SAYS_LITTLE =
  /^(?:is|are|was|were|has been|have been|can be|may be|should be|must be|remains?|became|becomes?|seems?|appears?) (?:\w+ly |also |often |now |still |very |quite |so |too |much |more |most |a |an |the |one of the )*(?:necessary|needed|required|important|essential|crucial|critical|key|common|difficult|possible|likely|unlikely|unknown|unclear|available|performed|carried out|conducted|reported|observed|described|discussed|considered|expected|shown|listed|given|based|associated|major|major|main|similar|different|useful|challenge|challenging|problem|example|result|part|under|ongoing|made|done|set)\b|^(?:should|must|may|might|could|would|needs?|wants?|will)\b/;
const FEWEST_ROOTS = 7;
const MOST_WORDS = 25;
const LONGEST_TERM_WORDS = 4;
const FEWEST_PLACES = 2;
const MOST_PLACES = 25;

type Hidden = { before: string; name: string; after: string; weight: number };

/** A sentence with one thing of it hidden: for what the notes say in no form that could be asked outright. */
export function hiddenTermDrafts({ units, terms }: Knowledge, asked: string): Draft[] {
  return units.flatMap((unit): Draft[] => {
    if (!isFit(unit) || unit.kind !== 'prose') return [];
    const statement = statementOf(unit).replace(/ \((?!\w*\))[^()]*\)/g, '');
    if ([POINTS_BACK, OPENS_LOOSELY, UNDATED].some((leans) => leans.test(statement))) return [];
    if (/[“”":;()—–]| - /.test(statement) || statement.split(' ').length > MOST_WORDS) return [];
    if (rootsOf(statement).length < FEWEST_ROOTS) return [];
    const hidden = amountIn(statement) ?? termIn(statement, unit, terms);
    if (!hidden) return [];
    return [
      {
        kind: 'cloze',
        form: 'cloze',
        front: `${hidden.before}{{c1::${hidden.name}}}${hidden.after}`,
        back: '',
        quote: unit.text,
        n: unit.passage.n,
        topic: topicFor(unit, asked),
        weight: hidden.weight,
      },
    ];
  });
}

const AMOUNT =
  /(?<![\p{L}\d.,/-])(?:\d[\d,.]*\d|\d)(?:\s?(?:to|-|–)\s?\d[\d,.]*)?(?:\s?%|°C|\s?(?:percent|million|billion|years?|months?|weeks?|days?|hours?|minutes?|seconds?|nm|µm|mm|cm|km|kg|mg|-?bits?|volts?|amps?|degrees|times|amino acids|carbons|chromosomes|countries|people))?(?![\p{L}\d/-])/gu;
const MONTH = new RegExp(`^\\s(?:${MONTHS})\\b`);

/** The only number of a sentence, with what it counts. */
function amountIn(statement: string): Hidden | null {
  const found = [...statement.matchAll(AMOUNT)].filter(([text]) => /\d/.test(text));
  const [only] = found;
  if (!only || found.length !== 1 || (statement.match(/\d+/g) ?? []).length > 2) return null;
  const after = statement.slice(only.index + only[0].length);
  const before = statement.slice(0, only.index);
  const isYear = /^(?:1[5-9]|20)\d\d$/.test(only[0]);
  // "Figure 3", "type 2", "SARS 2": the number is part of a name.
  if (
    MONTH.test(after) ||
    (!isYear &&
      /(?:\p{Lu}[\p{L}-]*|type|chapter|step|level|stage|phase|grade|group|version|part|number) $/u.test(
        before,
      ))
  )
    return null;
  if (isYear && !/\b(?:in|since|until|by|from|of) $/i.test(before)) return null;
  if (!isYear && /^\d$/.test(only[0])) return null;
  return { before, name: only[0], after, weight: 1.3 };
}

const FREE_BEFORE =
  /(?:\b(?:the|of|in|into|by|with|from|to|for|called|as|on|through|between|than|via|is|are|was|were|contains?|produces?|uses?|causes?|requires?|provides?|known as)) $/i;
const FREE_AFTER =
  /^(?:[.,]|$| (?:is|are|was|were|in|of|to|that|which|who|can|may|has|have|by|from|with|for|on|at|as|into|will|during|through|where|when|because|if)\b)/;

/** A name or a key term further on, where the words around it show that it is whole. */
function termIn(statement: string, unit: Unit, terms: Knowledge['terms']): Hidden | null {
  if (/\b(?:should|could|would|might|may be|can be modified)\b/.test(statement)) return null;
  const keys = keysOf(statement);
  let best: (Hidden & { length: number }) | null = null;
  for (const term of terms.values()) {
    if (!keys.includes(` ${term.key} `) || keys.split(` ${term.key} `).length !== 2) continue;
    if (!isWorthy(term, unit) || !(term.isKey || term.definition || term.text.includes(' '))) continue;
    const at = statement.toLowerCase().indexOf(term.text.toLowerCase());
    if (at <= 0) continue;
    const name = statement.slice(at, at + term.text.length);
    const before = statement.slice(0, at);
    const after = statement.slice(at + name.length);
    // One of several named side by side: another might be as right.
    if (
      /, (?:the |and |or )?(?:the )?$/.test(before) ||
      /^,? (?:the |an? )?[^,]{2,30}, (?:the |and |or )/.test(after) ||
      (/^,/.test(after) && /,[^,]*$/.test(before) && / and /.test(after))
    )
      continue;
    const isFree = FREE_BEFORE.test(before) && FREE_AFTER.test(after) && !/\ban? $/i.test(before);
    if (!isFree || tells(`${before} ${after}`, name) || SAYS_LITTLE.test(after.trim())) continue;
    if (!best || name.length > best.length) best = { before, name, after, weight: 1.1, length: name.length };
  }
  return best;
}

const isWorthy = (term: Term, unit: Unit): boolean =>
  term.nameKind !== 'person' &&
  term.nameKind !== 'place' &&
  term.text.split(' ').length <= LONGEST_TERM_WORDS &&
  term.units.size <= MOST_PLACES &&
  // The heading right above would answer.
  !keysOf(unit.heading).includes(` ${term.key} `) &&
  (term.isKey ||
    term.isName ||
    term.definition !== null ||
    (term.units.size >= FEWEST_PLACES && term.text.includes(' ')));

const SPELLED =
  /((?:[\p{L}\d][\p{L}\d'’-]*[ /]){1,7}?[\p{L}\d][\p{L}\d'’-]*) \((\p{Lu}[\p{L}\d-]{1,7}?)s?\)/gu;
const SMALL = /^(?:of|and|the|in|for|to|on|by|with|a|an|de|la)$/i;

/** "Middle East Respiratory Syndrome (MERS)": what the short form stands for, where its letters prove it. */
export function shortFormDrafts(units: readonly Unit[], asked: string): Draft[] {
  return units.flatMap((unit) =>
    [...plainWithMath(unit.text).matchAll(SPELLED)].flatMap(([, before = '', short = '']): Draft[] => {
      const long = spelledBy(before, short);
      if (!long || !unit.passage.text.includes(unit.text)) return [];
      return [
        {
          kind: 'basic',
          form: 'question',
          front: `What does ${short} stand for?`,
          back: capitalised(long),
          quote: unit.text,
          n: unit.passage.n,
          topic: topicFor(unit, asked),
          weight: 1.25,
        },
      ];
    }),
  );
}

/** The last words before the brackets whose first letters, small words aside, are those of the short form. */
function spelledBy(before: string, short: string): string | null {
  const letters = short.replace(/[^\p{L}]/gu, '').toLowerCase();
  const words = before.split(/[ /]/);
  if (words.includes(short)) return null;
  if (letters.length < 2 || /^[ivxlc]+$/.test(letters)) return null;
  for (let from = words.length - 1; from >= 0; from--) {
    const tail = words.slice(from);
    const parts = tail.flatMap((word) => word.split('-'));
    const initials = (skipSmall: boolean): string =>
      parts
        .filter((word) => !skipSmall || !SMALL.test(word))
        .map((word) => word.charAt(0).toLowerCase())
        .join('');
    if (initials(true) === letters || initials(false) === letters)
      return SMALL.test(tail[0] ?? '') ? null : tail.join(' ');
  }
  return null;
}
