import * as chrono from 'chrono-node';
import { isoDate } from '../slots/deadline.ts';
import { clamp } from '../slots/minutes.ts';
import { isEnglishQuery } from '../text/terms.ts';
import { cardsFromNotes } from './tools/add-flashcards.ts';
import { planOrQuestion } from './tools/create-study-plan.ts';
import { ask, type Filled, type State } from './types.ts';

/** How an order begins in German, French or Spanish. What does not begin so is a question about the notes. */
const ORDER =
  /^[¡¿\s]*(?:(?:bitte|por favor|s'il (?:te|vous) pla[iî]t|kannst du|k[oö]nntest du|peux-tu|pouvez-vous|puedes|ich (?:will|m[oö]chte|brauche)|je (?:veux|voudrais)|quiero|necesito)[ ,]+)*(?:mir |me )?(?:mache?|erstelle?|gib|schreibe?|stelle?|frage?|teste|pr[uü]fe?|suche?|finde|fasse?|plane (?:mir|meine)|fais|faites|cr[eé]{1,2}r?|prépare[rz]?|donne|pose|interroge|teste|cherche|trouve|r[eé]sume[rz]?|planifie|haz(?:me)?|cr[eé]a(?:me)?|crear|hacer|dame|prep[aá]ra(?:me)?|preg[uú]nta(?:me)?|exam[ií]na(?:me)?|busca|encuentra|resume|planifica|eine?|une?|un[ao]?|(?<=\b(?:mir|me|brauche|will|veux|voudrais|quiero|necesito) )\d+)(?!\p{L})/iu;
const WISHES: [tool: 'quiz' | 'cards' | 'plan' | 'summary' | 'search', named: RegExp][] = [
  ['plan', /lernplan|studienplan|\bplan\b|\bplanning\b|\bplan(?:e|ifie|ifica)\b/iu],
  ['cards', /karteikarten?|lernkarten?|flashcards?|\bcartes?\b|\bfiches?\b|tarjetas?|\bfichas?\b/iu],
  ['summary', /zusammen(?:fass\p{L}*)?\b|r[eé]sum[eé]?|\bresumen?\b/iu],
  [
    'quiz',
    /quiz|\btest\b|frag|pr[uü]fe|\bqcm\b|questions?|interroge|preg[uú]nta|cuestionario|examen|examina|exam[ií]name/iu,
  ],
  ['search', /such|find|cherche|trouve|busca|encuentra/iu],
];
/** Where the subject stands: behind the last word of the order and its preposition. */
const SUBJECT =
  /(?<!\p{L})(?:(?:über|zu[mr]?|von|nach|für|sur|à propos de|concernant|pour|sobre|acerca de|para|del?|des|du)\s+)(?!(?:estudio|révision|práctica|practica|mémoire|memoria|meine[nm]?|mes|mis)\b)(.+)$/iu;
const OBJECT = /^\S+\s+(?:(?:den|die|das|le|la|les|el|los|las)\s+)?(.+)$/iu;
const END =
  /\s*(?:[.!?]+$|,.*$|\bab[.!]*$|\bzusammen\b.*$|\b(?:stellen|geben|machen|erstellen|schreiben)[.?!]*$|\b(?:in meinen|dans mes|en mis|aus meinen)\b.*$|\b(?:bitte|s'il (?:te|vous) plaît|por favor)\b.*$|\b(?:mit|avec|con) \d.*$)/iu;
const HARD = /schwer|schwierig|difficile|dif[ií]cil/iu;
const EASY = /leicht|einfach|facile|f[aá]cil/iu;
const LANGUAGES = [chrono.de, chrono.fr, chrono.es];

/** An order in German, French or Spanish for one of the five things that students ask for most. */
export function foreignOrder(say: string, state: State): Filled | undefined {
  if (!ORDER.test(say) || isEnglishQuery(say)) return undefined;
  const [wish, named = /$/] = WISHES.find(([, pattern]) => pattern.test(say)) ?? [];
  const behind = say.slice(say.search(named));
  const found =
    (SUBJECT.exec(behind) ?? SUBJECT.exec(say))?.[1] ??
    (wish === 'search' || wish === 'summary' ? OBJECT.exec(say)?.[1] : '');
  const topic = (found ?? '').replace(END, '').trim();
  const count = Number(
    /\b(\d{1,3})\b(?!\s*(?:min|h\b|stunden|heures|horas|wochen|semaines|semanas))/iu.exec(say)?.[1] ?? 10,
  );
  switch (wish) {
    case 'quiz': {
      const difficulty = HARD.test(say) ? 'hard' : EASY.test(say) ? 'easy' : 'mixed';
      const call = { tool: 'generateQuiz' as const, args: { topic, difficulty, n: clamp(count, 1, 50) } };
      return topic
        ? { calls: [call] }
        : ask(call, 'topic', 'On which topic or document should the questions be?');
    }
    case 'cards':
      return topic
        ? { calls: cardsFromNotes(topic, clamp(count, 1, 100)) }
        : ask({ tool: 'addFlashcards', args: {} }, 'topic', 'Flashcards on which topic?');
    case 'summary':
      return {
        calls: [
          { tool: 'searchNotes', args: { query: topic, limit: 10 } },
          { tool: 'summarizeSession', args: { topic }, needs: 'passages' },
        ],
      };
    case 'plan':
      return planOrQuestion({ tool: 'createStudyPlan', args: planArgs(say, topic, state) }, state, []);
    case 'search':
      return { calls: [{ tool: 'searchNotes', args: { query: topic, limit: 10 } }] };
    case undefined:
      return undefined;
  }
}

function planArgs(say: string, topic: string, { now }: State): Record<string, unknown> {
  const [, amount, unit = ''] = /\b(\d+)\s*(min|h|stunde|heure|hora)/iu.exec(say) ?? [];
  // The length of a day is no year: "12. Dezember, 30 Minuten".
  const dated = say.replace(/,?\s*\d+\s*(?:min|h|stunde|heure|hora)\p{L}*/giu, '');
  const due = LANGUAGES.flatMap((language) => language.parse(dated, now, { forwardDate: true })).find(
    ({ start }) => start.isCertain('day'),
  );
  return {
    goals: topic ? [topic] : [],
    ...(amount ? { timePerDayMin: clamp(Number(amount) * (/^min/i.test(unit) ? 1 : 60), 5, 720) } : {}),
    daysPerWeek: 5,
    ...(due ? { deadline: isoDate(due.start.date()) } : {}),
  };
}
