import { clamp, LEVEL, NUMBER, readCount, readDifficulty } from '../../slots/minutes.ts';
import { leftover } from '../leftover.ts';
import { findTopic, QUIZ_TOPIC } from '../topic.ts';
import { ask, type Call, type Clause, type Filled, type ToolRules } from '../types.ts';
import { DAY_NAME, frame, MAKE, PRONOUN, QUIZ, unless, WHOM } from '../vocabulary.ts';
import { WEAK_SUBJECT } from './build-learning-profile.ts';

const MOST_QUESTIONS = 50;
const USUAL_QUESTIONS = 10;
const COUNTED = String.raw`questions?|items?|mcqs?|problems?|ones|nos|things|exercises?|tasks|q\b|qs\b|q's|quiz(?:zes)?|multiple[- ]choice`;
const ASKED = '(?:questions?|problems?|mcqs?|exercises?|items|tasks)';
/** A date behind "test on" makes it somebody else's test. */
const DATE = String.raw`(?:the )?(?:\d|${DAY_NAME}\b|jan|feb|march|april|may \d|june|july|aug|sept|oct|nov|dec|tomorrow|today|next|this (?:week|month))`;
const TEST = String.raw`(?:tests?|exam(?:ination)?s?|assessments?|papers?)`;
const SMALL = String.raw`(?:short|mini|practi[cs]e|mock|little|quick|difficult|hard|easy|small|sample|trial|timed|written|tough|tiny|fast|brief|fake|pretend|full|proper|real|whole|serious|simulated|multiple[- ]choice|mixed|another|new|true[ /-](?:or[ -])?false|(?:\d+|${NUMBER})[- ]?(?:questions?|minutes?|mins?|items?))`;
const KNOW =
  '(?:know|remember|understand|understood|learned|learnt|retained?|memori[sz]ed?|get|got|grasp(?:ed)?|recall|can do)';

