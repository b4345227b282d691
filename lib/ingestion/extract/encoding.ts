import { analyse } from 'chardet';
import { encodingName, type TextEncoding } from '../../domain/sets.ts';

/**
 * Which encoding the bytes of a text are in. Any bytes are letters in some encoding, so a guess is weighed by what it makes
 * of them: letters of one script that the language uses often, and no signs or capitals within words.
 */
export type Decoded = {
  text: string;
  /** As a person calls it; null for Unicode, which says what it is. */
  encoding: string | null;
  /** Another encoding that makes about as much sense of these bytes. */
  rivalEncoding?: string;
};

type Candidate = { label: TextEncoding; script: RegExp; common: string };

const CYRILLIC = 'оеаинтсрвлкмдпуяіїє';
const COMMON_HAN =
  '的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切';
const TRADITIONAL =
  '的一是不了人我在有他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市眼體別處總才場師書比住員';
const WESTERN = 'éèêëàâäáãåçñöóôõøüùûúíîïßæœœÄÖÜÉÀÇ°«»“”‘’„–—…€£§';
/** Letters where no Western language has them, and Polish or Hungarian ones of the same bytes stand. */
const UNWESTERN = /[êæõ](?!\p{L})/gu;
const CENTRAL = 'ąćęłńóśźżěščřžýáíéúůťďňőűöüäĽľŁŻŚČŠŽŘşţăâî„”–«»§';
const SIGN_IN_WORD = /(?<=\p{L})[«»„“”¿¡§°](?=\p{L})/gu;
const HAN = /\p{Script=Han}|[\u3000-\u303f\uff00-\uffef]/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
const LATIN = /\p{Script=Latin}|[«»“”‘’„–—…€£§°·•¿¡©®½¼¾±²³×]/u;

const cyrillic = (label: TextEncoding): Candidate => ({
  label,
  script: /\p{Script=Cyrillic}|[«»„“”–—…№]/u,
  common: CYRILLIC,
});
const CANDIDATES: readonly Candidate[] = [
  { label: 'windows-1252', script: LATIN, common: WESTERN },
  { label: 'windows-1250', script: LATIN, common: CENTRAL },
  { label: 'iso-8859-2', script: LATIN, common: CENTRAL },
  cyrillic('windows-1251'),
  cyrillic('koi8-u'),
  cyrillic('ibm866'),
  cyrillic('iso-8859-5'),
  {
    label: 'windows-1253',
    script: /\p{Script=Greek}|[«»–—…’]/u,
    common: 'αοιετσνηυρπκμλςάίόέή',
  },
  {
    label: 'windows-1255',
    script: /\p{Script=Hebrew}|[“”–—…]/u,
    common: 'יוהלאמרתבשנםעקדחפכ',
  },
  {
    label: 'windows-1256',
    script: /\p{Script=Arabic}|[،؛؟«»…]/u,
    common: 'اليمنرتبةعدسفهكوقح',
  },
  {
    label: 'shift_jis',
    script: KANA,
    common: 'のにはをたがでてとしれさいるあなっもすんかこくり、。',
  },
  {
    label: 'euc-jp',
    script: KANA,
    common: 'のにはをたがでてとしれさいるあなっもすんかこくり、。',
  },
  { label: 'gb18030', script: HAN, common: `${COMMON_HAN}，。、` },
  { label: 'big5', script: HAN, common: `${TRADITIONAL}，。、` },
  {
    label: 'euc-kr',
    script: /\p{Script=Hangul}|[\u3000-\u303f]/u,
    common: '이다는을의에가고하를지기은로한사도자인서',
  },
];

/** Enough to tell by, and little enough to weigh fifteen times. */
const SAMPLE_BYTES = 24_000;
/** A guess this much behind the best is no rival. */
const CLEAR_LEAD = 0.08;
const CHARDET_WEIGHT = 0.12;
const WESTERN_PRIOR = 0.1;

const decodedAs = (label: string, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
};

/** From about 1, for what a language writes, down below 0, for signs and capitals in the middle of words. */
function plausibility(text: string, { script, common }: Candidate): number {
  const known = new Set(common);
  let [sum, count, run, before] = [0, 0, 0, ' '];
  for (const character of text) {
    if (character > '\u007f') {
      count += 1;
      run = /\p{L}/u.test(character) ? run + 1 : 0;
      const isMidCapital = /\p{Lu}/u.test(character) && /\p{Ll}/u.test(before);
      // Words of nothing but accented letters are words of another script.
      if (/[\u0080-\u009f\ue000-\uf8ff]/.test(character)) sum -= 3;
      else if (isMidCapital || (script === LATIN && run > 2)) sum -= 1;
      else if (known.has(character.toLowerCase()) || known.has(character)) sum += 1;
      else sum += script.test(character) ? 0.35 : -1;
      // Two scripts within one word.
      if (script !== LATIN && run > 0 && /[a-z]/i.test(before)) sum -= 0.5;
    } else {
      if (run > 0 && script !== LATIN && /[a-z]/i.test(character)) sum -= 0.5;
      if (run > 0 && /[A-Z]/.test(character) && /\p{Ll}/u.test(before)) sum -= 1;
      run = 0;
    }
    before = character;
  }
  if (common === WESTERN) sum -= 1.5 * (text.match(UNWESTERN)?.length ?? 0);
  sum -= 1.5 * (text.match(SIGN_IN_WORD)?.length ?? 0);
  return count === 0 ? 0 : sum / count;
}

