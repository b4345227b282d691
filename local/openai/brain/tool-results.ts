import type { Step } from './conversation.ts';
import { isRecord, parseJson } from './parse-json.ts';
import { type Language, listed, say } from './phrases.ts';
import { rewritten, says } from './words.ts';

/** The sentence of a tool that failed, or null when it did not. */
export function failureOf({ name, result }: Step, language: Language = 'en'): string | null {
  const value = parseJson(result ?? '');
  if (isRecord(value) && (value.ok === false || typeof value.error === 'string')) {
    const isTold = value.ok === false && typeof value.message === 'string' && value.message !== '';
    // The lines of a validator become a sentence: its marks are no words.
    return isTold
      ? sentence(rewritten('readable', String(value.message)).trim())
      : say('failed', {}, language);
  }
  if (!isRecord(value) && says('denied', result ?? ''))
    return say(name === 'sendNudge' ? 'left.nudge' : 'left', {}, language);
  return null;
}

/** A sentence of a tool, with its full stop. */
const sentence = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);

type Fields = Record<string, unknown>;

/** A tool's result, whatever shape it has, as the fields that a sentence may name. */
class Told {
  readonly fields: Fields;
  readonly language: Language;
  constructor(fields: Fields, language: Language) {
    this.fields = fields;
    this.language = language;
  }
  text(...keys: string[]): string {
    const found = keys.map((key) => this.fields[key]).find((value) => typeof value === 'string' && value);
    return typeof found === 'string' ? found.trim() : '';
  }
  sentence = (key: string): string => sentence(this.text(key));
  /** A number, or of a list its length. */
  count(...keys: string[]): number | undefined {
    const values = keys.map((key) => this.fields[key]);
    const numbers = values.map((value) => (Array.isArray(value) ? value.length : value));
    return numbers.find((value): value is number => typeof value === 'number' && Number.isFinite(value));
  }
  texts(key: string): string[] {
    const value = this.fields[key];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string' && item !== '') : [];
  }
  records(key: string): Told[] {
    const list = [this.fields[key]].flat().filter(isRecord);
    return list.map((fields) => new Told(fields, this.language));
  }
  say = (key: string, values: Fields = {}): string => say(key, values, this.language);
  listed = (names: string[]): string =>
    names.length > 0 ? listed(names, this.language, { most: SHOWN }) : '';
  /** The fourth of January 2026 is a Sunday. */
  day(key: string): string {
    const dow = this.count(key);
    const date = new Date(2026, 0, 4 + (dow ?? 0));
    return dow === undefined ? '' : date.toLocaleDateString(this.language, { weekday: 'long' });
  }
  get name(): string {
    return this.text('displayName') || this.say('person');
  }
}

/** Names out of a list of texts or of `{ topic }`. */
export const namesIn = (value: unknown): string[] =>
  [value].flat().flatMap((item) => {
    const name = isRecord(item) ? item.topic : item;
    return typeof name === 'string' && name ? [name] : [];
  });

const percent = (share: number | undefined): string =>
  share === undefined ? '' : `${Math.round(share * 100)}%`;
const SHOWN = 4;

const TELL: Record<string, (told: Told) => string | string[]> = {
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
    const beside = ['keyPoints', 'tasks', 'flashcards'].flatMap((key) =>
      told.count(key) ? [told.say(`count.${key}`, { n: told.count(key) })] : [],
    );
    return [
      told.sentence('summary') || told.say('summary'),
      beside.length > 0 ? told.say('summary.beside', { told: told.listed(beside) }) : '',
    ];
  },
  createStudyPlan(told) {
    const weeks = told.count('weekCount', 'weekBlocks') ?? 0;
    const [warning = ''] = told.texts('warnings');
    if (weeks === 0) return sentence(warning) || told.say('plan.none');
    const values = {
      weeks,
      title: told.text('title') || told.say('plan.title'),
      until: told.text('deadline', 'endsOn'),
      minutes: told.count('timePerDayMin'),
      days: told.count('daysPerWeek'),
    };
    const isTight = told.records('fits').some(({ fields }) => fields.ok === false);
    return [told.say('plan', values), sentence(warning), isTight ? told.sentence('dropFirst') : ''];
  },
  buildLearningProfile: (told) => told.sentence('summary') || told.say('profile.none'),
  matchCandidates(told) {
    const [best, ...rest] = told.records('candidates');
    if (!best) return told.sentence('hint') || told.say('matches.none');
    const others = told.listed(rest.map(({ name }) => name));
    const values = { name: best.name, score: percent(best.count('score')), reason: best.sentence('reason') };
    return told.say('matches', { ...values, others });
  },
  matchInsight(told) {
    const score = percent(told.count('compatibilityScore'));
    const [risk] = told.texts('risks');
    const when = told.records('nextBestTimes')[0]?.text('whenMine');
    const isNow = told.fields.canStudyNow === true;
    return [
      told.say(score ? 'insight' : 'insight.ready', { name: told.name, score }),
      told.sentence('verdict'),
      risk ? told.say('insight.risk', { risk: sentence(risk) }) : '',
      isNow ? told.say('insight.now') : when ? told.say('insight.next', { when }) : '',
    ];
  },
  getOnlineUsers(told) {
    const total = told.count('total', 'users') ?? 0;
    const doing = (person: Told, key: string): string => told.say(`doing.${person.text(key)}`);
    if (total === 0)
      return told.say('online.none', { doing: doing(told, 'activityFilter') || told.say('doing.idle') });
    const names = told.records('users').map((user) => {
      const activity = user.text('currentActivity') === 'idle' ? '' : doing(user, 'currentActivity');
      return activity ? `${user.name} (${activity})` : user.name;
    });
    const unnamed = Array.from({ length: Math.max(0, total - names.length) }, () => told.say('student'));
    return told.say('online', { total, names: names.length > 0 ? told.listed([...names, ...unnamed]) : '' });
  },
  getAvailability(told) {
    const times = told.listed(told.texts('inWords'));
    const whose = told.text('displayName') === 'the student' ? 'own' : 'other';
    const key = `free.${whose}${times ? '' : '.none'}`;
    return told.say(key, { name: told.name, times, day: told.day('dow') });
  },
  sendNudge(told) {
    const { success, duplicate } = told.fields;
    const key = success === false ? 'nudge.failed' : duplicate === true ? 'nudge.again' : 'nudge';
    return told.say(key, { name: told.text('displayName') });
  },
  calculate: (told) => `${told.text('expression')} = ${told.text('result')}`,
  webSearch(told) {
    if (told.records('dryRun').length > 0) return told.say('web.dry');
    const lines = told
      .records('results')
      .slice(0, SHOWN)
      .map((page) => `- [${page.text('title', 'url')}](${page.text('url')}): ${page.text('snippet')}`);
    return told.say(lines.length > 0 ? 'web' : 'web.none', { lines: lines.join('\n') });
  },
};

/** One or two plain sentences about what a tool did. The card beside them shows the rest. */
export function describeResult(step: Step, language: Language = 'en'): string {
  const value = parseJson(step.result ?? '');
  const told = new Told({ ...step.args, ...(isRecord(value) ? value : {}) }, language);
  const said = TELL[step.name]?.(told) ?? told.text('message');
  const text = [said].flat().filter(Boolean).join(' ').trim();
  return text || told.say('done', { items: told.count('items') });
}
