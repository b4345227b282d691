/** Base form first, then its irregular forms: one table for every stemmer here. */
const VERBS =
  'begin began begun, buy bought, bring brought, build built, come came, choose chose chosen, die died dies dying, lie lied lies lying, ' +
  'tie tied ties tying, fall fell fallen, fight fought, give gave given, grow grew grown, ' +
  'hold held, know knew known, lead led, lose lost, make made, mean meant, pay paid, run ran running, rise rose risen, say said, send sent, ' +
  'take took taken, teach taught, think thought, tell told, go went gone, win won, write wrote written, become became, break broke broken, ' +
  'catch caught, draw drew drawn, drink drank drunk, drive drove driven, eat ate eaten, feel felt, fly flew flown flies, forget forgot ' +
  'forgotten, freeze froze frozen, hide hid hidden, keep kept, leave left, meet met, ride rode ridden, ring rang rung, see saw seen, ' +
  'seek sought, sell sold, shoot shot, shrink shrank shrunk, sing sang sung, sink sank sunk, sleep slept, speak spoke spoken, spend spent, ' +
  'stand stood, steal stole stolen, strike struck, swim swam swum, throw threw thrown, understand understood, wear wore worn';
const NOUNS =
  'mitochondrion mitochondria, bacterium bacteria, nucleus nuclei, fungus fungi, nucleolus nucleoli, stimulus stimuli, phenomenon phenomena, ' +
  'criterion criteria, vertebra vertebrae, alveolus alveoli, axis axes, child children, person people, man men, woman women, mouse mice, ' +
  'foot feet, tooth teeth, goose geese, ox oxen, medium media, larva larvae, alga algae, villus villi, cilium cilia, flagellum flagella, ' +
  'ganglion ganglia, locus loci, hypothesis hypotheses, analysis analyses, crisis crises, thesis theses, synapse synapses, ' +
  'diagnosis diagnoses, plasmodesma plasmodesmata, centrosome centrosomes, lysosome lysosomes, matrix matrices, vertex vertices, ' +
  'index indices, leaf leaves, life lives, wolf wolves, half halves, knife knives, wife wives, self selves';

/** British spellings that no rule below folds, with the American ones. */
const SPELLINGS =
  'defence defense, offence offense, licence license, pretence pretense, mould mold, plough plow, grey gray, tyre tire, ' +
  'programme program, programmes program, sulphur sulfur, aluminium aluminum, sceptic skeptic, judgement judgment, storey story';

const rows = (table: string): string[][] => table.split(', ').map((row) => row.split(' '));

const BASE = new Map(
  rows(`${VERBS}, ${NOUNS}`).flatMap(([base = '', ...forms]) => forms.map((form) => [form, base])),
);
const AMERICAN = new Map(rows(SPELLINGS).map(([british = '', american = '']) => [british, american]));
export const SINGULAR_OF = new Map(rows(NOUNS).map(([one = '', many = '']) => [many, one]));
export const PLURAL_OF = new Map(rows(NOUNS).map(([one = '', many = '']) => [one, many]));

/** The base of an irregular form, in lower case; undefined for every other word. */
export const baseOf = (word: string): string | undefined => BASE.get(word);

const FOLDS: [RegExp, string][] = [
  [/(?<=\w[bcdlmnpv]|vi)our/, 'or'],
  [/(?<=\w{2}[bt])re(?=s?$)/, 'er'],
  [/(?<=\w{3})ogue(?=s?$)/, 'og'],
  [/(?<=\w{3})ys(?=e[sd]?$|ing$)/, 'yz'],
  [/(?<=\w{3})is(?=e[sd]?$|ing$|ations?$)/, 'iz'],
  [/(?<=\w{4})ll(?=$|ed$|ing$|s$)/, 'l'],
  [/(?<=\w)[ao]e(?=\w{2})/, 'e'],
];
const SHORTEST_FOLDED = 6;

/** One spelling for British and American: "colour" is "color", "analyse" is "analyze", "anaemia" is "anemia". */
export function american(word: string): string {
  const listed = AMERICAN.get(word);
  if (listed !== undefined || (word.length < SHORTEST_FOLDED && !/[bt]re$|our$/.test(word)))
    return listed ?? word;
  return FOLDS.reduce((text, [british, replacement]) => text.replace(british, replacement), word);
}
