import { HINT_RUNGS, type Ladder, ladderSchema } from '../domain/reading.ts';

/**
 * Problems and exercises get a hint before their answer, look-ups the answer at once. Which of the two a question is, and
 * what "another hint" or "just tell me" means, is read from words here, so that it is the same with every model.
 */
type Words = { problem: RegExp; give: RegExp; more: RegExp; lookUp: RegExp };

/** English, German, French and Spanish, in small letters without accents. */
const WORDS: readonly Words[] = [
  {
    problem:
      /^(?:please |can you |could you |help me(?: to)? |how (?:do|can|would|should) (?:i|you|we) )*(?:solve|calculate|compute|simplify|factori[sz]e|factor|prove|show that|derive|differentiate|integrate|determine|work out|balance|evaluate|find (?:x|y|the (?:value|derivative|integral|area|volume|length|sum|limit|roots?|probability)))\b|\b(?:exercise|problem|question|task) \d+\b/,
    give: /\bjust (?:tell|show|give) me\b|\b(?:give|tell|show) me the (?:full |whole )?(?:answer|solution|result)\b|\bi give up\b|\bwhat(?:'s| is) the (?:answer|solution)\b|\b(?:full|whole) solution\b/,
    more: /\b(?:hints?|stuck|no idea|i don'?t know|next step|what next|go on|help|another one|more)\b/,
    lookUp: /^(?:what (?:is|are|does|do)|who|when|where|which|define|explain|why)\b/,
  },
  {
    problem:
      /^(?:bitte |kannst du |hilf mir(?: bei)? |wie (?:kann|soll|muss) ich )*(?:lose|berechne|rechne|beweise|zeige?,? dass|vereinfache|bestimme|ermittle|faktorisiere|integriere|leite .{1,40} (?:ab|her))\b|\bwie (?:lose|berechne|beweise|bestimme) ich\b|\b(?:aufgabe|ubung) \d+\b/,
    give: /\bsag(?:'?s| es)? mir (?:einfach|doch|die (?:antwort|losung))\b|\bsag(?:'?s| es) (?:mir )?einfach\b|\b(?:gib|zeig|nenn)e? mir (?:einfach )?die (?:antwort|losung)\b|\bich geb'?e? auf\b|\beinfach die (?:antwort|losung)\b/,
    more: /\b(?:tipps?|hinweise?|hilfe|hang fest|komme nicht weiter|keine ahnung|weiss (?:es |ich )?nicht|nachster schritt|weiter|noch ein(?:en|er)?)\b/,
    lookUp: /^(?:was (?:ist|sind|bedeutet)|wer|wann|wo|welche[rs]?|erklar\w*|warum|wieso)\b/,
  },
  {
    problem:
      /^(?:s'il te plait |peux-tu |aide-moi a |comment )*(?:resous|resoudre|calcule[rz]?|demontre[rz]?|prouve[rz]?|simplifie[rz]?|determine[rz]?|factorise[rz]?|derive[rz]?|integre[rz]?|montre[rz]? que)\b|\b(?:exercice|probleme) \d+\b/,
    give: /\bdis[- ](?:le[- ])?moi (?:juste|simplement|la (?:reponse|solution))\b|\bdis[- ]le[- ]moi\b|\b(?:donne|montre)[- ]moi (?:juste |simplement )?la (?:reponse|solution)\b|\bj'abandonne\b/,
    more: /\b(?:indices?|bloque|aucune idee|je ne sais pas|etape suivante|la suite|aide|encore)\b/,
    lookUp: /^(?:qu'est-ce|que (?:signifie|veut)|c'est quoi|qui|quand|ou |quel(?:le)?s?|explique|pourquoi)\b/,
  },
  {
    problem:
      /^(?:por favor |puedes |ayudame a |como (?:puedo )?)*(?:resuelve|resolver|resuelvo|calcula[r]?|calculo|demuestra|demostrar|prueba que|simplifica[r]?|determina[r]?|factoriza[r]?|deriva[r]?|integra[r]?|halla[r]?|encuentra el valor)\b|\b(?:ejercicio|problema) \d+\b/,
    give: /\b(?:solo|simplemente) dime(?:lo)?\b|\bdimelo(?: ya)?\b|\bdime (?:ya |simplemente |directamente )?la (?:respuesta|solucion)\b|\b(?:dame|muestrame) (?:ya )?la (?:respuesta|solucion)\b|\bme rindo\b/,
    more: /\b(?:pistas?|atascad[oa]|ni idea|no (?:lo )?se|paso siguiente|siguiente(?: paso)?|ayuda|otra)\b/,
    lookUp: /^(?:que (?:es|son|significa)|quien|cuando|donde|cual(?:es)?|explica|por que)\b/,
  },
];

/** A longer message asks for something of its own. */
const LONGEST_FOLLOW_UP = 120;
/** What a problem is made of: a number, a formula, or a statement of some length. */
const HAS_SUBSTANCE = /\d|[=^√∫∑+*/]|\$|\S(?:\s+\S+){4,}/;
/** A try at a problem holds a result. */
const IS_TRY = /\d|[=√]|\$/;

const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[’‘]/g, "'")
    .replace(/^[\s¿¡"“„«]+/, '')
    .toLowerCase();

const says = (text: string, kind: keyof Words) => WORDS.some((words) => words[kind].test(text));

/** Whether a question is a problem to be solved, rather than something to be looked up. */
export function isProblem(question: string): boolean {
  const text = folded(question);
  return says(text, 'problem') && HAS_SUBSTANCE.test(text) && !says(text, 'lookUp');
}

type Answered = { role: string; metadata: Record<string, unknown> };

/** The problem that was worked on last, as far as the conversation still speaks of it. */
const RECENT = 6;
function lastLadder(history: readonly Answered[]): Ladder | undefined {
  const found = history
    .slice(-RECENT)
    .findLast(({ role, metadata }) => role === 'assistant' && metadata.ladder !== undefined);
  return ladderSchema.safeParse(found?.metadata.ladder).data;
}

const LAST = HINT_RUNGS.length;

/** Where the answer to a question stands; null for everything that is answered at once. */
export function ladderOf(
  history: readonly Answered[],
  { id, text: question }: { id: string; text: string },
): Ladder | null {
  const text = folded(question);
  const problem = isProblem(question.replace(/^[^:\n]{0,40}:\s*/, '')) || isProblem(question);
  const before = lastLadder(history);
  const open = before && before.rung < LAST ? before : undefined;
  if (says(text, 'give')) {
    if (problem) return { problemId: id, rung: LAST };
    return open ? { ...open, rung: LAST } : null;
  }
  if (problem) return { problemId: id, rung: 1 };
  if (!open || text.length > LONGEST_FOLLOW_UP || says(text, 'lookUp')) return null;
  if (says(text, 'more')) return { ...open, rung: open.rung + 1 };
  return IS_TRY.test(text) ? open : null;
}

const ORDERS: Readonly<Record<(typeof HINT_RUNGS)[number], string>> = {
  nudge:
    'Name the idea that unlocks the problem and ask one question back. No step of the solution, and not its answer.',
  step: 'Show the next step alone, and let the student go on from there. Not the answer.',
  twin: 'Work a similar problem with other numbers from beginning to end, and leave this one to the student.',
  answer: 'Give the whole solution, step by step, with its answer.',
};

/** What the model is told of the rung. A try of the student's is judged first. */
export function ladderLine({ rung }: Ladder): string {
  const kind = HINT_RUNGS[rung - 1] ?? 'answer';
  const end =
    kind === 'answer'
      ? ''
      : ' Say what is right and wrong in a try of theirs. End by saying that “just tell me” gets the answer.';
  return `Hint: ${rung} of ${LAST} (${kind}). ${ORDERS[kind]}${end}`;
}
