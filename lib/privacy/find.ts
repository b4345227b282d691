import {
  IBAN_LENGTHS,
  isCard,
  isCnpj,
  isCpf,
  isDni,
  isIban,
  isNhs,
  isNir,
  isSteuerId,
  isVerhoeff,
} from './check-digits.ts';
import { ADDRESSES } from './street.ts';

/** What stands for a person, one word each; a token or a mark in a log is called by it. */
export const PERSONAL_KINDS = ['email', 'iban', 'card', 'id', 'ip', 'phone', 'address'] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

type Span = { start: number; end: number };
export type Found = Span & { kind: PersonalKind; text: string };

/** Where a match stands: what was found, and the words just before and after it. */
type Place = { found: string; before: string; after: string };
type Rule = { kind: PersonalKind; spans(text: string, isNational: IsNational): Iterable<Span> };
/** Whether digits without a country's code are a number somebody answers. */
export type IsNational = (candidate: string) => boolean;

const CONTEXT = 40;
const digitsOf = (text: string) => text.replace(/\D/g, '');
const bare = (text: string) => text.replace(/[\s.\-–/\u2011]/g, '').toUpperCase();

const rule = (
  kind: PersonalKind,
  find: RegExp,
  holds: (place: Place, isNational: IsNational) => boolean = () => true,
): Rule => ({
  kind,
  *spans(text, isNational) {
    for (const { 0: found, index: start } of text.matchAll(find)) {
      const end = start + found.length;
      const before = text.slice(Math.max(0, start - CONTEXT), start);
      if (holds({ found, before, after: text.slice(end, end + CONTEXT) }, isNational)) yield { start, end };
    }
  },
});

const EMAIL =
  /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}_%+'-](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_%+'-])?(?:@|%40)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,6}\.\p{L}[\p{L}\p{N}-]{1,62}/giu;
/** As people write it to keep it from programs. */
const SPELT_EMAIL =
  /(?<![\p{L}\p{N}._-])[\p{L}\p{N}_.+-]{1,64}\s?[[({]\s?(?:at|ät|arroba|arobase)\s?[\])}]\s?[\p{L}\p{N}-]+(?:(?:\s?[[({]\s?(?:dot|punkt|point|punto|ponto)\s?[\])}]\s?|\.)[\p{L}\p{N}-]+)+/giu;
const isPersonsMail = ({ found }: Place) => !/^(?:git|hg|svn)@/i.test(found);

/** Walks an account number by its country's length: what follows it on the line is not part of it. */
function* ibans(text: string): Generator<Span> {
  for (const { 0: head, index: start } of text.matchAll(
    /(?<![\p{L}\p{N}-])[A-Z]{2}\d{2}(?=[ \u00a0-]?[A-Z\d])/giu,
  )) {
    const length = IBAN_LENGTHS.get(head.slice(0, 2).toUpperCase()) ?? 0;
    let plain = head;
    let end = start + head.length;
    while (plain.length < length) {
      const step = /^[ \u00a0\u202f-]?[A-Z\d]/i.exec(text.slice(end, end + 2))?.[0];
      if (!step) break;
      plain += step.slice(-1);
      end += step.length;
    }
    if (!/^[\p{L}\p{N}]/u.test(text.slice(end)) && isIban(plain.toUpperCase())) yield { start, end };
  }
}

const GROUPED_CARD =
  /^(?:\d{13,19}|\d{4}([ \u00a0.-])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}([ \u00a0-])\d{6}\2\d{4,5})$/;

const says = (words: string) => new RegExp(String.raw`(?<![\p{L}])(?:${words})(?![\p{L}])[^\n]{0,24}$`, 'iu');
const SSN = says('ssn|social security|social|itin');
const NINO = says('ni(?:no)?|national insurance(?: number)?');
const NHS = says('nhs');
const CPF = says('cpf|cnpj');
const AADHAAR = says('aadha?ar|uidai|uid|आधार');
const PAN = says('pan|permanent account');
const SPANISH = says('dni|nie|nif|documento|identidad');

