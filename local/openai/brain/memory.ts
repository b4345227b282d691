import { readLastDay } from './slots/deadline.ts';
import { sentences } from './text/sentences.ts';
import { terms } from './text/terms.ts';

/** What a student says of themselves, read by rules: each finds a value, and what it is about, in a sentence. */
type Kind = 'name' | 'about' | 'goal' | 'preference' | 'exam' | 'weak' | 'today';
type Fact = { kind: Kind; about: string | null; value: string; quote: string; until: string | null };
type Rule = { kind: Kind; find: RegExp };

/** The point of "12. Dezember" and of "3.2." ends no sentence. */
const OF_A_DATE = String.raw`(?:\d|\s?(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)`;
const INSIDE = String.raw`(?:[^.!?;\n]|\.(?=${OF_A_DATE}))`;
const REST = String.raw`(?<value>${INSIDE}{1,200}?)(?=\s*(?:[!?;]|\.(?!${OF_A_DATE})|$))`;
const rule = (kind: Kind, pattern: string): Rule => ({ kind, find: new RegExp(pattern, 'iu') });
const SUBJECT = String.raw`(?<about>[\p{L}\p{N} '’-]{2,60}?)`;

const RULES: readonly Rule[] = [
  rule(
    'name',
    String.raw`\b(?:my name is|i am called|call me|ich hei(?:ß|ss)e|mein name ist|nenn mich|je m['’]appelle|mon nom est|appelle[- ]moi|me llamo|mi nombre es|ll[aá]mame)\s+(?<value>\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*){0,2})`,
  ),
  rule(
    'exam',
    String.raw`\bmy ${SUBJECT} (?:exam|test|midterm|final|quiz) (?:is|takes place|will be) (?:on |in |at )?${REST}`,
  ),
  rule('exam', String.raw`\bi have (?:an? |my )?${SUBJECT} (?:exam|test|midterm|final) (?:on |in )${REST}`),
  rule('exam', String.raw`\bmeine? ${SUBJECT}[- ]?(?:prüfung|klausur|klassenarbeit) ist (?:am |im )?${REST}`),
  rule(
    'exam',
    String.raw`\bich habe am (?<value>${INSIDE}{3,40}?)(?<!\.) (?:eine )?${SUBJECT}[- ]?(?:prüfung|klausur)`,
  ),
  rule('exam', String.raw`\bmon examen (?:de |d['’]|en )${SUBJECT} (?:est|a lieu) (?:le |en )?${REST}`),
  rule('exam', String.raw`\bj['’]ai un examen (?:de |d['’]|en )${SUBJECT} (?:le |en )${REST}`),
  rule('exam', String.raw`\bmi examen de ${SUBJECT} es (?:el |en )?${REST}`),
  rule('exam', String.raw`\btengo un examen de ${SUBJECT} (?:el |en )${REST}`),
  rule(
    'preference',
    String.raw`\b(?:i(?: really| would)? prefer|i like|i['’]d rather have|i learn best with|ich bevorzuge|ich mag(?: lieber)?|ich lerne am besten mit|je pr[ée]f[èe]re|j['’]aime(?: mieux)?|prefiero|me gustan?(?: m[aá]s)?)\s+${REST}`,
  ),
  rule(
    'goal',
    String.raw`\b(?:my goal is(?: to)?|i want to (?=pass|become|get|reach|study|finish)|mein ziel ist(?: es)?|ich (?:will|m[öo]chte) (?=.{2,80}(?:bestehen|werden|schaffen|erreichen))|mon (?:objectif|but) est (?:de |d['’])?|je veux (?=r[ée]ussir|devenir|obtenir)|mi (?:objetivo|meta) es|quiero (?=aprobar|ser|conseguir|sacar))\s*${REST}`,
  ),
  rule(
    'weak',
    String.raw`\b(?:i (?:struggle|have trouble|have problems) with|i am (?:bad|weak) at|i['’]m (?:bad|weak) at|ich habe (?:probleme|schwierigkeiten|m[üu]he) mit|ich bin schlecht in|j['’]ai du mal avec|je suis (?:mauvaise?|faible|nulle?) en|me cuestan?|tengo (?:problemas|dificultades) con|se me dan? mal)\s+${REST}`,
  ),
  rule('weak', String.raw`^(?<value>[^.!?;\n]{2,80}?) (?:fällt|fallen) mir schwer`),
  rule(
    'today',
    String.raw`\b(?:today i(?: am|['’]m)?|heute bin ich|aujourd['’]hui je suis|hoy estoy)\s+${REST}`,
  ),
  rule(
    'about',
    String.raw`\b(?:my|meine?[rnm]?|mon|ma|mes|mis?) ${SUBJECT} (?:is|are|ist|sind|hei(?:ß|ss)t|est|sont|s['’]appelle|es|son|se llaman?) (?:now |jetzt |maintenant |ahora )?${REST}`,
  ),
];
/** What is asked or done right now is no fact about anybody. */
const NOT_OF_THEM =
  /^(?:question|answer|problem|attempt|try|guess|notes?|frage|antwort|lösung|aufgabe|réponse|question|pregunta|respuesta|duda)\b/iu;
const SECRET = /\b(?:password|passwort|kennwort|mot de passe|contraseña|pin|token|api[- ]?key)\b/iu;

const lastWord = (text: string): string =>
  text
    .toLowerCase()
    .match(/[\p{L}\p{N}-]+/gu)
    ?.at(-1) ?? text;
