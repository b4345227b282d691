import type { Talk } from './types.ts';

/** Politeness that may surround an act without changing it. */
const POLITE =
  '(?:[\\s,!.?;:)(¡¿-]|please|pls|thanks?(?: you)?|clerva|ok(?:ay)?|oh|well|um+|uh+|so|then|there|man|mate|dude|buddy|friend|bot|now|again|very much|so much|a lot|really|just|right|all|sir|that|this|it|for|your|the|help|today)*';
const act = (...ways: string[]): RegExp => new RegExp(`^${POLITE}(?:${ways.join('|')})${POLITE}$`, 'i');

/** Acts of talk that fill the whole sentence. Each is an act, not a topic: nothing else may stand beside it. */
const ACTS: [Talk, RegExp][] = [
  [
    'greeting',
    act(
      "h(?:i+|ello|ey+|owdy|iya)|yo|good (?:morning|afternoon|evening|day)|greetings|sup|what'?s (?:up|new|good|happening|going on)",
      "how(?:'s| is| are| have)?(?: it| you| things| your day| life| everything| ya)(?: going| doing| been| today)*|hello how are you|how do you do",
      'are you (?:ok|okay|alright|well|good)|is everything (?:ok|okay|alright)|nice to meet you',
      'hola|buenos d[ií]as|buenas tardes|bonjour|salut|hallo|guten (?:tag|morgen|abend)|ciao|ol[aá]|bom dia|hej|merhaba|namaste|привет|здравствуйте|你好|您好|こんにちは|안녕하세요|สวัสดี(?:ครับ|ค่ะ)?|नमस्ते|مرحبا|السلام عليكم',
    ),
  ],
  [
    'thanks',
    act(
      "thank(?:s| you|ful)?(?: (?:ever )?so much)?|thx|ty|cheers|much appreciated|(?:i )?(?:really )?appreciate(?: it| that| the help| your \\w+)?|i(?:'m| am) grateful(?: for.*)?",
      "great|awesome|perfect|cool(?: story)?|nice|fair enough|alright then|how lovely|why not|good (?:job|work|one|bot|point)|well done|you(?:'re| are) (?:great|awesome|the best|amazing|so helpful)",
      "that(?:'s| was| is)? (?:was )?(?:great|helpful|perfect|really helpful|very helpful|useful|awesome|good)|got it|makes sense|i see|understood|lol|haha+|wow|interesting",
      'gracias|muchas gracias|merci(?: beaucoup)?|danke(?: sch[oö]n)?|vielen dank|grazie(?: mille)?|obrigad[oa]|tack|te[sş]ekk[uü]rler|спасибо|谢谢|謝謝|ありがとう(?:ございます)?|감사합니다|ขอบคุณ(?:ครับ|ค่ะ)?|धन्यवाद|شكرا',
    ),
  ],
  [
    'bye',
    act(
      '(?:good ?)?bye(?:[ -]bye)?|see (?:you|ya|u)(?: later| soon| tomorrow| around)?|later|good ?night|catch you later|talk (?:to you )?(?:later|soon)|take care|farewell',
      "i(?:'m| am) (?:done|off|leaving)|have a (?:good|nice|great).*|(?:it was |was )?(?:very |really )?(?:good|great|nice) (?:to (?:talk|speak|chat|see)|talking|speaking|chatting).*",
      "i(?:'ve| have)? (?:got to|gotta|need to|have to) go|that(?:'s| is|'ll be| will be) all|adi[oó]s|au revoir|tsch[uü]ss|再见|さようなら",
    ),
  ],
  [
    'yes',
    act(
      'y(?:es|ep|eah|up|a)|sure(?: thing)?|of course|absolutely|definitely|go ahead|do it|correct|affirmative|indeed|certainly|exactly|i agree|sounds good',
      "(?:that(?:'s| is)? )?(?:right|correct|true)|that would be (?:correct|right|great)|confirm(?:ed)?|proceed|please do|yes .{0,40}(?:correct|right|answer|please|true)|.{0,25}\\b(?:is|be) (?:a )?yes",
    ),
  ],
  [
    'no',
    act(
      'no+|maybe later|later maybe|not right now|some other time|nope|nah|negative|not (?:really|now|today|yet)|never(?: mind)?|no (?:thanks|thank you|way|need).{0,25}',
      "(?:that(?:'s| is| was|) )?(?:not )?(?:wrong|incorrect|false|not (?:right|true|correct|it|what i (?:want|mean|meant|asked|said).*))",
      "absolutely not|definitely not|of course not|don'?t|.{0,25}\\b(?:is|be) (?:a )?no|no .{0,40}(?:wrong|incorrect|false|true|right|correct)|you(?:'re| are) (?:wrong|incorrect|not correct)|i disagree",
    ),
  ],
  [
    'maybe',
    act(
      "maybe|perhaps|possibly|i(?:'m| am) not sure|not sure|unsure|i (?:don'?t|do not) (?:know|care|mind)|idk|could be|it depends|whatever",
      "either(?: one| way)?(?: is fine| works| might be)?|doesn'?t matter.*|does not matter.*|(?:it(?:'s| is) )?(?:definitely )?a maybe.*",
      'any(?:thing| of them| one)?(?: is fine| works| will do)?|surprise me|you (?:choose|pick|decide)|up to you',
    ),
  ],
  [
    'stop',
    act(
      'stop|cancel|quit|abort|halt|enough|shut (?:up|down)|be quiet|forget (?:it|that|about it|what i .*)|never ?mind',
      "(?:please |can you |could you |would you |will you |i (?:would|'d) like you (?:to )?|i want you to )*(?:just )?(?:stop|cancel|quit|abort|end|halt|shut)(?: (?:it|this|that|talking|everything|the|current|last|process|input|down|up|off|please|now|previous|command|action|request))*",
    ),
  ],
  [
    'repeat',
    act(
      '(?:please |can you |could you |would you |will you )*(?:check|confirm|verify)(?: (?:and|check|confirm|it|this|that|please|last|thing|said|the|my|question|details|answer|again))+',
      "(?:please |can you |could you |would you |will you |may you |i (?:would|'d) like you to |sorry )*(?:repeat|say|rephrase|reword|restate)(?: (?:it|that|this|me|again|please|once more|one more time|yourself|your answers?|what you(?:'ve| have)?(?: just)? said|on))*",
      "pardon(?: me)?|what\\??|huh|come again|say what|what did you (?:just )?say|i (?:didn'?t|did not|don'?t|do not|can ?not|can'?t|couldn'?t) (?:hear|catch|get|follow)(?: (?:you|that|it|this|what you(?:'ve| have)?(?: just)? said|what you mean))*",
    ),
  ],
];

