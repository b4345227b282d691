import type { Step } from './conversation.ts';
import { isRecord, parseJson } from './parse-json.ts';
import { type Language, listed, say } from './phrases.ts';
import type { Person } from './routing/types.ts';

/** The sentence of a tool that failed, or null when it did not. */
export function failureOf(step: Step, language: Language = 'en'): string | null {
  const value = parseJson(step.result ?? '');
  if (isRecord(value) && value.ok === false)
    return typeof value.message === 'string' && value.message
      ? readable(value.message)
      : say('failed', {}, language);
  if (isRecord(value) && typeof value.error === 'string') return say('failed', {}, language);
  if (!isRecord(value) && /\b(?:execution denied|was denied|not approved)\b/i.test(step.result ?? ''))
    return say(step.name === 'sendNudge' ? 'left.nudge' : 'left', {}, language);
  return null;
}

/** The lines of a validator become a sentence: its marks are no words. */
const readable = (message: string): string =>
  sentence(
    message
      .replace(/^\s*[✖×]\s*/gm, '')
      .replace(/\n\s*→\s*at\s+(\S+)/g, ' ($1)')
      .replace(/\s*\n\s*/g, '. ')
      .trim(),
  );

/** A sentence of a tool, with its full stop. */
const sentence = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);

/** A tool's result, whatever shape it has, as the fields that a sentence may name. */
class Told {
  readonly #fields: Record<string, unknown>;
  readonly language: Language;
  readonly people: readonly Person[];
  constructor(fields: Record<string, unknown>, language: Language, people: readonly Person[] = []) {
    this.#fields = fields;
    this.language = language;
    this.people = people;
  }
  is(key: string, value: unknown): boolean {
    return this.#fields[key] === value;
  }
  text(...keys: string[]): string {
    const found = keys.map((key) => this.#fields[key]).find((value) => typeof value === 'string' && value);
    return typeof found === 'string' ? found.trim() : '';
  }
  /** A number, or of a list its length. */
  count(...keys: string[]): number | undefined {
    for (const value of keys.map((key) => this.#fields[key])) {
      if (Array.isArray(value)) return value.length;
      if (typeof value === 'number' && Number.isFinite(value)) return value;
    }
    return undefined;
  }
  texts(key: string): string[] {
    const value = this.#fields[key];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string' && item !== '') : [];
  }
  records(key: string): Told[] {
    const value = this.#fields[key];
    const records = Array.isArray(value) ? value.filter(isRecord) : isRecord(value) ? [value] : [];
    return records.map((fields) => new Told(fields, this.language));
  }
  say(key: string, values: Record<string, unknown> = {}): string {
    return say(key, values, this.language);
  }
  day(dow: number | undefined): string {
    if (dow === undefined) return '';
    // The fourth of January 2026 is a Sunday.
    return new Date(2026, 0, 4 + dow).toLocaleDateString(this.language, { weekday: 'long' });
  }
}

/** Names out of a list of texts or of `{ topic }`. */
export const namesIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).flatMap((item) => {
    const name = isRecord(item) ? item.topic : item;
    return typeof name === 'string' && name ? [name] : [];
  });

const percent = (share: number | undefined): string =>
  share === undefined ? '' : `${Math.round(share * 100)}%`;
const clock = (minutes = 0): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const SHOWN = 4;

const TELL: Record<string, (told: Told, result: Record<string, unknown>) => string | string[]> = {
  generateQuiz(told) {
    const made = told.count('made', 'items') ?? 0;
    const asked = told.count('asked', 'n') ?? made;
    const values = { made, asked, topic: told.text('topic'), minutes: told.count('minutes') };
    return told.say(made === 0 ? 'quiz.none' : made >= asked ? 'quiz' : 'quiz.some', values);
  },
  addFlashcards(told) {
    const count = told.count('count', 'flashcardIds') ?? 0;
    const known = told.count('alreadyThereCount', 'duplicates') ?? 0;
    const [deck, ...others] = told.texts('decks');
    const key = count > 0 ? 'cards' : known > 0 ? 'cards.known' : 'cards.none';
    return told.say(key, { count, known, deck: others.length === 0 ? deck : '' });
  },
  summarizeSession(told) {
    const beside = ['keyPoints', 'tasks', 'flashcards'].flatMap((key) => {
      const n = told.count(key) ?? 0;
      return n > 0 ? [told.say(`count.${key}`, { n })] : [];
    });
    return [
      sentence(told.text('summary')) || told.say('summary'),
      beside.length > 0 ? told.say('summary.beside', { told: listed(beside, told.language) }) : '',
    ];
  },
  createStudyPlan(told) {
    const weeks = told.count('weekCount', 'weekBlocks') ?? 0;
    const [warning = ''] = told.texts('warnings');
    if (weeks === 0) return sentence(warning) || told.say('plan.none');
    const isTight = told.records('fits').some((fits) => fits.is('ok', false));
    return [
      told.say('plan', {
        weeks,
        title: told.text('title') || told.say('plan.title'),
        until: told.text('deadline', 'endsOn'),
        minutes: told.count('timePerDayMin'),
        days: told.count('daysPerWeek'),
      }),
      sentence(warning),
      isTight ? sentence(told.text('dropFirst')) : '',
    ];
  },
  buildLearningProfile(told, result) {
    const [strong, weak] = [result.strengths, result.weaknesses].map((topics) =>
      listed(namesIn(topics), told.language, { most: SHOWN }),
    );
    return (
      sentence(told.text('summary')) || told.say('profile', { strong, weak }) || told.say('profile.none')
    );
  },
  matchCandidates(told) {
    const [best, ...rest] = told.records('candidates');
    if (!best) return sentence(told.text('hint')) || told.say('matches.none');
    return told.say('matches', {
      name: nameOf(best),
      score: percent(best.count('score')),
      reason: sentence(best.text('reason')),
      others: listed(rest.map(nameOf), told.language, { most: SHOWN }),
    });
  },
  matchInsight(told) {
    const score = percent(told.count('compatibilityScore'));
    const [risk] = told.texts('risks');
    const when = told.records('nextBestTimes')[0]?.text('whenMine');
    return [
      told.say(score ? 'insight' : 'insight.ready', { name: nameOf(told), score }),
      sentence(told.text('verdict')),
      risk ? told.say('insight.risk', { risk: sentence(risk) }) : '',
      told.is('canStudyNow', true) ? told.say('insight.now') : when ? told.say('insight.next', { when }) : '',
    ];
  },
  getOnlineUsers(told) {
    const users = told.records('users');
    const total = told.count('total', 'users') ?? 0;
    const doing = (activity: string): string => told.say(`doing.${activity}`);
    if (total === 0)
      return told.say('online.none', { doing: doing(told.text('activityFilter')) || doing('idle') });
    const names = users.map((user) => {
      const activity = user.text('currentActivity');
      return activity === 'idle' || !doing(activity) ? nameOf(user) : `${nameOf(user)} (${doing(activity)})`;
    });
    const unnamed = Array.from({ length: Math.max(0, total - names.length) }, () => told.say('student'));
    const all = names.length > 0 ? listed([...names, ...unnamed], told.language, { most: SHOWN }) : '';
    return told.say('online', { total, names: all });
  },
  getAvailability(told) {
    const own = told.is('isOwn', true) || told.is('displayName', 'the student');
    const isOwn = own || !told.text('displayName', 'targetUserId');
    const spoken = told.texts('inWords');
    const windows = told.records('windows').map((window) => {
      const [from, to] = [clock(window.count('startMin')), clock(window.count('endMin'))];
      return `${told.day(window.count('dow'))} ${from}–${to}`.trim();
    });
    const times = listed(spoken.length > 0 ? spoken : windows, told.language, { most: SHOWN });
    const key = `free.${isOwn ? 'own' : 'other'}${times ? '' : '.none'}`;
    return told.say(key, { name: nameOf(told), times, day: told.day(told.count('dow')) });
  },
  sendNudge(told) {
    const id = told.text('toUserId');
    const name = told.people.find((person) => person.id === id)?.name;
    if (told.is('success', false)) return told.say('nudge.failed', { name });
    return told.say(told.is('duplicate', true) ? 'nudge.again' : 'nudge', { name });
  },
  calculate: (told) => `${told.text('expression')} = ${told.text('result')}`,
  webSearch(told) {
    const found = told.records('results').slice(0, SHOWN);
    if (told.records('dryRun').length > 0) return told.say('web.dry');
    const lines = found.map(
      (page) => `- [${page.text('title', 'url')}](${page.text('url')}): ${page.text('snippet')}`,
    );
    return told.say(lines.length > 0 ? 'web' : 'web.none', { lines: lines.join('\n') });
  },
};

const nameOf = (person: Told): string => person.text('displayName') || person.say('person');

/** One or two plain sentences about what a tool did. The card beside them shows the rest. */
export function describeResult(step: Step, people: Person[] = [], language: Language = 'en'): string {
  const value = parseJson(step.result ?? '');
  const result = isRecord(value) ? value : {};
  const told = new Told({ ...step.args, ...result }, language, people);
  const said = TELL[step.name]?.(told, result) ?? told.text('message');
  const text = (typeof said === 'string' ? [said] : said).filter(Boolean).join(' ').trim();
  return text || told.say('done', { items: told.count('items') });
}