const IDS: Rule[] = [
  rule('id', /(?<![\w./-])\d{3}([- ])\d{2}\1\d{4}(?![\w/-]|\.\d)/g, ({ found, before }) => {
    const [area = '', group = '', serial = ''] = found.split(/[- ]/);
    const isTax = /^9/.test(area) && /^(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])$/.test(group);
    const isShaped = isTax || (!/^(?:000|666|9)/.test(area) && group !== '00' && serial !== '0000');
    return isShaped && (found.includes('-') || SSN.test(before));
  }),
  rule(
    'id',
    /(?<![\w./-])\d{9}(?![\w/-]|\.\d)/g,
    ({ found, before }) => SSN.test(before) && !/^(?:000|666)/.test(found),
  ),
  rule(
    'id',
    /(?<![\p{L}\p{N}])(?!BG|GB|NK|KN|TN|NT|ZZ)(?:[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]|QQ)([ -]?)\d{2}\1\d{2}\1\d{2}\1[A-D](?![\p{L}\p{N}])/giu,
    ({ found, before }) => found === found.toUpperCase() || NINO.test(before),
  ),
  rule(
    'id',
    /(?<![\w.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])/g,
    ({ found, before }) => NHS.test(before) && isNhs(digitsOf(found)),
  ),
  rule('id', /(?<![\w.,-]|\d[ /])(?:\d{11}|\d{2} \d{3} \d{3} \d{3})(?![\w-]|[ .,]\d)/g, ({ found }) =>
    isSteuerId(digitsOf(found)),
  ),
  rule(
    'id',
    /(?<![\p{L}\p{N}.-])(?:\d{8}|\d{2}\.\d{3}\.\d{3}|[XYZ][ -]?\d{7})[ -]?[A-Z](?![\p{L}\p{N}]|-\p{L})/giu,
    ({ found, before }) =>
      isDni(bare(found)) &&
      (!/[a-z]/.test(found) || SPANISH.test(before)) &&
      (!/ [A-Z]$/i.test(found) || SPANISH.test(before)),
  ),
  rule(
    'id',
    /(?<![\w.-])[12][ .]?\d{2}[ .]?(?:0[1-9]|1[0-2]|[2-4]\d|[5-9]\d)[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}[ .-]?\d{2}(?![\w-])/gi,
    ({ found }) => isNir(bare(found)),
  ),
  rule('id', /(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])/g, ({ found }) => isCpf(digitsOf(found))),
  rule('id', /(?<![\w.-])\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}(?![\w-])/g, ({ found }) => isCnpj(digitsOf(found))),
  rule(
    'id',
    /(?<![\w.-])(?:\d{11}|\d{14}|\d{3} \d{3} \d{3} \d{2})(?![\w-])/g,
    ({ found, before }) => CPF.test(before) && (isCpf(digitsOf(found)) || isCnpj(digitsOf(found))),
  ),
  rule(
    'id',
    /(?<![\w.-]|\d )[2-9]\d{3}([ -]?)\d{4}\1\d{4}(?![\w-]|[ .]\d)/g,
    ({ found, before }) => isVerhoeff(digitsOf(found)) && (/\D/.test(found) || AADHAAR.test(before)),
  ),
  rule(
    'id',
    /(?<![\p{L}\p{N}_-])[A-Z]{5}\d{4}[A-Z](?![\p{L}\p{N}_-])/gu,
    ({ found, before }) => /^.{3}[ABCFGHLJPT].(?!19|20)/.test(found) || PAN.test(before),
  ),
];

const NUMBERED =
  /(?:\b(?:v|ver|version|versión|versione|versão|release|section|sect|sec|chapter|ch|abschnitt|kapitel|chapitre|sección|capítulo|seção|paragraph|article|art|oid|build|firmware|driver|kernel|chrome|firefox|safari|edge|windows|python|node|java|theorem|lemma|satz|definition|corollary|proposition|exercise|aufgabe|übung|ejercicio|exercice|equation|eq|fig|figure|table|tabelle|item|step|rule|clause|iso|din|ec|cath|update|patch)\.?:? ?|§+ ?|版本 ?|章 ?)$/i;
const NETWORK =
  /\b(?:ip|ipv4|ip-?adress\w*|host|server|ping|router|dns|gateway|peer|client|addr\w*|login|from|to|at|von|desde|depuis|direcci[oó]n|adresse|remote|connect\w*)\b[^\n]{0,20}$/i;

