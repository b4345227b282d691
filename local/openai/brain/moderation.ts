/**
 * A word list, and honest about it: it sees plain words, not meaning. Scores say how plain the words are.
 * Study text names terrible things, so a lone word ("murder" in a history book) stays below the flag.
 */
const RULES: { category: string; score: number; pattern: RegExp }[] = [
  {
    category: 'self-harm/intent',
    score: 0.95,
    pattern:
      /\b(?:i (?:want|wish|am going|'?m going|plan|intend|need) to (?:die|kill myself|end my life|hurt myself|cut myself|be dead)|i(?:'m| am) (?:suicidal|going to kill myself)|kill myself (?:tonight|today|now))\b/i,
  },
  {
    category: 'self-harm',
    score: 0.9,
    pattern:
      /\b(?:kill(?:ing)? myself|end(?:ing)? my (?:own )?life|cut(?:ting)? myself|hurt(?:ing)? myself)\b/i,
  },
  {
    category: 'self-harm/instructions',
    score: 0.9,
    pattern:
      /\b(?:how (?:to|do i|can i|should i)|(?:best|easiest|painless) ways? to) (?:commit suicide|kill (?:myself|yourself)|self[- ]harm|overdose)\b/i,
  },
  {
    category: 'harassment/threatening',
    score: 0.9,
    pattern:
      /\bi(?:'ll| will|'m going to| am going to| want to) (?:kill|hurt|beat|stab|shoot|murder|rape) (?:you|him|her|them)\b/i,
  },
  {
    category: 'violence',
    score: 0.85,
    pattern: /\bi(?:'ll| will|'m going to| am going to| want to) (?:kill|stab|shoot|murder|bomb|blow up)\b/i,
  },
  {
    category: 'harassment',
    score: 0.8,
    pattern:
      /\byou(?:'re| are)? (?:an? |such an? )?(?:(?:fucking|stupid|worthless|pathetic|disgusting) )+(?:idiot|moron|bitch|whore|cunt|loser|piece of shit|animal|pig)\b|\bkill yourself\b|\bgo die\b/i,
  },
  {
    category: 'hate',
    score: 0.85,
    pattern:
      /\b(?:all|those|these|the) (?:jews|muslims|christians|blacks|whites|asians|gays|lesbians|immigrants|women|men|trans people|gypsies) (?:should|must|deserve to|need to) (?:die|burn|disappear|be (?:killed|shot|hanged|gassed|exterminated|deported))\b/i,
  },
  {
    category: 'hate/threatening',
    score: 0.85,
    pattern:
      /\b(?:kill|exterminate|gas|shoot|hang) (?:all |the )+(?:jews|muslims|christians|blacks|whites|asians|gays|lesbians|immigrants|women|trans people|gypsies)\b/i,
  },
  {
    category: 'illicit/violent',
    score: 0.85,
    pattern:
      /\b(?:how (?:to|do i|can i)|instructions (?:for|to)|help me) (?:build|make|buy|assemble) (?:a |an )?(?:pipe |nail |dirty )?(?:bomb|explosive|grenade|nerve agent|ghost gun)\b/i,
  },
  {
    category: 'illicit',
    score: 0.8,
    pattern:
      /\b(?:how (?:to|do i|can i)|help me) (?:cook|make|buy|smuggle) (?:meth|methamphetamine|heroin|crack|fentanyl)\b|\bhow (?:to|do i|can i) (?:steal a car|launder money|forge a passport)\b/i,
  },
  {
    category: 'sexual',
    score: 0.8,
    pattern:
      /\b(?:porn(?:o|ographic)? (?:story|video|scene)|erotic (?:story|scene|roleplay)|explicit sex(?:ual)? (?:scene|story))\b/i,
  },
  {
    category: 'sexual/minors',
    score: 0.97,
    pattern:
      /\b(?:sexual|erotic|naked|nude|porn\w*)\b[^.?!]{0,40}\b(?:child|children|minors?|underage|kids?|(?:1[0-7]|\d)[- ]year[- ]old)\b|\bchild porn\w*\b/i,
  },
  {
    category: 'violence/graphic',
    score: 0.7,
    pattern:
      /\b(?:gore|dismember(?:ed|ing)? (?:him|her|them|bod(?:y|ies))|torture (?:him|her|them) slowly)\b/i,
  },
];

/** Nothing found is not a proof of anything, so no score is zero. */
const FLOOR = 0.01;

export function moderateText(text: string): Record<string, number> {
  const plain = text.normalize('NFKC').replace(/[’ʼ]/g, "'");
  return Object.fromEntries(
    RULES.map(({ category, score, pattern }) => [category, pattern.test(plain) ? score : FLOOR]),
  );
}
