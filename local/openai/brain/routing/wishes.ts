/** Whether a sentence wants something at all, told apart from what it wants. */

const PERSON =
  '(?:brother|sister|cousin|friend|mate|roommate|flatmate|teacher|professor|lecturer|tutor|mum|mom|dad|mother|father|parents|boss|girlfriend|boyfriend|husband|wife|neighbou?r|class|school|course|group|study group|team|partner|study partner|dog|cat|phone|laptop|page|app|site|wifi|exam|test|quiz)';
const PAST =
  'was|were|went|had|made|did|got|took|gave|lost|won|ran|bought|broke|fell|forgot|left|lent|kept|came|said|told|met|saw|heard|read|wrote|sent|found|felt|thought|knew|began|started|slept|ate|drank|spoke|brought|taught|chose|drew|grew|held|paid|sat|stood|understood|wore|passed|failed';
const PRESENT =
  "is|are|am|has|have|seems?|keeps?|looks?|feels?|thinks?|says|hates?|loves?|likes?|isn't|wasn't|didn't|doesn't|won't|can't|never|always|already|only|just";
/** Told of the past, of others or of oneself. */
const REPORT = new RegExp(
  [
    String.raw`^(?:i|we|he|she|they|you|it|that|this|everyone|everybody|nobody|my (?:\w+ ){0,2}?\w+|our (?:\w+ ){0,2}?\w+|the \w+(?: \w+)?|§(?: and (?:i|me|§))?|(?:flash ?cards|quizzes|plans|exams|tests|summaries|cards))(?:'ve| have| has|'s)? (?:\w+ly |just |already |also |really |never |always )?(?:${PAST}|${PRESENT}|\w+ed)\b`,
    String.raw`^(?:(?:my|our|the|his|her) (?:\w+ )?${PERSON}|he|she|§) (?:\w+ly |also |always |never )?(?!(?:please|stats)\b)\w+s\b`,
    String.raw`^(?:it|that|there|he|she|this|what)'s (?:so|too|very|a|an|just|my|not|only|been)\b`,
    String.raw`^(?:flash ?cards|quizzes|plans|exams|tests|cards|studying|learning) (?:\w+ ){0,2}(?:me|us|people|everyone)\b`,
  ].join('|'),
  'iu',
);
/** "Lena told me": a name is one only with its capital letter. */
const NAMED_REPORT = new RegExp(
  String.raw`^\p{Lu}\p{Ll}+(?: and (?:I|i|me|\p{Lu}\p{Ll}+))? (?:\w+ly |also |just |already |really )?(?:${PAST}|${PRESENT})\b`,
  'u',
);
const ORDER_IN_IT =
  /\?|\b(?:please|can you|could you|would you|help me|i (?:want|need|would like|must|have to|'d like|could use)|i'd (?:like|love|appreciate|need)|give me|find me|looking for|in need of|search(?:ing)? for|searching|trying to|need|make (?:me|it|a|some)|create|(?:quiz|test|examine|check|ask|tell|show|pair|match|connect|throw|hit|interrogate|question|drill|grill) me|show|plan (?:my|it|for|the|out|this|that)|build|generate|let's|want to|set me|prove me|who(?:m)? (?:can|should|could)|which of|how (?:should|do|can) i)\b/i;
const STARTS_AS_STATEMENT =
  /^(?:i'm|i am|i've|i keep|i always|i never|i often|i feel|i think i|i guess|i hope|my (?:weak\w*|strengths?|problem|worst|best)(?: \w+){0,2} (?:is|are|was|were|seems?)\b)/i;
/** Not understanding something is a question about it. */
const PUZZLED =
  /\b(?:confused|unsure|stuck|lost|struggling|puzzled|unclear) (?:about|by|with|on|in)\b|\b(?:forgot|forget) (?:what|how|why|who|when|where|which|the)\b|\b(?:don't|can't|didn't) (?:\w+ )?(?:get|understand|remember|grasp|know) (?:what|how|why|who|when|where|which|the|this|\p{L}+)|\bquestions? (?:about|on|from|regarding) \p{L}/iu;
/** A blank to be filled, or a sentence that breaks off where its answer belongs. */
const UNFINISHED = /_{3,}|:\s*$/;
const ASKING =
  "(?:is|are|was|were|do|does|did|am|have|has|can|could|would|will|should|shall|may|must|who|what|which|how|when|where|why|whom|whose|any|who's|what's|how's|where's|when's|in which|in what|with whom|on which|at what)";
const STARTS_ASKING = new RegExp(String.raw`^${ASKING}\b`, 'i');

/** "my quiz went badly", "Ben and I studied yesterday", "I'm bad at maths": nothing is asked for. */
export const isReport = (say: string): boolean =>
  !ORDER_IN_IT.test(say) &&
  !PUZZLED.test(say) &&
  !UNFINISHED.test(say) &&
  (REPORT.test(say) || NAMED_REPORT.test(say) || (STARTS_AS_STATEMENT.test(say) && /\s\S+\s/.test(say))) &&
  (!STARTS_ASKING.test(say) || /^what's (?:a|my) \w+$/i.test(say));

const VERBS = [
  'make create give get find show tell list see start begin do set put turn save add generate build plan prepare simulate check test assess evaluate',
  'examine run open suggest recommend let help need want search look bring send hook connect match pair introduce write draft design display track',
  'compare rate diagnose identify practise practice revise train quiz drill grill question challenge interrogate ask throw fire hit shoot nudge ping poke',
  'invite remind message text contact notify drop recap condense boil wrap shorten simplify compress convert transform extract pull memorise memorize learn',
  'sum schedule split spread map structure rebuild refresh update recompute recalculate redo repeat conduct hold take try have use read write prove fetch pass',
  'keep shuffle analyse analyze organise organize summarise summarize visualise design produce provide develop craft compose note store remember go explain define describe outline',
]
  .join(' ')
  .split(' ');
const ORDER = new RegExp(
  String.raw`^(?:(?:please|kindly|just|maybe|also|now|then|again|quickly|ok|sir|madam|let me|let's|go ahead and|i wanna|help me(?: to)?) )*(?:${VERBS.join('|')}|let's|new|more|another|time for|ready for|it would be|i'd|i need|i want|i would|i must|i have to|i could use|i wish|is it possible|any|some|one|two|three|\d+)\b`,
  'i',
);
const AFTER_PAUSE = new RegExp(
  String.raw`[,:;–-] (?:${VERBS.join('|')}|how|what|which|who|where|when|why|am|is|are|can|do)\b`,
  'i',
);
const WISHES =
  /\?\s*$|\?\s|\b(?:please|can you|could you|would you|i need|i want|i'd (?:like|love|appreciate)|i would (?:like|love|appreciate)|looking for|searching|help me|give me|show me|find me|tell me|quiz me|test me|check me|interrogate me|question me|ask me|prove me|want to|need (?:a|an|some|to|more)|let's|would (?:be (?:\w+ )?(?:nice|great|cool|good|helpful|useful|lovely|fine|appreciated|perfect)|help)|so (?:make|create|plan|give|show))\b/i;
/** Against it, whatever it is. */
const REFUSAL =
  /^(?:please )?(?:stop|cancel|forget|skip|drop (?:the|that|it)|leave (?:the|that|it)|quit|no|not|never|enough|don't|do not|i don't (?:want|need|like)|i'd rather|rather not)\b/i;
/** A finite verb makes a sentence of a fragment. */
const FINITE = new RegExp(
  String.raw`\b(?:i|he|she|it|they|we|you|is|are|was|were|am|has|have|had|does|did|will|would|'s|'re|'m|${PAST})\b`,
  'i',
);
const OWN_THING =
  /^my (?:\w+ ){0,2}\w+(?: (?:in|on|at|for|with|of|by|so far|please|right now|now|this week|overall|again)\b.*)?\W*$/i;
const SUBJECT_FIRST =
  /^(?:my|our|the|his|her|their|these|those|this|that|(?:quizzes|flash ?cards|plans|tests|exams)(?! (?:on|of|about|for|from|with)\b|\s*:|\W*$))\b/i;
const LONGEST_FRAGMENT_WORDS = 9;

/** An order, a question, or a bare fragment ("top 5 partners"): something that wants an answer. */
export function isWish(say: string): boolean {
  if (isReport(say) || REFUSAL.test(say)) return false;
  if (
    /^(?:(?:so|too) (?:many|much)\b|what an? |how (?:nice|cool|awesome|sad|funny|weird|lovely|boring)\b)/i.test(
      say,
    )
  )
    return false;
  if (ORDER.test(say) || STARTS_ASKING.test(say) || WISHES.test(say) || AFTER_PAUSE.test(say)) return true;
  if (say.split(/\s+/).length > LONGEST_FRAGMENT_WORDS || FINITE.test(say)) return false;
  return !SUBJECT_FIRST.test(say) || OWN_THING.test(say);
}
