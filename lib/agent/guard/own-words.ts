import type { ModelMessage } from 'ai';
import type { ChatToolName as ToolName } from '../chat-tools.ts';

/** What students call what a tool makes, in the languages that notes come in. */
const MAKES: Partial<Record<ToolName, RegExp>> = {
  addFlashcards:
    /card|flash|deck|stapel|mazo|anki|karte|kartei|carte|fiche|tarjeta|ficha|cart(?:ão|ões)|scheda|kaart|fiszk|карточ|卡|カード|카드|بطاق|memori[sz]|drill|learn|lern|réviser|apprendre|aprender|vocab|vokabel/iu,
  generateQuiz:
    /quiz|mcq|multiple choice|test|question|\bqs\b|(?:see|check|find out) (?:if|whether|how) |quick check|\b(?:hard|tricky|easy|difficult|quick|fast) ones\b|(?:some|few|\d) problems|exerc[ií][sc]|ejercic|assess|evaluat|aufgabe|exam|drill|practi|ask me|check (?:me|my)|frage|frag mich|abfrag|prüf|übe|übung|klausur|interro|questionnaire|entraîn|teste|preg[uú]nt|prueba|cuestion|practic|pergunt|prova|domand|toets|vragen|pytan|вопрос|тест|题|測|测|クイズ|問題|문제|اختبار|أسئلة|प्रश्न/iu,
  createStudyPlan:
    /plan|schedul|split|\bfit\b|repaso|révision|(?:\d ?|\b(?:an|one|half an|eine?|une|una) )(?:min|h(?:ou)?rs?|h\b|hour|std|stunde|heure|hora)|week|timetable|organi[sz]e|organízame|hora y media|calendar|prepare|zeitplan|woche|vorbereit|semaine|calendrier|organise|prépar|semana|calendario|horario|prepar|settiman|rooster|план|недел|计划|計画|安排|계획|خطة|योजना/iu,
  // What is looked for leaves this server: notes could have it carry something out.
  webSearch:
    /\bweb\b|internet|online|google|bing|search|look (?:it |this |that )?up|such|netz|nachschlag|cherch|en ligne|busc|en línea|cerca|pesquis|zoek|szuka|сети|интернет|поиск|найди|上网|网上|搜|ネット|検索|검색|ابحث/iu,
};

/** A yes to what the last answer offered. */
const ASSENT =
  /^\W*(?:y|yes|yep|yeah|sure|ok(?:ay)?|please|do (?:it|that|so)|go (?:ahead|on)|ja|gern\w*|bitte|mach (?:das|es)|oui|d'accord|vas-y|volontiers|sí|si|claro|vale|hazlo|adelante|sim|да|давай|好|是|はい|네)(?!\p{L})[^\n]{0,40}$/iu;

const textOf = ({ content }: ModelMessage): string =>
  typeof content === 'string'
    ? content
    : content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');

/**
 * Whether a call that changes something asks first although its tool does not. Once the model has read what somebody else
 * may have written, it makes by itself only what the student's own words speak of: `asked`, which was `sent` with lines of
 * ours behind it.
 */
export function asksAnyway(
  name: ToolName,
  messages: readonly ModelMessage[],
  asked: string,
  sent = asked,
): boolean {
  const words = MAKES[name];
  const at = messages.findLastIndex(({ role }) => role === 'user');
  const last = messages[at];
  // Results of tools, or files that came with the message.
  const isForeign = messages.some(({ role }) => role === 'tool') || (last && textOf(last) !== sent);
  if (!words || !isForeign) return false;
  const offered = messages.slice(0, at).findLast(({ role }) => role === 'assistant');
  const before = messages.slice(0, at).findLast(({ role }) => role === 'user');
  const own = [asked, before ? textOf(before) : '', ASSENT.test(asked) && offered ? textOf(offered) : ''];
  return !own.some((text) => words.test(text));
}