const aboutOf = (kind: Kind, groups: Record<string, string | undefined>): string | null => {
  const about = groups.about?.trim().toLowerCase() ?? null;
  if (kind === 'preference') return lastWord(groups.value ?? '');
  return kind === 'weak' ? (groups.value ?? '').trim().toLowerCase().slice(0, 60) : about;
};

/** The facts of one sentence: the first rule that reads it. */
function factOf(sentence: string, today: Date | null): Fact[] {
  if (/\?\s*$/.test(sentence) || SECRET.test(sentence)) return [];
  for (const { kind, find } of RULES) {
    const groups = find.exec(sentence)?.groups;
    const value = groups?.value?.trim();
    if (!groups || !value || (groups.about && NOT_OF_THEM.test(groups.about))) continue;
    const until = (kind === 'exam' && today && readLastDay(value, today)) || null;
    return [{ kind, about: aboutOf(kind, groups), value, quote: sentence.trim(), until }];
  }
  return [];
}

const SENTENCE_END = new RegExp(String.raw`(?<=[!?]|\.(?!${OF_A_DATE}))\s+(?=[\p{Lu}¿¡])`, 'u');
const sentencesOf = (text: string): string[] =>
  text
    .split(SENTENCE_END)
    .map((sentence) => sentence.trim())
    .filter(Boolean);

export const factsIn = (text: string, today: Date | null = null): Fact[] =>
  sentencesOf(text).flatMap((sentence) => factOf(sentence, today));

type Line = { id: string; who: string; text: string };
const linesOf = (prompt: string): Line[] =>
  [...prompt.matchAll(/^\[(m\d+)\] (student|tutor): (.*)$/gm)].map(([, id = '', who = '', text = '']) => ({
    id,
    who,
    text,
  }));

/** What is to be remembered of the messages a prompt lists: what a later one says anew takes the place of an earlier. */
export function writeFacts(prompt: string): unknown {
  const day = /^Today is (\d{4}-\d{2}-\d{2})\./.exec(prompt)?.[1];
  const today = day === undefined ? null : new Date(`${day}T12:00:00`);
  const own = linesOf(prompt).filter(({ who }) => who === 'student');
  return { facts: own.flatMap(({ text }) => factsIn(text, today)) };
}

const LONGEST = 400;
const MOST_WORDS = 30;
const closeTo = (one: string, other: string): boolean => {
  const asked = new Set(terms(other));
  const own = terms(one);
  return own.length > 0 && own.filter((term) => asked.has(term)).length / own.length > 0.6;
};

/** What the student stated, word for word, and the first sentence of each answer that says something of its own. */
export function writeThreadSummary(prompt: string): unknown {
  let said = '';
  const summed = linesOf(prompt).flatMap(({ id, who, text }) => {
    if (who === 'student') {
      said = text;
      const stated = sentencesOf(text).filter(
        (sentence) => !sentence.endsWith('?') && terms(sentence).length > 1,
      );
      return stated.map((sentence) => ({ text: sentence.slice(0, LONGEST), from: [id] }));
    }
    const [first = ''] = sentences(text)
      .filter(({ kind }) => kind === 'prose')
      .map((sentence) => sentence.text);
    const isOwn =
      first.split(/\s+/).length <= MOST_WORDS &&
      terms(first).length > 2 &&
      !closeTo(said, first) &&
      !closeTo(first, said);
    return isOwn ? [{ text: first.slice(0, LONGEST), from: [id] }] : [];
  });
  return { sentences: summed };
}

/** What stands under a heading of the instructions, a line each. */
const under = (instructions: string, heading: string): string[] =>
  new RegExp(`^${heading}\\n((?:- [^\\n]*(?:\\n|$))+)`, 'm')
    .exec(instructions)?.[1]
    ?.split('\n')
    .flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : [])) ?? [];

export const factLines = (instructions: string): string[] =>
  under(instructions, 'Remembered about the student:');
export const summaryLines = (instructions: string): string[] =>
  under(instructions, 'Earlier in this conversation:');

/** "What do you know about me?" in four languages. */
const ABOUT_ME =
  /\b(?:what do you (?:know|remember) (?:about|of) me|what have you (?:remembered|learned) about me|was wei(?:ß|ss)t du (?:noch )?(?:über|ueber|uber|von) mi(?:ch|r)|was hast du dir (?:über mich )?gemerkt|que sais[- ]tu (?:de|sur) moi|qu['’]est-ce que tu sais (?:de|sur) moi|de quoi te souviens[- ]tu|qu[eé] sabes (?:de|sobre) m[ií]|qu[eé] recuerdas (?:de|sobre) m[ií])/iu;
export const asksAboutMe = (said: string): boolean => ABOUT_ME.test(said);

const FIRST_PERSON = /\b(?:my|mine|i|me|meine?[rnms]?|ich|mir|mich|mon|ma|mes|je|j['’]|moi|mis?|me|yo)\b/iu;
/** So much of what is asked has to stand in a line. */
const ENOUGH = 0.5;
const MOST_LINES = 3;

/** The lines that answer what a student asks of themselves; the ones that say most of it. */
export function recalled(said: string, lines: readonly string[]): string[] {
  if (!FIRST_PERSON.test(said) || !/\?\s*$/.test(said)) return [];
  const asked = [...new Set(terms(said))];
  const scored = lines.map((line) => {
    const own = new Set(terms(line));
    return { line, score: asked.filter((term) => own.has(term)).length / Math.max(1, asked.length) };
  });
  const best = Math.max(0, ...scored.map(({ score }) => score));
  if (best < ENOUGH) return [];
  return scored
    .filter(({ score }) => score === best)
    .slice(-MOST_LINES)
    .map(({ line }) => line);
}
