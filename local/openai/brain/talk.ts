import type { Language } from './routing/glossary.ts';
import { subjectOf } from './routing/subject.ts';
import { type Talk, TOOL_NAMES, type ToolName } from './routing/types.ts';
import { capitalised } from './text/plain.ts';

/** What each tool does, as the rest of "I can …". */
const ABILITIES: Record<ToolName, string> = {
  searchNotes: 'search your notes and answer from them with proof',
  summarizeSession: 'summarise a session',
  generateQuiz: 'make quizzes from your notes',
  addFlashcards: 'make flashcards',
  buildLearningProfile: 'show your strengths and weak spots',
  createStudyPlan: 'plan your weeks to an exam',
  matchCandidates: 'find study partners',
  matchInsight: 'explain how well you and a partner fit',
  getOnlineUsers: 'show who is online',
  getAvailability: 'show when somebody is free',
  sendNudge: 'send a nudge to a partner',
};

export function whatICanDo(offered: ReadonlySet<string>): string {
  const able = TOOL_NAMES.filter((tool) => offered.has(tool)).map((tool) => ABILITIES[tool]);
  if (able.length === 0) return 'I can talk, but no tool is at hand right now.';
  const list = able.length === 1 ? able[0] : `${able.slice(0, -1).join(', ')} and ${able.at(-1)}`;
  return `I can ${list}.`;
}

export const cannotYet = (tool: ToolName, offered: ReadonlySet<string>): string =>
  `I cannot ${ABILITIES[tool]} here yet. ${whatICanDo(offered)}`;

/** What is said in the student's own language; the rest is said in English. */
const ABROAD: Partial<Record<Language, Partial<Record<Talk, string>>>> = {
  de: {
    greeting:
      'Hallo. Frag mich etwas zu deinen Notizen, oder sag zum Beispiel: „Mach mir ein Quiz über Osmose“.',
    thanks: 'Gern. Frag weiter, wann du willst.',
    bye: 'Tschüss, und viel Erfolg beim Lernen.',
    unclear:
      'Das habe ich nicht verstanden. Frag mich zum Beispiel: „Was ist Osmose?“ oder „Mach mir Karteikarten zu Kapitel 3“.',
  },
  fr: {
    greeting:
      'Bonjour. Pose-moi une question sur tes notes, ou dis par exemple : « Fais-moi un quiz sur l’osmose ».',
    thanks: 'Je t’en prie. Demande quand tu veux.',
    bye: 'Au revoir, et bonnes révisions.',
    unclear:
      'Je n’ai pas compris. Demande par exemple : « C’est quoi l’osmose ? » ou « Fais des fiches sur le chapitre 3 ».',
  },
  es: {
    greeting: 'Hola. Pregúntame algo sobre tus apuntes, o di por ejemplo: «Hazme un quiz sobre la ósmosis».',
    thanks: 'De nada. Pregunta cuando quieras.',
    bye: 'Hasta luego, y suerte con el estudio.',
    unclear:
      'No te he entendido. Pregunta por ejemplo: «¿Qué es la ósmosis?» o «Haz tarjetas del capítulo 3».',
  },
};

/** The brain's own sentences: short, and never more than it is. */
export function talk(
  about: Talk,
  offered: ReadonlySet<string>,
  { told = [], language = 'en' }: { told?: string[]; language?: Language } = {},
): string {
  const abroad = ABROAD[language]?.[about];
  if (abroad) return abroad;
  const can = whatICanDo(offered);
  const quoted = told.map((words) => `“${words}”`).join(' and ');
  const all = 'All right. Tell me in a sentence what I should do, for example a question about your notes.';
  const sentences: Record<Talk, string> = {
    greeting: `Hello. ${can} What are you studying?`,
    thanks: 'You are welcome. Ask on whenever you like.',
    bye: 'Goodbye, and good luck with your studies.',
    yes: all,
    maybe: all,
    no: 'All right, I leave it. What would you like instead?',
    stop: 'Stopped. Nothing more happens until you ask.',
    repeat: 'My last answer stands above. Ask it in other words, and I will look again.',
    self: `I am the local study brain: I work without a model key, find and quote your notes word for word, and do not think along. ${can}`,
    'off-topic': `That is outside what I do. ${can}`,
    review:
      'Your cards wait under Practice: there you review what is due, and change or delete cards. Here I can make new ones.',
    'own-plan':
      'Your plan stands under Plan, with what is due today. Here I can make a new one: name the goals, the minutes a day and the date.',
    low: 'That sounds hard. A short break is part of studying. When you are ready, I can quiz you on one small topic or plan the days that are left.',
    empty: 'Your message is empty. What would you like to know?',
    told: `Noted for this conversation: ${quoted}. Ask me about it here, or let me plan the days until then.`,
    recall: `You told me: ${quoted}.`,
    form: 'I cannot put that into another form: without a model key I only quote your notes. Ask a question, and I quote them.',
    unclear: `I did not understand what you want. ${can}`,
  };
  return sentences[about];
}

const KNOWN: Readonly<Record<Language, [some: string, none: string, told: string]>> = {
  en: [
    'This is what I remember about you:',
    'I remember nothing about you yet. What you tell me of yourself stands under You, Memory.',
    'You told me:',
  ],
  de: [
    'Das habe ich mir über dich gemerkt:',
    'Ich habe mir noch nichts über dich gemerkt. Was du von dir erzählst, steht unter You, Memory.',
    'Du hast mir gesagt:',
  ],
  fr: [
    'Voici ce que je sais de toi :',
    'Je ne sais encore rien de toi. Ce que tu me dis de toi se trouve sous You, Memory.',
    'Tu m’as dit :',
  ],
  es: [
    'Esto es lo que recuerdo de ti:',
    'Todavía no recuerdo nada de ti. Lo que me cuentes de ti está en You, Memory.',
    'Me dijiste:',
  ],
};

/** Everything that is remembered, a line each. */
export function allFacts(facts: readonly string[], language: Language): string {
  const [some, none] = KNOWN[language];
  return facts.length === 0 ? none : [some, '', ...facts.map((fact) => `- ${fact}`)].join('\n');
}

/** The words that answer a question about the student. */
export const recall = (lines: readonly string[], language: Language): string =>
  `${KNOWN[language][2]} ${lines.map((line) => `“${line}”`).join(', ')}`;

const LONGEST_TITLE = 60;

export const isTitleRequest = (instructions: string): boolean =>
  /\btitle\b/i.test(instructions) && /\b(?:conversation|chat|thread)\b/i.test(instructions);

/** A few words that say what a conversation is about. */
export function titleOf(said: string): string {
  const [line = ''] = said.trim().split('\n');
  const subject = subjectOf(line) || line.trim() || 'New conversation';
  const short =
    subject.length <= LONGEST_TITLE ? subject : `${subject.slice(0, LONGEST_TITLE).replace(/\s+\S*$/, '')}…`;
  return capitalised(short);
}
