/** Sentences that hold a tool's words without asking for the tool. */

/** Negated, past or hypothetical; about somebody else's quiz; asking what such a thing is. */
export const NOT_A_REQUEST = new RegExp(
  [
    String.raw`\b(?:don'?t|do not|never|no need to|stop|cancel|instead of|without|rather not)\b[^.,;?!]{0,25}\b(?:quiz|test|make|create|send|nudge|invite|flash|plan|schedule|ping|message|summar)`,
    String.raw`^(?:i|we|he|she|they|my \w+)\s(?:already |just |have |had |'ve )*(?:made|created|took|failed|passed|finished|wrote|did|sent|got|had|hate|love|like|loved|hated|used)\b`,
    String.raw`\b(?:hate|love|enjoy|prefer)d? (?:quizzes|flash ?cards|tests|plans|studying|exams)\b`,
    String.raw`\bwhat(?:'s| is| are) (?:a |an )?(?:flash ?cards?|study plans?|quiz(?:zes)?|nudges?|learning profiles?)\b`,
    String.raw`\b(?:idea|ideas|tips|advice) (?:for|on|about)\b|\b(?:study|revision|exam|learning) (?:tips|advice|hacks)\b`,
    String.raw`\b(?:pub quiz|quiz (?:night|show))\b`,
    String.raw`^(?:please )?(?:stop|cancel|forget|skip|drop|not another|no more|enough)\b[^.,;?!]{0,30}\b(?:quiz|tests?|questions|cards|flash|plan|nudge|summar)`,
    String.raw`^(?:do|does|are|is|can) (?:the |my )?(?:flash ?cards|quizzes|study plans|cards|nudges|plans|summaries)\b`,
    String.raw`^(?:please )?no (?:more )?(?:quiz(?:zes)?|tests?|questions|cards|flash ?cards|plans?|nudges?|summar(?:y|ies))\b`,
    String.raw`^(?:the |my |these |those |all )?(?:flash ?cards?|quiz(?:zes)?|study plans?|nudges?|summar(?:y|ies)|cards) (?:are|is|suck|work|help|don't|never|always)\b`,
    String.raw`^how (?:do|can|should|does|to|would|many|good|are|is)\b[^?]{0,40}\b(?:flash ?cards?|quiz(?:zes)?|nudges?|this app|the app|invite)\b`,
    String.raw`^(?:can|do|are|could) (?:you|i|we) (?:even |also |really )?(?:able to )?(?:make|create|generate|do|build|send|write) (?:flash ?cards|quizzes|study plans|nudges|summaries|cards|messages|invites)(?: (?:too|as well|here))?\s*\??$`,
    String.raw`^(?:can|could|are|do) (?:you|i|we) (?:able to |even )?(?:summari[sz]e|recap|plan|quiz|nudge|search|match)(?: things| stuff)?\s*\??$`,
    String.raw`\b(?:i|we) (?:have|'ve got|got) (?:a |an |another |two |my )?(?:\w+ )?(?:quiz|test|exam)\b[^.?!]{0,40}$`,
  ].join('|'),
  'i',
);

/** Cards that one has are looked at on their own page. */
export const REVIEW =
  /^(?!.*\b(?:make|create|add|generate|new|turn|convert)\b).*\b(?:review|study|practi[cs]e|due|show|go (?:through|over)|see|delete|remove|edit|open|where are|how many)\b[^.]{0,30}\b(?:my |the |are )?(?:due |old |existing |new )?(?:flash ?)?cards\b(?! (?:on|for|about|from) )/i;

