/** Words of orders, amounts and times: what no subject is made of at its edges. */
const FILLER = new Set(
  (
    'a an the some any all my our your this that these those it its them they he she i we you me us myself one ones two three four five six seven ' +
    "eight nine ten twelve fifteen twenty thirty dozen few couple first next last more another again new i'm i'd i'll i've let's what's how's who's there's " +
    'please thanks thank hello hey hi ok okay so and or but then also too just only really very super quite kind bit little maybe perhaps ' +
    'want need like love would could can should will must have has had got get give make create build generate prepare write do does did doing ' +
    'start begin take run simulate set put turn try see show tell let help ask know think bet prove check am is are was were be been being ' +
    'quiz quizzes test tests exam exams examination mock practice practise drill drills question questions mcqs items item exercise exercises problems ' +
    'flashcards flashcard flash card cards deck anki index cloze plan plans study studying timetable schedule revision revise revising reviewing learn learning session ' +
    'on about for of from with without to in at by until before after during over into out up off per each every as if when while because ' +
    'quick quickly short long hard harder easy easier medium mixed difficult tough tricky simple level difficulty intermediate advanced basic multiple choice random ' +
    'minute minutes min mins hour hours day days daily week weeks weekly weekday weekdays weekend weekends month months today tomorrow tonight now ' +
    'monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays mon tue wed thu fri sat sun ' +
    'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'morning mornings evening evenings afternoon night nights end beginning middle time times date deadline due finals final midterm midterms goal goals ' +
    'subject topic topics note notes document documents file files slide slides lecture lectures material materials pdf textbook course class something anything everything stuff things nothing bored tired ready good well better best nice fun cool great wrong right much many ' +
    'how what which who when where why not no yes idea organise organize structure split own em round rounds maximum max minimum least most around like asap soon'
  ).split(' '),
);
const MOST_WORDS = 6;

/** The first stretch of a sentence that is none of that: its subject, where nothing introduces it. */
export function leftover(say: string): string {
  for (const segment of say.split(/[,.;:!?()]+(?=\s|$)|\s[-–—]\s/)) {
    const words = segment.trim().split(/\s+/).filter(Boolean);
    let from = 0;
    let to = words.length;
    while (from < to && isFiller(words[from] ?? '')) from += 1;
    while (to > from && isFiller(words[to - 1] ?? '') && !isNumbered(words[to - 2], words[to - 1])) to -= 1;
    const rest = words.slice(from, to);
    const isSubject = rest.length > 0 && rest.length <= MOST_WORDS && !rest.some((word) => TALK.test(word));
    if (isSubject && /\p{L}{2}/u.test(rest.join(' '))) return rest.join(' ');
  }
  return '';
}

/** Inside a subject nobody speaks of "me" or "you". */
const TALK = /^(?:i|i'm|i've|i'd|i'll|me|my|we|you|your|please|want|need|would|could|can|don't|can't)$/i;

/** "chapter 4", "unit 2", "WW 2": the number is part of the name. */
const isNumbered = (before = '', word = ''): boolean =>
  /^\d+$/.test(word) &&
  /^(?:ch|chap|chapter|unit|week|part|module|grade|lecture|section|vol|volume|ww|level|book|act)\.?$/i.test(
    before,
  );

/** A text of nothing but such words names no subject. */
export const namesNothing = (text: string): boolean =>
  text.split(/\s+/).every((word, i, all) => isFiller(word) && !isNumbered(all[i - 1], word));

const isFiller = (word: string): boolean => {
  const plain = word
    .toLowerCase()
    .replace(/[’]/g, "'")
    .replace(/^(today|tomorrow)'s$/, '$1')
    .replace(/[^\p{L}\p{N}']/gu, '');
  return plain === '' || /^\d+(?:st|nd|rd|th|h|min|mins|x)?$/.test(plain) || FILLER.has(plain);
};
