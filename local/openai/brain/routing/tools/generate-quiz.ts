import { clamp, LEVEL, NUMBER, readCount, readDifficulty } from '../../slots/numbers.ts';
import { findTopic, QUIZ_TOPIC } from '../topic.ts';
import { ask, type Call, type Clause, type Filled, type ToolRules } from '../types.ts';
import { frame, MAKE, PRONOUN, QUIZ } from '../vocabulary.ts';

const MOST_QUESTIONS = 50;
const USUAL_QUESTIONS = 10;
const COUNTED = String.raw`questions?|items?|mcqs?|problems?|ones|q\b|qs\b|quiz(?:zes)?|multiple[- ]choice`;

export const generateQuiz: ToolRules = {
  tool: 'generateQuiz',
  frames: [
    frame(
      3,
      String.raw`\b(?:quiz|drill|grill|examine) (?:me|us|myself)\b`,
      String.raw`\btest (?:me|us|myself|my (?:knowledge|understanding|memory|skills|grasp))\b`,
      String.raw`\bquestion me\b|\bchallenge me\b|\bhelp me practi[cs]e\b|\bpractice test\b`,
    ),
    frame(
      3,
      String.raw`\b(?:ask|throw|shoot|give|hit) me (?:with )?(?:at )?(?:${NUMBER} )?(?:(?:${LEVEL}|more|some|random|quick|short|good|practice|review|exam|test|multiple[- ]choice)[ ,]*(?:and )?)*(?:questions?|problems?|mcqs?|ones)\b`,
    ),
    frame(
      2.5,
      String.raw`\b${MAKE}\b[^.?!\n]{0,60}?\b${QUIZ}\b`,
      String.raw`^(?:ok(?:ay)?,? |so,? |now,? |hey,? )?(?:please |a |an |another |one more |let'?s )?(?:(?:${NUMBER}|${LEVEL}|quick|short|mini|pop|new|longer?|little|final)[ -](?:question )?)*${QUIZ}\b(?!\s+(?:is|was|answers?|results?|scores?|tomorrow|grades?))`,
    ),
    frame(
      2.2,
      String.raw`\b[\p{L}-]+ quiz(?: please)?[.!?]?$`,
      String.raw`\bcheck (?:if|whether|that) i (?:really )?(?:know|understand|remember)\b`,
      String.raw`\bsee (?:if|whether|how much|how well) i (?:know|remember|understand)\b`,
      String.raw`\bpractice (?:my )?(?:questions? )?(?:on|for|about)\b|\bready (?:for|to take) (?:a|the) quiz\b`,
    ),
  ],
  fill(clause: Clause): Filled {
    const { say, paste, inherited, state } = clause;
    const named = findTopic(say, QUIZ_TOPIC);
    const earlier = PRONOUN.test(say) || inherited ? inherited || state.subject : '';
    const topic = named || earlier || paste.slice(0, 160) || again(say, state.subject) || everything(say);
    const afterComma = /,\s*(\d{1,2})\b(?!\s*(?:min|hour|day|week|am|pm|\/))/.exec(say)?.[1];
    const asked = readCount(say, COUNTED) ?? (afterComma ? Number(afterComma) : undefined);
    const assumed: string[] = [];
    if (asked === undefined) assumed.push(`${USUAL_QUESTIONS} questions, because you named no number.`);
    if (asked !== undefined && asked > MOST_QUESTIONS)
      assumed.push(`At most ${MOST_QUESTIONS} questions at once.`);
    const args = {
      topic,
      difficulty: readDifficulty(named ? say.replace(named, ' ') : say) ?? 'mixed',
      n: clamp(asked ?? USUAL_QUESTIONS, 1, MOST_QUESTIONS),
    };
    const call: Call = { tool: 'generateQuiz', args };
    return topic
      ? { calls: [call], assumed }
      : ask(call, 'topic', 'On which topic or document should the questions be?');
  },
};

const again = (say: string, subject: string): string =>
  /\banother|\bagain|\bmore\b/i.test(say) ? subject : '';

const everything = (say: string): string =>
  /\b(?:all|everything|any(?:thing)?|whole|my notes|from (?:my|the) (?:notes|files|documents))\b/i.test(say)
    ? 'all my notes'
    : '';

/** "harder", "5 more", "another one" after a quiz: the same quiz with other values. */
export function followUpQuiz(say: string, last: Call | undefined): Call | undefined {
  if (last?.tool !== 'generateQuiz' || say.length >= 60 || !MORE.test(say)) return undefined;
  const difficulty = readDifficulty(say);
  const count = readCount(say, 'more|questions?|ones|harder|easier');
  return {
    ...last,
    args: {
      ...last.args,
      ...(difficulty ? { difficulty } : {}),
      ...(count !== undefined ? { n: clamp(count, 1, MOST_QUESTIONS) } : {}),
    },
  };
}

const MORE =
  /^(?:\W*(?:ok|now|and|please|can you|could you|give me|let'?s|i want|try|make|do)\W+)*(?:it |them |that |this |the quiz )*(?:another|again|more|one more|harder|easier|(?:a bit |a little |much )?(?:harder|easier)|\d+ (?:more|harder|easier)|same|longer|shorter)\b/i;
