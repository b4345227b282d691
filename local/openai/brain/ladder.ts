import type { Passage } from './answer/passages.ts';
import type { Conversation } from './conversation.ts';
import type { Language } from './routing/glossary.ts';
import type { Route } from './routing/types.ts';
import { sentences } from './text/sentences.ts';

/** How far a problem is to be opened, as the instructions say it; null where they say nothing. */
export function rungOf(instructions: string): number | null {
  const rung = /^Hint: (\d) of \d/m.exec(instructions)?.[1];
  return rung === undefined ? null : Number(rung);
}

const LAST = 4;
const LONGEST_QUERY = 300;

/** A problem is looked for in the notes, and so is every hint on it, which by itself names nothing. */
export function hinted(routed: Route, said: string, { instructions, state }: Conversation): Route {
  const rung = rungOf(instructions);
  const isSearch = routed.kind === 'call' && routed.calls.some(({ tool }) => tool === 'searchNotes');
  if (rung === null || (rung === 1 && isSearch)) return routed;
  const query = (rung === 1 ? said : (state.lastQuery ?? said)).slice(0, LONGEST_QUERY);
  return {
    kind: 'call',
    calls: [{ tool: 'searchNotes', args: { query, limit: 10 } }],
    assumed: [],
    question: query,
  };
}

const WORDS: Readonly<
  Record<Language, [nudge: string, step: string, twin: string, none: string, tell: string]>
> = {
  en: [
    'A nudge: your notes speak of this under “#”. Which idea there fits, and what would you try first?',
    'One step:',
    'An example from your notes:',
    'Your notes hold no worked example of this. Try it with smaller numbers first.',
    'Say “just tell me” for the answer.',
  ],
  de: [
    'Ein Anstoß: Deine Notizen sprechen davon unter „#“. Welche Idee dort passt, und was würdest du zuerst versuchen?',
    'Ein Schritt:',
    'Ein Beispiel aus deinen Notizen:',
    'Deine Notizen enthalten kein durchgerechnetes Beispiel dazu. Versuch es erst mit kleineren Zahlen.',
    'Sag „sag es mir einfach“, wenn du die Antwort willst.',
  ],
  fr: [
    'Un indice : tes notes en parlent sous « # ». Quelle idée convient, et que tenterais-tu d’abord ?',
    'Une étape :',
    'Un exemple de tes notes :',
    'Tes notes ne contiennent pas d’exemple résolu. Essaie d’abord avec de plus petits nombres.',
    'Dis « dis-moi la réponse » pour l’avoir.',
  ],
  es: [
    'Una pista: tus apuntes hablan de esto en «#». ¿Qué idea encaja y qué probarías primero?',
    'Un paso:',
    'Un ejemplo de tus apuntes:',
    'Tus apuntes no traen un ejemplo resuelto. Prueba antes con números más pequeños.',
    'Di «dame la respuesta» para verla.',
  ],
};
const EXAMPLE = /\b(?:example|e\.g\.|for instance|beispiel|zum beispiel|exemple|par exemple|ejemplo)\b/iu;

const cited = ({ n, text }: { n: number; text: string }) => `“${text.replace(/\s+/g, ' ').trim()}” [${n}].`;

/** As much of an answer as a hint gives. */
export function hintOf(
  rung: number,
  passages: readonly Passage[],
  answer: string,
  language: Language,
): string {
  const [best] = passages;
  if (rung >= LAST || !best) return answer;
  const [nudge, step, twin, none, tell] = WORDS[language];
  const spoken = passages.flatMap(({ n, text }) =>
    sentences(text)
      .filter(({ kind }) => kind === 'prose')
      .map((sentence) => ({ n, text: sentence.text.replace(/[.]$/, '') })),
  );
  const example = spoken.find(({ text }) => EXAMPLE.test(text));
  const [first] = spoken;
  const hints = [
    `${nudge.replace('#', best.heading || best.title)}`,
    first ? `${step} ${cited(first)}` : nudge.replace('#', best.heading || best.title),
    example ? `${twin} ${cited(example)}` : none,
  ];
  return `${hints[rung - 1] ?? none} ${tell}`;
}