/** An address somewhere in the net: this machine's own, masks and the nets of exercises say nothing of anybody. */
function isPersonsV4({ found, before, after }: Place): boolean {
  const parts = found.split('.').map(Number);
  if (parts.some((part) => part > 255) || /^(?:127\.|0\.|255\.)/.test(found) || NUMBERED.test(before))
    return false;
  const isNet =
    /^\/\d/.test(after) && /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(found) && parts[3] === 0;
  return (
    !isNet &&
    (parts.some((part) => part > (/\p{L}{2} $/u.test(before) ? 30 : 10)) ||
      NETWORK.test(before) ||
      /^(?::\d|\/\d)/.test(after))
  );
}

function isForeignV6({ found }: Place): boolean {
  const [head = '', tail, more] = found.split('::');
  const groups = [head, tail ?? ''].flatMap((half) => (half === '' ? [] : half.split(':')));
  const isWhole = tail === undefined ? groups.length === 8 : more === undefined && groups.length < 8;
  // Two words with two colons between them are code more often than an address, and short numbers a ratio.
  return (
    isWhole &&
    groups.length > 1 &&
    groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) &&
    /\d/.test(found) &&
    groups.some((group) => group.length > 2)
  );
}

/** What people say before a number they are reached under. */
const CALLED =
  /(?:(?<!\p{L})(?:tel|fon|phone|telephone|téléphone|tél|telefon|teléfono|telefone|telefono|mobile(?: number)?|mobil|móvil|celular|celulare|cellulare|cell ?phone(?: number)?|cell number|(?:my|his|her) cell|handy(?:nummer)?|rufnummer|durchwahl|fax|whatsapp|sms|call (?:me|us|him|her|them|at|on)|(?:text|ring|reach) (?:me|us|him|her|them)|my number|phone number|numéro|mon portable|portable|appelle[zr]?(?:-moi)?|joindre|joignable|llám[ae]me|llamar?|mi número|ligue|me liga|chiam[aei]\w*|numero|ruf(?:e|t)? (?:mich|uns|ihn|sie)?|anrufen|erreichbar|erreichst|meine nummer|nummer|номер|телефон|тел|звони\w*|फोन|मोबाइल|nomor|numer|telefonie)(?!\p{L})|电话|手机|号码|致电|電話|携帯|전화)[^\n\d+]{0,28}$/iu;

const isRound = (digits: string) => /0{5}$/.test(digits) || /^(?:[01]+|(\d)\1+)$/.test(digits);
const pairsOf = (digits: string) => digits.match(/\d{2}/g) ?? [];
const isAscending = (digits: string) =>
  pairsOf(digits).every((pair, at, all) => at === 0 || pair > (all[at - 1] ?? ''));

/** Seven to fifteen digits with a country's code; a number with a decimal point, or a place on the globe, is none. */
function isInternational({ found, before, after }: Place): boolean {
  const digits = digitsOf(found).replace(/^00/, '');
  if (digits.length < 8 || digits.length > 15 || isRound(digits) || /^[01]+$/.test(digitsOf(found)))
    return false;
  if (/^\+\d{1,3}\.\d+[+-]\d/.test(found) || /^\+\d\.\d+$/.test(found) || /^\+\d\d\.\d{1,8}$/.test(found))
    return false;
  return !/[\d)^*/] ?$|= $/.test(before) && !/^ ?(?:[=^*/×·]|(?!x\b)\p{L}\b|kW|km|kg|mol|%|°)/u.test(after);
}