export const generateQuiz: ToolRules = {
  tool: 'generateQuiz',
  frames: [
    frame(
      3,
      String.raw`\b(?:quiz|drill|grill|examine|interrogate|question|challenge|test|assess|check|evaluate) (?:me|us|myself|my (?:\w+ )?(?:knowledge|understanding|memory|skills|grasp|recall|learning))\b(?! out\b)`,
      String.raw`\b(?:be|get|being|getting) (?:quizzed|tested|examined|questioned|drilled|grilled)\b`,
      String.raw`^(?:please )?quiz(?: time| please| again| mode| session| me| us)*[!.? ]*$|\bto the test\b|\bquiz (?:time|session)\b|\bpop quiz\b`,
      String.raw`\bhelp me practi[cs]e\b|\bpractice test\b|\btest myself\b|\bpractice mode\b|^(?:a )?practi[cs]e (?:exam|test|paper)\W*$`,
    ),
    frame(
      3,
      String.raw`\b(?:ask|throw|shoot|fire|hit|bombard|bring|toss)\b(?: \w+)?? (?:me|us|away|some|a few|\d+|with)\b[^.?!\n]{0,50}\b(?:${ASKED}|stuff|things|something|anything|ones)\b`,
      String.raw`\bask (?:me|us) (?:about|on|anything|something|random|everything)\b|\b(?:throw|fire|shoot)\b[^.?!\n]{0,30}\bat me\b`,
      String.raw`\bgive me (?:with )?(?:at )?(?:${NUMBER} )?(?:(?:${LEVEL}|more|some|random|quick|short|good|practice|review|exam|test|multiple[- ]choice)[ ,]*(?:and )?)*(?:${ASKED}|ones)\b`,
    ),
    unless(
      frame(
        2.7,
        String.raw`\b${MAKE}\b[^.?!\n]{0,60}?\b${QUIZ}\b`,
        String.raw`\b(?:make|create|generate|give|prepare|write|set|want|need|like|get|build|produce|do|take|start|try|possible|have|sit|run|simulate|let's|prep)\b[^.?!\n]{0,40}?\b(?:an? )?${SMALL}(?:,? ${SMALL})* ${TEST}\b`,
        String.raw`\b(?:make|create|generate|give|prepare|write|set|build|produce|do|like|want) (?:\w+ ){0,3}?(?:an?|one|some|the) (?:\w+ )?${TEST} (?:on|about|of(?! (?:me|my|where|how))|covering|over|from|for|with|concerning|regarding|out of)\b(?! ${DATE})`,
        String.raw`^(?:please )?(?:give me )?(?:\d+|${NUMBER}|some|more) (?:more |really |very )?(?:${LEVEL}) ones (?:on|about)\b|\b(?:quick|short|little) check (?:on|of|about)\b`,
        String.raw`\b(?:\d+|${NUMBER})[ -](?:[\p{L}-]+[ ,]+){0,3}?${ASKED}\b[^.?!\n]{0,15}?\b(?:on|about|from|for|of|covering|concerning|regarding|in|out of|over)\b`,
        String.raw`^(?:ok(?:ay)?,? |so,? |now,? |hey,? )?(?:please |a |an |another |one more |some |let'?s |let's do (?:a |some )?)?(?:(?:${NUMBER}|${LEVEL}|quick|short|mini|pop|new|longer?|little|final|small)[ -](?:question )?)*${QUIZ}\b(?!\s+(?:is|was|went|were|answers?|results?|scores?|tomorrow|grades?|yesterday))`,
      ),
      String.raw`\bi(?:'ve| have)? (?:got |had |have )?(?:some |a |one |another |my |a few |two |three |\d+ |a couple of )?(?:quick |short )?questions?\b|\bask you\b|\banswer (?:my|this|these|the)\b|\bmy questions?\b|\bno questions\b|\bin question\b|${WHOM}`,
    ),
    frame(
      2.9,
      String.raw`\bhow (?:well|much) (?:do|can) i (?:really |actually |still )?(?:know|remember|understand|recall)\b(?: of| about)? (?!things|stuff|everything|my|at\b|so far)\p{L}`,
    ),
    frame(
      2.6,
      String.raw`\b(?:check|see|test|find out|know|tell me|verify|make sure|wonder|figure out|judge|prove)\b[^.?!\n]{0,15}? (?:if|whether|that|how much|how well|what|how good) i (?:(?:really|actually|still|even|already|truly|have|can|do|'ve|fully)[ ]?)*${KNOW}\b(?! (?:if|whether|how to ask))`,
      String.raw`\bcheck (?:me|with (?:a few |some )?questions)\b|\bwith (?:a few|some|\d+|${NUMBER}) (?:\w+ )?questions\b`,
    ),
    frame(
      2.2,
      String.raw`\b[\p{L}-]+ quiz(?: please)?[.!?]?$`,
      String.raw`\bpractice (?:my )?(?:questions? )?(?:on|for|about)\b|\bready (?:for|to take) (?:a|the) quiz\b|\b(?:do|some|need) (?:\w+ )?exercises? (?:on|about|for|in)\b`,
    ),
    unless(
      frame(
        2.2,
        String.raw`\b(?:want|like|love|let me|let's|need|help me) (?:to )?(?:\w+ )?practi[cs]e (?!with\b)[\p{L}]`,
      ),
      String.raw`\bwith (?:some|any)(?:one|body)\b|\bwith (?:me|others|people)\b|\bpartner`,
    ),
  ],
  hints: [
    unless(
      frame(
        1.8,
        String.raw`\b(?:quiz(?:zes)?|mcqs?|exercises?|drills?|mock|trivia|test questions?|practi[cs]e (?:questions?|exam)|exam simulation)\b`,
        String.raw`\b(?:generate|simulate|start|run|make|create|do|take|prepare)\b[^.?!\n]{0,30}\b(?:questions?|exam|test)\b`,
        String.raw`^(?:an? )?(?:test|exam|questions?|assessment) (?:on|about|for|from|covering)\b(?! ${DATE})`,
        String.raw`\b(?:see|find out|check) how (?:good|well|much)\b`,
        String.raw`\bask me\b|\b\d+ (?:questions|items|mcqs)\b|\b(?:questions|problems|tasks|multiple[- ]choice|true[ /-](?:or[ -])?false)\b|^i (?:want|need|would like|'d like) to practi[cs]e\W*$|^i'd like to practi[cs]e\W*$`,
        String.raw`\b(?:tests?|exam(?:ination)?s?|assessments?)\b(?: of \d+ \w+)? (?:on|about|in|covering|over|regarding)\b(?! ${DATE})`,
      ),
      String.raw`^(?:what|who|when|where|why|which|how)\b(?! about)|\bask you\b|\bmy (?:\w+ )?(?:exam|test|quiz) (?:is|was|on)\b|^(?:my |our |the |a )?(?:\w+ )?${TEST} (?:on|about|in) [^,.]+ (?:this|next|on) (?:${DAY_NAME})\b(?:[,.]|$)|${WHOM}`,
    ),
  ],
  fill(clause: Clause): Filled {
    const { say, whole, paste, inherited, state } = clause;
    const asked = readAsked(say) ?? readAsked(whole);
    const assumed: string[] = [];
    if (asked === undefined) assumed.push(`${USUAL_QUESTIONS} questions, because you named no number.`);
    if (asked !== undefined && asked > MOST_QUESTIONS)
      assumed.push(`At most ${MOST_QUESTIONS} questions at once.`);
    const n = clamp(asked ?? USUAL_QUESTIONS, 1, MOST_QUESTIONS);
    if (WEAK_SUBJECT.test(say)) {
      const difficulty = readDifficulty(say.replace(WEAK_SUBJECT, ' ')) ?? 'mixed';
      const quiz: Call = { tool: 'generateQuiz', args: { difficulty, n }, needs: 'profile' };
      return { calls: [{ tool: 'buildLearningProfile', args: { forceRebuild: false } }, quiz], assumed };
    }
    const named = findTopic(say, QUIZ_TOPIC) || (whole === say ? '' : findTopic(whole, QUIZ_TOPIC));
    const earlier = PRONOUN.test(say) || inherited ? inherited || state.subject : '';
    const topic =
      named ||
      earlier ||
      paste.slice(0, 160) ||
      again(say, state.subject) ||
      everything(say) ||
      leftover(whole) ||
      // "quiz me" in the middle of a talk means what the talk is about.
      state.subject;
    const levelled = topic ? whole.replace(topic, ' ') : whole;
    const args = { topic, difficulty: readDifficulty(levelled) ?? 'mixed', n };
    const call: Call = { tool: 'generateQuiz', args };
    return topic
      ? { calls: [call], assumed }
      : ask(call, 'topic', 'On which topic or document should the questions be?');
  },
};

