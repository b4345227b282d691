/** Short forms that students type, and what they stand for. */
const SHORT_FORMS = new Map([
  ...forms(
    "u you; ur your; ya you; pls please; plz please; plss please; thx thanks; wat what; wut what; whats what's; wheres where's; hows how's; " +
      "whens when's; whos who's; im i'm; ive i've; dont don't; doesnt doesn't; didnt didn't; cant can't; wont won't; isnt isn't; " +
      "arent aren't; havent haven't; lets let's; theres there's; gimme give me; lemme let me; wanna want to; gonna going to; gotta have to; " +
      "kinda kind of; dunno don't know; rn right now; rq quickly; atm at the moment; asap soon; cuz because; coz because; abt about; bout about; " +
      'wo without; b4 before; til until; till until; tmrw tomorrow; tmr tomorrow; tmrrw tomorrow; tomorow tomorrow; tommorow tomorrow; ' +
      'tommorrow tomorrow; 2moro tomorrow; tonite tonight; 2day today; ppl people; sb somebody; smb somebody; some1 someone; any1 anyone; ' +
      "msg message; nd and; qs questions; ques questions; qns questions; quizz quiz; quizes quizzes; qiuz quiz; mcq mcqs; idk i don't know; " +
      'sth something; smth something; avail available; cud could; shud should; wud would; hav have; wen when; hw homework; probs problems; ' +
      'defs definitions; defn definition; summ summary; sched schedule; exm exam; anki anki',
  ),
]);

function forms(list: string): [string, string][] {
  return list.split('; ').map((entry) => {
    const at = entry.indexOf(' ');
    return [entry.slice(0, at), entry.slice(at + 1)];
  });
}

/** Our own words, that a typing slip may hide. */
const OWN_WORDS = (
  'flashcard flashcards summarize summarise summary schedule timetable partner partners available availability profile strengths ' +
  'weaknesses weakness progress questions question revision deadline practice practise compatible compatibility minutes tomorrow ' +
  'definition definitions difference explain session multiple difficult studying weekdays weekends somebody someone anybody anyone ' +
  'classmate classmates performance remember generate'
).split(' ');
/** Words that lie a slip away from ours and are words themselves. */
const NEIGHBOURS = new Set(
  (
    'summer summaries schedules scheduled strength explains explained practices practised practiced profiles sessions weekday weekend ' +
    'generated generates remembers minute definite partnered differences division difficulty difficulties different differently comparable ' +
    'questioned questioner summarized summarised summarizes summarises strengthen strengthens deadlines flashcardids performances'
  ).split(' '),
);
const LONGEST = 24;

const EMOJI = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F)+/gu;
/** Sounds and smileys around what is said. */
const LAUGHTER =
  /(?<=^|\s)(?:lol+|lmao|haha+|hehe+|xd|omg|ugh+|imo|imho|smh|[:;]-?[)(DPpo/])(?=\s|$|[,.!?])[,.!]*/giu;
const WORD = /(?<![\p{L}\d@/._-])[\p{L}\d][\p{L}\d'’]*(?![\p{L}\d_]|[-/.][\p{L}\d])/gu;

/**
 * The sentence in the spelling that the patterns know: short forms written out, slips in our own words mended, pictures gone.
 * What stands in quotation marks is the student's own text and stays.
 */
export function tidy(text: string): string {
  const plain = text
    .replace(EMOJI, ' ')
    .replace(/(?<=\s|^)w\/(?=\s|\p{L})/gu, 'with ')
    .replace(/(?<=\s)w (?=(?:me|my|him|her|them|us|some|a|the|\d)\b)/giu, 'with ')
    .replace(/(?<=^|\s)id (?=(?:like|love|need|want|appreciate)\b)/giu, "i'd ")
    .replace(/(?<=^|\s)r (?=(?:u|you|there|they|we|my|the)\b)/gu, 'are ')
    .replace(
      /(?<=\b(?:timetable|plan|schedule|quiz|cards|flashcards|test|exam|partner) )4(?= (?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*)\p{L})/giu,
      'for',
    )
    .replace(/(?<=\p{L} )[n&](?= \p{L}{3,})/gu, 'and')
    .split(/("[^"\n]*")/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(WORD, mended)))
    .join('')
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
  const sober = plain
    .replace(LAUGHTER, ' ')
    .replace(/\s{2,}/g, ' ')
    .trim();
  return sober || plain;
}

function mended(word: string): string {
  const plain = word.toLowerCase().replace('’', "'");
  const written = SHORT_FORMS.get(plain);
  // A capital letter alone ("R", "U") is a name of something: a language, a set, a symbol.
  if (written !== undefined) return word.length === 1 && word !== plain ? word : written;
  if (
    plain.length < 6 ||
    plain.length > LONGEST ||
    NEIGHBOURS.has(plain) ||
    OWN_WORDS.includes(plain) ||
    !/^[a-z]+$/.test(plain)
  )
    return word;
  return OWN_WORDS.find((own) => own[0] === plain[0] && isSlip(plain, own, own.length >= 10 ? 2 : 1)) ?? word;
}

/** Whether a word becomes ours by so many slips: a letter too many, too few or wrong, or two swapped. */
function isSlip(word: string, own: string, slips: number): boolean {
  let at = 0;
  while (at < own.length && word[at] === own[at]) at += 1;
  const rest = word.slice(at);
  const wanted = own.slice(at);
  if (rest === wanted || slips === 0) return rest === wanted;
  const isSwapped = rest[0] === wanted[1] && rest[1] === wanted[0];
  return (
    isSlip(rest.slice(1), wanted, slips - 1) ||
    isSlip(rest, wanted.slice(1), slips - 1) ||
    isSlip(rest.slice(1), wanted.slice(1), slips - 1) ||
    (isSwapped && isSlip(rest.slice(2), wanted.slice(2), slips - 1))
  );
}