/** A piece that ends with a line, so that no character is cut. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= SAMPLE_BYTES) return bytes;
  const end = bytes.lastIndexOf(0x0a, SAMPLE_BYTES);
  return bytes.subarray(0, end > SAMPLE_BYTES / 4 ? end : SAMPLE_BYTES);
}

function ranked(bytes: Uint8Array): { candidate: Candidate; score: number }[] {
  const sample = sampleOf(bytes);
  const said = new Map(analyse(sample).map(({ name, confidence }) => [name.toLowerCase(), confidence / 100]));
  const aliases: Readonly<Record<string, string>> = { 'koi8-u': 'koi8-r', 'windows-1255': 'iso-8859-8' };
  return CANDIDATES.flatMap((candidate) => {
    const text =
      decodedAs(candidate.label, sample) ??
      (sample === bytes ? undefined : decodedLoosely(candidate, sample));
    if (text === undefined) return [];
    const confidence = said.get(candidate.label) ?? said.get(aliases[candidate.label] ?? '') ?? 0;
    // Where letters alone do not decide, the encoding that most files are in.
    const prior = candidate === CANDIDATES[0] ? WESTERN_PRIOR : 0;
    return [{ candidate, score: plausibility(text, candidate) + CHARDET_WEIGHT * confidence + prior }];
  }).sort((left, right) => right.score - left.score);
}

/** A sample that was cut within a character. */
function decodedLoosely({ label }: Candidate, sample: Uint8Array): string | undefined {
  const text = new TextDecoder(label).decode(sample);
  return text.slice(0, -2).includes('\ufffd') ? undefined : text.replace(/\ufffd+$/, '');
}

/** UTF-16 has a zero, or the same high byte, at every other place where a text has its spaces and line ends. */
export function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return null;
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  // A stray NUL in a text, or a program, has them at both.
  if (even + odd < Math.max(2, sample.length / 200)) return null;
  const label = odd > even * 8 ? 'utf-16le' : even > odd * 8 ? 'utf-16be' : null;
  const text = label && decodedAs(label, sample);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no text holds them.
  return text && !/[\u0000-\u0008\ue000-\uf8ff\ufffe]/.test(text) ? label : null;
}

const MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** The encoding a page or a part names in its first lines. */
const DECLARED =
  /<\?xml[^>]{0,200}encoding\s*=\s*["']([\w-]{2,20})|<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})/i;

function declared(bytes: Uint8Array): string | undefined {
  const match = DECLARED.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 2_048)));
  const label = (match?.[1] ?? match?.[2])?.toLowerCase();
  return label === undefined || /^utf-?16/.test(label) ? undefined : label;
}

/** The text of a file as it was chosen to be read, or else as it says of itself or can be told. */
export function decodeText(bytes: Uint8Array, chosen?: TextEncoding): Decoded {
  const unicode = (text: string): Decoded => ({ text, encoding: null });
  const readAs = (label: TextEncoding): Decoded => ({
    text: new TextDecoder(label).decode(bytes),
    encoding: encodingName(label),
  });
  if (chosen) return readAs(chosen);
  const mark = MARKS.find(([start]) => start.every((byte, index) => bytes[index] === byte))?.[1];
  if (mark) return unicode(new TextDecoder(mark).decode(bytes));
  const wide = unmarkedUtf16(bytes);
  if (wide) return unicode(new TextDecoder(wide).decode(bytes));
  const named = declared(bytes);
  const utf8 = decodedAs('utf-8', bytes);
  // Escapes of ISO-2022-JP are plain ASCII, and nothing else writes them.
  if (utf8?.includes('\u001b$')) return readAs('iso-2022-jp');
  if (utf8 !== undefined) return unicode(utf8);
  const byName = named === undefined ? undefined : namedDecoding(named, bytes);
  if (byName !== undefined) return unicode(byName);
  const [best, second] = ranked(bytes);
  if (!best) return readAs('windows-1252');
  const isUnsure = second !== undefined && best.score - second.score < CLEAR_LEAD && best.score < 0.9;
  return {
    ...readAs(best.candidate.label),
    ...(isUnsure && { rivalEncoding: encodingName(second.candidate.label) }),
  };
}

/** What a page says of itself is believed where it can be true. */
function namedDecoding(label: string, bytes: Uint8Array): string | undefined {
  try {
    return /^utf-?8$/.test(label) ? undefined : decodedAs(label, bytes);
  } catch (error) {
    // A name that nobody knows.
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}