export const readAct = (say: string): Talk | undefined => ACTS.find(([, pattern]) => pattern.test(say))?.[0];

/** Questions about the program itself and not about anything in the notes. */
export const ABOUT_US = new RegExp(
  [
    String.raw`\b(?:who|what company|which company|what person|whom) (?:\w+ )?(?:made|created|built|programmed|designed|developed|owns|trained|invented) (?:you|this (?:ai|bot|app))`,
    String.raw`\bwho(?:'s| is) your (?:maker|creator|boss|developer|author)`,
    String.raw`\bare you (?:an? )?(?:\w+ )?(?:bot|robot|human|person|ai|real|computer|machine|alive|chatgpt|gpt|smart|married|sentient|single|there|busy|sure|kidding|serious|happy|hungry|free)`,
    String.raw`\b(?:you(?:'re| are)?|your) (?:an? |a )?(?:\w+ )?(?:bot|robot|human|ai|real person)\b|\bhuman or\b|\bwh(?:o|at) are you\b`,
    String.raw`\bwhat(?:'s| is) your (?:name|age|favou?rite|job|purpose|designation|opinion)|\bhow old are you|\bwhere (?:are you|do you live)`,
    String.raw`\bwhat (?:can|could|do) (?:you|i) (?:do|help|know|ask|offer)|\b(?:things|questions|topics|subjects|tasks)\b[^?]{0,30}\byou (?:can|could|are able|know|help|like|answer)`,
    String.raw`\bwhat (?:are you able|are your (?:skills|abilities|capabilities))|\bhow (?:do|can|could) you (?:help|work|assist)|\bcan you help me\??$|^(?:i need )?help(?: me)?(?: please)?[.!?]*$`,
    String.raw`\bdo you (?:like|love|have|feel|think|know|speak|want|dream|sleep|eat|believe|remember|understand)\b|\bwhat do you (?:think|like|want|call|know me)`,
    String.raw`\babout yourself\b|\b(?:my|call me|calling me) name\b|\bwhat(?:'s| is| do you think) (?:is )?my name|\bwho am i\b|\bi(?:'m| am) called\b|\brefer to me\b|\baddress (?:me|my name)\b`,
  ].join('|'),
  'i',
);
