import { lastWord } from './words.ts';

const SINGULAR_OF = new Map(
  Object.entries({
    mitochondria: 'mitochondrion',
    bacteria: 'bacterium',
    nuclei: 'nucleus',
    fungi: 'fungus',
    nucleoli: 'nucleolus',
    stimuli: 'stimulus',
    phenomena: 'phenomenon',
    criteria: 'criterion',
    vertebrae: 'vertebra',
    alveoli: 'alveolus',
    axes: 'axis',
    children: 'child',
    people: 'person',
    men: 'man',
    women: 'woman',
    mice: 'mouse',
    feet: 'foot',
    teeth: 'tooth',
    media: 'medium',
    larvae: 'larva',
    algae: 'alga',
    villi: 'villus',
    cilia: 'cilium',
    flagella: 'flagellum',
    ganglia: 'ganglion',
    loci: 'locus',
    hypotheses: 'hypothesis',
    analyses: 'analysis',
    crises: 'crisis',
    theses: 'thesis',
    synapses: 'synapse',
    diagnoses: 'diagnosis',
    plasmodesmata: 'plasmodesma',
    centrosomes: 'centrosome',
    lysosomes: 'lysosome',
    matrices: 'matrix',
    vertices: 'vertex',
    indices: 'index',
  }),
);
const PLURAL_OF = new Map([...SINGULAR_OF].map(([plural, singular]) => [singular, plural]));

const LOOKS_SINGULAR = /(?:ss|us|is|ics|ous|as)$/;

const headOf = (term: string): string =>
  lastWord(term.split(/ (?:of|in|for|from|to|with) /)[0] ?? term).toLowerCase();

/** Plural by its ending. Names of fields ("genetics") and words like "virus" are not. */
export function looksPlural(term: string): boolean {
  const head = headOf(term);
  return SINGULAR_OF.has(head) || (/s$/.test(head) && !LOOKS_SINGULAR.test(head));
}

function singular(word: string): string {
  const lower = word.toLowerCase();
  const irregular = SINGULAR_OF.get(lower);
  if (irregular) return irregular;
  if (LOOKS_SINGULAR.test(lower) || !lower.endsWith('s')) return word;
  if (/ies$/.test(lower) && lower.length > 4) return `${word.slice(0, -3)}y`;
  return /(?:sses|xes|ches|shes|zes|uses)$/.test(lower) ? word.slice(0, -2) : word.slice(0, -1);
}

function plural(word: string): string {
  const lower = word.toLowerCase();
  const irregular = PLURAL_OF.get(lower);
  if (irregular) return irregular;
  if (SINGULAR_OF.has(lower) || (lower.endsWith('s') && !LOOKS_SINGULAR.test(lower))) return word;
  if (lower.endsWith('virus')) return `${word}es`;
  if (/(?:us|um|ae|ale|[aiu])$/.test(lower)) return word;
  if (/is$/.test(lower)) return `${word.slice(0, -2)}es`;
  if (/(?:s|x|ch|sh|z)$/.test(lower)) return `${word}es`;
  return /[^aeiou]y$/.test(lower) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** A term in the number that a question needs. Names keep the form they have. */
export function inNumber(term: string, isPlural: boolean): string {
  const tail = term.search(/ (?:of|in|for|from|to|with) /);
  const main = tail < 0 ? term : term.slice(0, tail);
  const head = lastWord(main);
  if (/^\p{Lu}/u.test(head)) return term;
  const form = isPlural ? plural(head) : singular(head);
  return main.slice(0, main.length - head.length) + form + (tail < 0 ? '' : term.slice(tail));
}