const PHONES: Rule[] = [
  rule('phone', /(?<![\w.])\+\(?\d[\d \u00a0\u202f()./\u2011-]{5,24}\d(?!\w)/g, isInternational),
  rule(
    'phone',
    /(?<![\w.:-])00[1-9]\d[\d \u00a0\u202f()./\u2011-]{5,20}\d(?![\w:-])/g,
    (place, isNational) =>
      isInternational(place) &&
      (/\D/.test(place.found) || CALLED.test(place.before) || isNational(place.found)),
  ),
  rule(
    'phone',
    /(?<![\w.-]|\d )(?:1[-. ])?(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[ .-]\d{4}(?![\w-]|\.\d)/g,
    ({ found, before }) => !/(?:isbn|issn|doi)[^\n]{0,12}$/i.test(before) && !isRound(digitsOf(found)),
  ),
  rule(
    'phone',
    /(?<![\w.-]|\d )[2-9]\d{2} [2-9]\d{2} \d{4}(?![\w-]|[ .]\d)/g,
    ({ found, before }, isNational) => CALLED.test(before) || isNational(found),
  ),
  rule(
    'phone',
    /(?<![\w.,:/-]|\d )\(?0[1-9]\d{0,4}\)?(?:[ \u00a0]?[ /.-][ \u00a0]?\d{2,8}){1,5}(?![\w-]|[.,:/]\d)/g,
    ({ found, before }, isNational) => {
      const digits = digitsOf(found);
      if (digits.length < 9 || digits.length > 12 || isRound(digits)) return false;
      if (CALLED.test(before)) return true;
      return (
        !(/^\d{2}(?:[ .-]\d{2})+$/.test(found) && isAscending(digits)) &&
        !/(?:[A-Z]{3,}\d*|\b[Zz]ip|postal code) $/.test(before) &&
        !/^\d{2}[./-]\d{2}[./-]\d{4}/.test(found) &&
        isNational(found)
      );
    },
  ),
  rule('phone', /(?<![\w.-]|\d )(?:\(\d{2}\) ?9?\d{4}[- ]\d{4}|\d{2} 9\d{4}-\d{4})(?![\w-])/g),
  rule(
    'phone',
    /(?<![\w.-]|\d )(?:[67]\d{2} \d{2} \d{2} \d{2}|1[3-9]\d([ -])\d{4}\1\d{4})(?![\w-]|[ .,]\d)/g,
  ),
  // Behind such a word any digits of that length are one.
  rule(
    'phone',
    /(?<![\w.+-])\(?\d(?:[ \u00a0()./\u2011-]{0,2}\d){6,14}(?![\w]|[.,]\d)/g,
    ({ found, before }) =>
      CALLED.test(before) &&
      !/^\d{4}[-–]\d{4}$|^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/.test(found) &&
      !isRound(digitsOf(found)),
  ),
];

const RULES: Rule[] = [
  rule('email', EMAIL, isPersonsMail),
  rule('email', SPELT_EMAIL),
  { kind: 'iban', spans: ibans },
  ...IDS.slice(6, 7),
  rule(
    'card',
    /(?<![\w.-]|\d[ /])\d(?:[ \u00a0.-]?\d){12,22}(?![\w-])/g,
    ({ found }) => GROUPED_CARD.test(found) && isCard(digitsOf(found)),
  ),
  ...IDS,
  rule('ip', /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)/gi, isPersonsV4),
  rule('ip', /(?<![\w:.])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])/gi, isForeignV6),
  ...PHONES,
  ...ADDRESSES.map((find) =>
    rule(
      'address',
      find,
      ({ found, before }) =>
        // A year before a street's name is when something happened there.
        !/^(?:1[5-9]|20)\d{2} /.test(found) ||
        !/(?:\b(?:in|since|by|until|from|of|the|year|after|before|around|during|late|early)|’s|'s) $/i.test(
          before,
        ),
    ),
  ),
];

/** Nothing of it is without a digit or the sign of an address, and nothing goes over the end of a line. */
const MAY_HOLD = /[\d@\p{Nd}]|[[({] ?(?:at|ät|arro|arob)/iu;

/** Everything in a text that stands for a person, in its order; two rules never give the same place. */
export function findPersonal(text: string, isNational: IsNational = () => true): Found[] {
  const found: Found[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    if (MAY_HOLD.test(line)) found.push(...findInLine(line, index, isNational));
  }
  return found;
}

function findInLine(line: string, at: number, isNational: IsNational): Found[] {
  const found: Found[] = [];
  for (const { kind, spans } of RULES) {
    for (const { start, end } of spans(line, isNational)) {
      if (found.some((other) => at + start < other.end && other.start < at + end)) continue;
      found.push({ kind, start: at + start, end: at + end, text: line.slice(start, end) });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** The text with something else in place of what stands for a person. */
export function replacePersonal(
  text: string,
  put: (found: Found) => string,
  isNational?: IsNational,
): string {
  let written = '';
  let at = 0;
  for (const found of findPersonal(text, isNational)) {
    written += text.slice(at, found.start) + put(found);
    at = found.end;
  }
  return written + text.slice(at);
}
