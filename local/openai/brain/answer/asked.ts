import { isEnglishQuery, terms } from '../text/terms.ts';

/** One thing a question asks about: a word with its prefix form, or one bigram. Any form found counts as found. */
export type Unit = { forms: string[]; isName: boolean };

export type Asked = { question: string; units: Unit[]; isEnglish: boolean };

/** Words that shape a question but say nothing about its subject. */
const SHAPE = new Set(
  terms(
    'name named names kind kinds type types call called known know main many much mean means meaning meant define definition describe ' +
      'explain tell give list state discuss outline compare say says happen happens example examples use used uses using because work works since ' +
      'while until only just too own same let lot lots different difference role roles differ differs distinguish versus vs allow allows need needs take takes took get gets got make makes made become became',
  ),
);

const SHAPE_ELSEWHERE = new Set(
  (
    'que qué quien quién quienes cual cuál cuales cuáles cuando cuándo donde dónde como cómo cuanto cuánto cuantos cuántos cuanta cuánta por para los las ' +
    'una uno del con sin son fue era está son hay cuántas ' +
    'quel quelle quels quelles qui quoi quand où comment combien pourquoi est-ce les des une dans sur par pour avec sont était ' +
    'was wer wen wem wann wo warum weshalb wie welche welcher welches welchen der die das den dem des ein eine einer eines und ist sind war waren wurde im von zu für mit ' +
    'cosa chi quale quali quando dove come quanto quanti quante perché perche gli della delle dei nel nella sono è ' +
    'qual quais quem onde quantos quantas porque são foi uma dos das em no na ' +
    'что кто когда где как почему зачем какой какая какое какие каком сколько чем это был была были для при ' +
    'wat waar wanneer hoe hoeveel welke waarom het een zijn ' +
    'ne nedir kim kimdir nasıl nerede neden niçin hangi kaç mi mı ve bir ' +
    'co kto kiedy gdzie jak dlaczego ile jest są ' +
    'ما من متى أين كيف لماذا كم هل هو هي في على ' +
    'क्या कौन कब कहाँ कहां कैसे क्यों कितने कितना है हैं में का की के ' +
    'gì ai khi nào đâu tại sao thế là của những các'
  ).split(' '),
);

/** Question phrases of scripts without spaces, taken out before the text is cut into bigrams. */
const SHAPE_UNSPACED =
  /(?:是|有|在|被)?(?:什么|什麼|谁|誰|哪里|哪裡|哪个|哪些|哪一|何时|何時|为什么|為什麼|怎么|怎樣|怎样|如何|多少|几个)|吗|呢|请问|とは(?:何)?|[はがをに]?(?:何(?:です|でし)|ですか|でしたか|ますか|ましたか|どこ|いつ|なぜ|どのように|どうやって|どの|だれ|いくつ|どれくらい)|무엇|누구|언제|어디|어떻게|얼마나|입니까|인가요|습니까|อะไร|ที่ไหน|เมื่อไหร่|เมื่อไร|เมื่อใด|ทำไม|อย่างไร|ใคร|กี่|เท่าไหร่|เท่าไร|เท่าใด|หรือไม่|ไหม|คือ/gu;

/** "The stages of mitosis" are rarely called stages where they are listed. */
const SHAPE_OF_LIST =
  /\b(?:stages|phases|steps|parts)(?= (?:of|in|to)\b)|\bin (?:(?:the )?(?:right |correct )?|what |which )order\b|\border(?= of (?:the )?(?:stages|phases|steps))/gi;

export function readQuestion(question: string): Asked {
  const isEnglish = isEnglishQuery(question);
  const subject = question.replace(SHAPE_UNSPACED, ' ').replace(SHAPE_OF_LIST, ' ');
  const names = namesIn(question);
  const units: Unit[] = [];
  const words = isEnglish
    ? subject
    : subject
        .split(/(?<=[^\p{L}\p{M}'’-])|(?=[^\p{L}\p{M}'’-])/u)
        .map((word) => (SHAPE_ELSEWHERE.has(word.toLowerCase()) ? ' ' : word))
        .join('');
  for (const term of terms(words, { prefixes: !isEnglish })) {
    const last = units.at(-1);
    if (term.startsWith('~')) last?.forms.push(term);
    else if (!units.some((unit) => unit.forms[0] === term))
      units.push({ forms: formsOf(term), isName: names.has(term) });
  }
  const telling = units.filter((unit) => !SHAPE.has(unit.forms[0] ?? ''));
  return { question, units: telling.length > 0 ? telling : units, isEnglish };
}

/** "covid19" is written "COVID-19" elsewhere, and then stands in the text as two words. */
function formsOf(term: string): string[] {
  const letters = /^([a-z]{3,})\d+$/.exec(term)?.[1];
  return letters ? [term, letters] : [term];
}

/** Words written with a capital or a digit inside the question name something particular. */
function namesIn(question: string): Set<string> {
  const words = question.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu) ?? [];
  return new Set(words.flatMap((word, i) => (i > 0 && /^\p{Lu}|\d/u.test(word) ? terms(word) : [])));
}
