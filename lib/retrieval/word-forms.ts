/**
 * Words that no rule of endings brings together. Each line is one word: the form everything else is counted as, then the
 * others. A form that is also an everyday word of its own (ground, wound, bound) is left out.
 */
const FORMS = `
arise arose arisen|awake awoke awoken|bear bore borne|become became|begin began begun|bend bent
bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought|build built
burn burnt|buy bought|catch caught|choose chose chosen|cling clung|come came|creep crept|deal dealt
die died dies dying|dig dug|draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|dwell dwelt
eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fling flung
fly flew flown|forbid forbade forbidden|foresee foresaw foreseen|forget forgot forgotten
forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|go went gone goes
grow grew grown|hang hung|hear heard|hide hid hidden|hold held|keep kept|kneel knelt|know knew known
lay laid|lead led|leap leapt|learn learnt|leave left|lend lent|lie lied lies lying|light lit|lose lost
make made|mean meant|meet met|mistake mistook mistaken|outgrow outgrew outgrown|overcome overcame
overtake overtook overtaken|pay paid|prove proven|ride rode ridden|ring rang rung|rise rose risen|run ran
say said|see saw seen|seek sought|sell sold|send sent|sew sewn|shake shook shaken|shine shone|shoot shot
show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid|sling slung
sow sown|speak spoke spoken|speed sped|spend spent|spin spun|spit spat|spring sprang sprung|stand stood
steal stole stolen|stick stuck|sting stung|strike struck stricken|strive strove striven|swear swore sworn
sweep swept|swell swollen|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told
think thought|throw threw thrown|tie tied ties tying|undergo underwent undergone|understand understood
undertake undertook undertaken|uphold upheld|wake woke woken|wear wore worn|weave wove woven|weep wept
win won|withdraw withdrew withdrawn|withhold withheld|withstand withstood|write wrote written|child children
man men|woman women|foot feet|tooth teeth|goose geese|mouse mice|louse lice|ox oxen|person people
leaf leaves|life lives|wife wives|knife knives|half halves|loaf loaves|shelf shelves|thief thieves
wolf wolves|calf calves|elf elves|self selves|hoof hooves|scarf scarves|penny pence|potato potatoes
tomato tomatoes|hero heroes|echo echoes|alga algae|larva larvae|antenna antennae|vertebra vertebrae
formula formulae|nebula nebulae|lacuna lacunae|bursa bursae|nucleus nuclei|stimulus stimuli|fungus fungi
radius radii|focus foci|locus loci|alumnus alumni|syllabus syllabi|cactus cacti|bacillus bacilli
nucleolus nucleoli|thrombus thrombi|embolus emboli|villus villi|genus genera|corpus corpora|virus viruses
octopus octopi|hippocampus hippocampi|calculus calculi|modulus moduli|torus tori|terminus termini
bacterium bacteria|mitochondrion mitochondria|datum data|stratum strata|spectrum spectra|quantum quanta
curriculum curricula|ovum ova|memorandum memoranda|symposium symposia|millennium millennia|septum septa
atrium atria|epithelium epithelia|cilium cilia|flagellum flagella|sporangium sporangia|addendum addenda
erratum errata|maximum maxima|minimum minima|optimum optima|continuum continua|momentum momenta
criterion criteria|phenomenon phenomena|polyhedron polyhedra|ganglion ganglia|automaton automata|taxon taxa
analysis analyses|hypothesis hypotheses|thesis theses|crisis crises|basis bases|axis axes
diagnosis diagnoses|prognosis prognoses|synthesis syntheses|oasis oases|parenthesis parentheses
neurosis neuroses|psychosis psychoses|metastasis metastases|emphasis emphases|stenosis stenoses
metamorphosis metamorphoses|testis testes|matrix matrices|index indices|vertex vertices|vortex vortices
apex apices|appendix appendices|helix helices|cortex cortices|codex codices|stoma stomata|schema schemata
lemma lemmata|stigma stigmata|trauma traumata|foramen foramina|lumen lumina|chorus choruses|bus buses
gas gases|lens lenses|program programme programs programmes programmed programming|gray grey
aluminum aluminium|plow plough|mold mould|skeptic sceptic|skeptical sceptical|age aged aging ageing
judgment judgement|jewelry jewellery|tire tyre|check cheque|pajamas pyjamas|mustache moustache
airplane aeroplane|cozy cosy|artifact artefact|disk disc|practice practise practised practising
acknowledgment acknowledgement|mom mum|inquiry enquiry|sulfur sulphur|sulfate sulphate|sulfide sulphide
use used using|owe owed owing|ice iced icing|beat beaten
`;

export const BASE_FORMS: ReadonlyMap<string, string> = new Map(
  FORMS.trim()
    .split(/[|\n]/)
    .flatMap((line) => {
      const [base = '', ...others] = line.split(' ');
      return others.map((form) => [form, base] as const);
    }),
);

/** British spellings by the letters that give them away, and what stands there in American. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [
    /(arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|harb|hon|hum|lab|neighb|od|parl|rig|ranc|rum|sav|splend|succ|tum|val|vap|vig)our/,
    '$1or',
  ],
  [/(calib|cent|fib|goit|lit|lust|manoeuv|meag|met|sab|somb|spect|theat)re(?=s?$)/, '$1er'],
  [/centred$/, 'centered'],
  [/(anal|catal|dial|epil|homol|monol|prol)ogue/, '$1og'],
  [/(def|lic|off|pret)ence/, '$1ense'],
  [/ys(?=e[drs]?$|ing$)/, 'yz'],
  [/(?<=[a-z]{3}[^aeiou]|[aeiou][^aeiou])is(?=e[drs]?$|ing$|ations?$|able$)/, 'iz'],
  [
    /(?<=h|an|leuk|^)ae(?=m|sthe|tiol)|(?<=p|orthop)ae(?=d)|(?<=f)ae(?=c)|(?<=pal|arch)ae(?=o)|(?<=gyn)ae(?=c)/,
    'e',
  ],
  [/^oe(?=str|soph|dem)|(?<=^f)oe(?=t)|(?<=rrh)oe(?=a)|(?<=am)oe(?=b)|(?<=^c)oe(?=l)|(?<=man)oe(?=uv)/, 'e'],
];

/** A word of a to z in the one spelling it is counted in. */
export const americanSpelling = (word: string): string =>
  SPELLINGS.reduce((spelt, [pattern, letters]) => spelt.replace(pattern, letters), word);