function readAsked(say: string): number | undefined {
  const afterComma =
    /,\s*(?:like |about |maybe |just )?(\d{1,2})\b(?!\s*(?:min|hour|day|week|am|pm|st|nd|rd|th|\/|[a-z]+ber\b|dec|jan|nov))/i.exec(
      say,
    )?.[1];
  return readCount(say, COUNTED) ?? (afterComma ? Number(afterComma) : undefined);
}

const again = (say: string, subject: string): string =>
  /\banother|\bagain|\bmore\b/i.test(say) ? subject : '';

const everything = (say: string): string =>
  /\b(?:all|everything|any(?:thing)?|whole|my (?:\w+ )?(?:notes|documents|files|slides|material)|(?:from|on|of) (?:my|the) (?:\w+ )?(?:notes|files|documents|material)|random)\b/i.test(
    say,
  )
    ? 'all my notes'
    : '';

/** "harder", "5 more", "another one" after a quiz: the same quiz with other values. */
export function followUpQuiz(say: string, last: Call | undefined): Call | undefined {
  if (last?.tool !== 'generateQuiz' || say.length >= 60 || !MORE.test(say)) return undefined;
  const difficulty = readDifficulty(say);
  const count = readCount(say, 'more|questions?|ones|harder|easier');
  return {
    tool: last.tool,
    args: {
      ...last.args,
      ...(difficulty ? { difficulty } : {}),
      ...(count !== undefined ? { n: clamp(count, 1, MOST_QUESTIONS) } : {}),
    },
  };
}

const MORE =
  /^(?:\W*(?:ok|now|and|please|can you|could you|give me|let'?s|i want|try|make|do|with)\W+)*(?:it |them |that |this |the quiz )*(?:another|again|more|one more|harder|easier|(?:a bit |a little |much |way )?(?:harder|easier|tougher)|\d+ (?:more|harder|easier)|same|longer|shorter)\b(?! (?:about|on) \p{L})/iu;
