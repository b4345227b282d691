/**
 * A word list, and honest about it: it sees plain words, not meaning. Scores say how plain the words are.
 * Study text names terrible things, so a lone word ("murder" in a history book) stays below the flag.
 */
const RULES: [category: string, score: number, pattern: RegExp][] = [
  [
    'self-harm/intent',
    0.95,
    /\b(?:i (?:want|wish|am going|'?m going|plan|intend|need) to (?:die|kill myself|end my life|hurt myself|cut myself|be dead)|i(?:'m| am) (?:suicidal|going to kill myself)|kill myself (?:tonight|today|now))\b/i,
  ],
  [
    'self-harm',
    0.9,
    /\b(?:kill(?:ing)? myself|end(?:ing)? my (?:own )?life|cut(?:ting)? myself|hurt(?:ing)? myself)\b/i,
  ],
  [
    'self-harm/instructions',
    0.9,
    /\b(?:how (?:to|do i|can i|should i)|(?:best|easiest|painless) ways? to) (?:commit suicide|kill (?:myself|yourself)|self[- ]harm|overdose)\b/i,
  ],
  [
    'harassment/threatening',
    0.9,
    /\bi(?:'ll| will|'m going to| am going to| want to) (?:kill|hurt|beat|stab|shoot|murder|rape) (?:you|him|her|them)\b/i,
  ],
  [
    'violence',
    0.85,
    /\bi(?:'ll| will|'m going to| am going to| want to) (?:kill|stab|shoot|murder|bomb|blow up)\b/i,
  ],
  [
    'harassment',
    0.8,
    /\byou(?:'re| are)? (?:an? |such an? )?(?:(?:fucking|stupid|worthless|pathetic|disgusting) )+(?:idiot|moron|bitch|whore|cunt|loser|piece of shit|animal|pig)\b|\bkill yourself\b|\bgo die\b/i,
  ],
  [
    'hate',
    0.85,
    /\b(?:all|those|these|the) (?:jews|muslims|christians|blacks|whites|asians|gays|lesbians|immigrants|women|men|trans people|gypsies) (?:should|must|deserve to|need to) (?:die|burn|disappear|be (?:killed|shot|hanged|gassed|exterminated|deported))\b/i,
  ],
  [
    'hate/threatening',
    0.85,
    /\b(?:kill|exterminate|gas|shoot|hang) (?:all |the )+(?:jews|muslims|christians|blacks|whites|asians|gays|lesbians|immigrants|women|trans people|gypsies)\b/i,
  ],
  [
    'illicit/violent',
    0.85,
    /\b(?:how (?:to|do i|can i)|instructions (?:for|to)|help me) (?:build|make|buy|assemble) (?:a |an )?(?:pipe |nail |dirty )?(?:bomb|explosive|grenade|nerve agent|ghost gun)\b/i,
  ],
  [
    'illicit',
    0.8,
    /\b(?:how (?:to|do i|can i)|help me) (?:cook|make|buy|smuggle) (?:meth|methamphetamine|heroin|crack|fentanyl)\b|\bhow (?:to|do i|can i) (?:steal a car|launder money|forge a passport)\b/i,
  ],
  [
    'sexual',
    0.8,
    /\b(?:porn(?:o|ographic)? (?:story|video|scene)|erotic (?:story|scene|roleplay)|explicit sex(?:ual)? (?:scene|story))\b/i,
  ],
  [
    'sexual/minors',
    0.97,
    /\b(?:sexual|erotic|naked|nude|porn\w*)\b[^.?!]{0,40}\b(?:child|children|minors?|underage|kids?|(?:1[0-7]|\d)[- ]year[- ]old)\b|\bchild porn\w*\b/i,
  ],
  [
    'violence/graphic',
    0.7,
    /\b(?:gore|dismember(?:ed|ing)? (?:him|her|them|bod(?:y|ies))|torture (?:him|her|them) slowly)\b/i,
  ],
];

/** Nothing found is not a proof of anything, so no score is zero. */
const FLOOR = 0.01;

export function moderateText(text: string): Record<string, number> {
  const plain = text.normalize('NFKC').replace(/[’ʼ]/g, "'");
  return Object.fromEntries(
    RULES.map(([category, score, pattern]) => [category, pattern.test(plain) ? score : FLOOR]),
  );
}
