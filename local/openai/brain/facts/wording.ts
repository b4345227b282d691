import type { Language } from './units.ts';

type Asked = 'date' | 'percentage' | 'number' | 'year';
type Wording = {
  /** What is asked of a thing by what the notes say of it; in several ways, so that a quiz does not ask everything in one. */
  about: ((subject: string) => string)[];
  meaning: (subject: string) => string;
  which: (says: string) => string;
  describe: (says: string) => string;
  blank: (asked: Asked, sentence: string) => string;
  /** The date that stands before a line. */
  dated: (event: string) => string;
  said: (quote: string) => string;
  saidOf: (subject: string) => string;
  listed: (list: string) => string;
  nearFigure: string;
};

const GERMAN: Record<Asked, string> = {
  date: 'Welches Datum',
  percentage: 'Welcher Prozentsatz',
  number: 'Welche Zahl',
  year: 'Welches Jahr',
};
const SPANISH: Record<Asked, string> = {
  date: 'Qué fecha',
  percentage: 'Qué porcentaje',
  number: 'Qué número',
  year: 'Qué año',
};
const FRENCH: Record<Asked, string> = {
  date: 'Quelle date',
  percentage: 'Quel pourcentage',
  number: 'Quel nombre',
  year: 'Quelle année',
};

/** How questions are put, in the language of the notes. */
export const WORDING: Record<Language, Wording> = {
  en: {
    about: [
      (subject) => `What do the notes say about ${subject}?`,
      (subject) => `Which of these do the notes say of ${subject}?`,
      (subject) => `According to the notes, which is right about ${subject}?`,
    ],
    meaning: (subject) => `In these notes, what does ${subject} mean?`,
    which: (says) => `Which of these do the notes explain as “${says}”?`,
    describe: (says) => `What do the notes describe as “${says}”?`,
    blank: (asked, sentence) => `Which ${asked} completes the sentence? “${sentence}”`,
    dated: (event) => `Which date do the notes give for “${event}”?`,
    said: (quote) => `The notes say: “${quote}”`,
    saidOf: (subject) => `This is said of ${subject}.`,
    listed: (list) => `Which of these stands under “${list}” in the notes?`,
    nearFigure: 'A figure near the right one; the notes give another.',
  },
  de: {
    about: [
      (subject) => `Was sagen die Notizen über ${subject}?`,
      (subject) => `Welche Aussage machen die Notizen über ${subject}?`,
    ],
    meaning: (subject) => `Was bedeutet ${subject} in den Notizen?`,
    which: (says) => `Was erklären die Notizen als „${says}“?`,
    describe: (says) => `Was beschreiben die Notizen als „${says}“?`,
    blank: (asked, sentence) => `${GERMAN[asked]} ergänzt den Satz „${sentence}“?`,
    dated: (event) => `Welches Datum nennen die Notizen für „${event}“?`,
    said: (quote) => `In den Notizen steht: „${quote}“`,
    saidOf: (subject) => `Das steht dort über ${subject}.`,
    listed: (list) => `Was steht in den Notizen unter „${list}“?`,
    nearFigure: 'In den Notizen steht eine andere Zahl.',
  },
  es: {
    about: [
      (subject) => `¿Qué dicen los apuntes sobre ${subject}?`,
      (subject) => `¿Qué afirman los apuntes de ${subject}?`,
    ],
    meaning: (subject) => `¿Qué significa ${subject} en los apuntes?`,
    which: (says) => `¿Qué explican los apuntes como «${says}»?`,
    describe: (says) => `¿Qué describen los apuntes como «${says}»?`,
    blank: (asked, sentence) => `¿${SPANISH[asked]} completa la frase «${sentence}»?`,
    dated: (event) => `¿Qué fecha dan los apuntes para «${event}»?`,
    said: (quote) => `Los apuntes dicen: «${quote}»`,
    saidOf: (subject) => `Eso se dice de ${subject}.`,
    listed: (list) => `¿Qué figura en los apuntes bajo «${list}»?`,
    nearFigure: 'Los apuntes dan otra cifra.',
  },
  fr: {
    about: [
      (subject) => `Que disent les notes sur ${subject} ?`,
      (subject) => `Qu’affirment les notes au sujet de ${subject} ?`,
    ],
    meaning: (subject) => `Que signifie ${subject} dans les notes ?`,
    which: (says) => `Qu’est-ce que les notes expliquent par « ${says} » ?`,
    describe: (says) => `Que décrivent les notes comme « ${says} » ?`,
    blank: (asked, sentence) => `${FRENCH[asked]} complète la phrase « ${sentence} » ?`,
    dated: (event) => `Quelle date les notes donnent-elles pour « ${event} » ?`,
    said: (quote) => `Les notes disent : « ${quote} »`,
    saidOf: (subject) => `Cela est dit de ${subject}.`,
    listed: (list) => `Que trouve-t-on dans les notes sous « ${list} » ?`,
    nearFigure: 'Les notes donnent un autre chiffre.',
  },
};

export const inQuotes = (text: string, language: Language): string =>
  ({ en: `“${text}”`, de: `„${text}“`, es: `«${text}»`, fr: `« ${text} »` })[language];