/** The plan that there is already, as against a new one. */
export const OWN_PLAN =
  /^(?!.*\b(?:make|create|build|new|update|re-?plan|exams?|finals?|midterms?|tests?|deadline|minutes?|hours?|goals?)\b).*(?:\b(?:show|open|see|view|check|look at|what(?:'s| is| does)|where(?:'s| is)|how(?:'s| is))\b[^.?!]{0,20}\b(?:my|the|our) (?:current |existing |weekly |today's )?(?:study |revision )?(?:plan|schedule|timetable)\b(?! for (?:the )?(?:exam|test))|\b(?:what|anything) (?:is |else )?(?:on|in) (?:my|the) (?:study )?(?:plan|schedule)\b|\bwhat do i have (?:to do )?(?:today|tomorrow|this week|on \w+day)\b|\bmy schedule\W*$|\bwhat(?:'s| is) (?:due|planned|up) (?:for )?(?:today|tomorrow)\b)/i;

/** Said of the past, or against it: no plan is wanted even when one is named. */
export const NO_PLAN =
  /^(?:i|we|he|she|they|my \w+) (?:already|just|made|created|had|hate|love)|\bdon'?t\b|\bnever\b|\btips\b|\bwhat is\b/i;

/** What people ask other assistants for. Whole domains, not phrases. */
export const ELSEWHERE = new RegExp(
  [
    String.raw`\b(?:pub quiz|quiz night|at the pub|wedding|(?:birthday|dinner|garden) party|trip to|my meals?|haircut|landlord|dentist|plumber|babysitter|dog sitter|grandma|grandpa|neighbou?rs?|supermarket|pharmacy|hairdresser|bathroom|horoscope|lottery|calories|lose weight|get rich|flirt|aliens|ghosts|football|latest news|the news|episode|on tv|microphone|internet speed|tyre|sim card|library card|greeting card|christmas card|birthday card|gift card|postcard|next bus|the bus|how many days until|take a (?:photo|screenshot)|lock the|pick a (?:number|name|card)|play(?:ing)? cards|deal the cards|who is the president|score of the game|who won|packing list|download)\b|\bwhat(?:'s| is) (?:love|the score)\W*$|\bwhen is (?:easter|christmas|thanksgiving|ramadan)\b|\bwill it (?:rain|snow)\b|\bpause the\b|\bmiles in\b|\beggs\b|\bcheck the oil\b`,
    String.raw`\b(?:phone|laptop|car|tablet|headphones?) (?:to|should i) buy\b|\b(?:train|bus|plane|concert|movie) tickets?\b|\b(?:on campus|cafeteria|canteen|dorm|tuition|scholarship|parking)\b|\blisten(?:ing)? to (?:music|podcasts)\b|\bbuild (?:a|an|my) (?:\w+ )?(?:bot|app|website|game|house)\b`,
    String.raw`\b(?:recommend|suggest|know|find|show) (?:me )?(?:a |an |any |some )?(?:good |nice |new |great )?(?:\w+ )?(?:movies?|films?|series|tv shows?|songs?|games?|restaurants?|places? to|recipes?|podcasts?|laptops?|phones?|gifts?|bars?|clubs?)\b`,
    String.raw`\b(?:this app|the app|clerva|premium|pro version|subscription) (?:free|cost|costs|price|safe|secure|available on|open source|work offline|down|slow|broken)\b|\b(?:log ?out|log me out|sign ?out|password|dark mode|my subscription|delete my (?:account|data)|change my (?:name|picture|settings))\b`,
    String.raw`\b(?:weather|forecast|raining|going to (?:rain|snow)|umbrella|temperature (?:outside|today|in [A-Z])|alarms?|timers?|stopwatch|remind me (?!what|how|why|who|when|where|which|about)|reminders?|calendar|appointments?|to-?do list|shopping|grocer(?:y|ies))\b`,
    String.raw`\b(?:play (?:the |some |me |my |a )?(?:song|music|playlist|radio|podcast|movie|next|rock|jazz)|songs?|playlist|jokes?)\b|\b(?:turn (?:up|down)|adjust|mute) (?:the )?volume\b`,
    String.raw`\b(?:flights? (?:to|from|for|on)|(?:book|cheap|next) flights?|hotels?|restaurants?|reservations?|book (?:me )?a|uber|taxi|traffic|directions to|bank|account balance|transfer (?:money|funds|\$)|mov(?:e|ing) money|credit card|my bill|paycheck|exchange rate|stock price|lottery)\b`,
    String.raw`\b(?:lights? (?:on|off)|thermostat|vacuum cleaner|e-?mails?|text message|phone call|call (?:my|mom|dad|the)|order (?:me |a |some )?(?:pizza|food|coffee|takeaway)|recipe)\b`,
    String.raw`\b(?:what time is it|the time(?: now| in| is| please)|current time|what(?:'s| is| day)? (?:the |today'?s |tomorrow'?s )(?:date|day)(?: is| today| it| tomorrow)?|date (?:today|tomorrow|please)|day is it|next holiday|days? off|meeting(?: room)|conference room)\b`,
    String.raw`\b(?:translate|(?:say|speak|write)\b.{0,30}\bin (?:spanish|french|german|italian|dutch|tagalog|chinese|japanese)|switch (?:the )?language|change (?:the |your )?language|how (?:do|would|does) (?:you|they|one|i|people) (?:say|spell|pronounce)|spell(?:ing)? of)\b`,
    String.raw`\b(?:zip code|my (?:account|bank|car|phone|order|package|wallet|boss|mom|dad|dog|cat)|wish list|(?:my|first) lists?|(?:items?|list) (?:on|from|in|of|to) (?:the|my)|tweet|post on|facebook|instagram)\b`,
    String.raw`\b(?:what(?:'s| is| does)|calculate|compute|answer to|how much is)\b.*\b(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred|thousand)\s*(?:\+|-|\*|\/|x|times|plus|minus|divided by|multiplied by|percent of|% of|squared)`,
    String.raw`\d\s*(?:\+|\*|x|times|plus|minus|divided by|multiplied by|percent of|% of)\s*\d|\bsquare root of \d|\b(?:the|my) schedule (?:for )?(?:today|tomorrow)`,
  ].join('|'),
  'i',
);

/** Words that bring a sentence from those domains back to studying. */
export const STUDY = /\bstudy\b|\bflash|\bquiz|\brevis(?:ion|e|ing)\b|\bchapter\b|\blecture|\bexam\b/i;

/** Writing to order and playing a part. */
export const WRITING =
  /\b(?:write|compose|draft|tell) (?:me )?(?:a|an|the|some|my)?\s?(?:\w+ ){0,3}(?:poem|song|story|essay|letter|email|e-mail|cover letter|blog|post|article|tweet|speech|code|script|program|function|resume|cv|haiku|rap|lyrics|review|paragraph|description|advert\w*|dialogue|plot|screenplay)\b|\b(?:act as|pretend (?:to be|you)|role ?play|you are (?:now )?an? )\b/i;

/** Personal talk that only begins like a question: no note answers it. */
export function isPersonal(say: string): boolean {
  if (/^(?:explain|define|describe|compare)/i.test(say)) return false;
  if (/^(?:the|a|is|are|do|did|does|list|name) (?:\w+ ?){0,2}[.!]?$/i.test(say)) return true;
  const rest = say
    .replace(
      /\bi (?:always )?(?:forgot|forget)\b|\bi'm (?:\w+ )?(?:confused|stuck|lost|unsure|struggling)\b/gi,
      '',
    )
    .replace(/\b(?:tell|give|teach|walk|help|show|remind) me\b|\b(?:can|could|would|will) you\b/gi, '')
    .replace(
      /\b(?:do|should) (?:i|we|you) (?:know|mean|calculate|solve|find|compute|use|call|get|need)\b/gi,
      '',
    )
    .replace(
      /\bhow (?:do|can|should|would) (?:i|we|you)\b|\bhelp me\b|\bi(?: |')(?:don'?t|need|want|m|am|know|have)\b/gi,
      '',
    );
  if (/^(?:is|are|do|does|did|can|could|was|were) (?:you|i|we)\b/i.test(rest)) return true;
  return (
    /\b(?:my|i|me|you|your)\b/i.test(rest) &&
    !/\b(?:exam|chapter|course|class|study|understand|lecture|explain|wrote|write|covered|notes|body|cells?|brain|blood)\b/i.test(
      rest,
    )
  );
}

/** A student who is worn out wants a kind word, not a tool. */
export const LOW =
  /\b(?:i'?m|i am|i feel|feeling|so|my brain is) (?:\w+ )?(?:stressed|tired|exhausted|overwhelmed|burn(?:ed|t) out|anxious|nervous|sad|down|scared|panick\w+|fried|sleepy|bored|unmotivated|depressed|afraid|worried|hopeless|stuck)\b|\b(?:no|lost (?:my|all)) (?:motivation|energy)\b|\bi (?:want to |might |could )?(?:give up|cry|quit)\b|\bprocrastinat\w+|\bcan'?t (?:focus|concentrate|sleep|do this)\b/i;
