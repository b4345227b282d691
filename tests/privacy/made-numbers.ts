import { seeded } from '../../lib/test-random.ts';

const random = seeded(11);
export const below = (bound: number) => Math.floor(random() * bound);
export const pick = <Value>(values: readonly [Value, ...Value[]]): Value =>
  values[below(values.length)] ?? values[0];

/** Numbers with check digits, made the other way round than they are checked: the digit that fits is worked out. */
const digits = (length: number) => Array.from({ length }, () => below(10)).join('');
const grouped = (text: string, sizes: readonly number[], by: string) => {
  const starts = sizes.map((_, place) => sizes.slice(0, place).reduce((sum, size) => sum + size, 0));
  return sizes.map((size, place) => text.slice(starts[place], (starts[place] ?? 0) + size)).join(by);
};
const fours = (text: string, by: string) => text.match(/.{1,4}/g)?.join(by) ?? '';

const DOUBLED = '0246813579';
function luhn(first: string, length: number): string {
  const body = first + digits(length - 1 - first.length);
  let sum = 0;
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[body.length - 1 - at] ?? '0';
    sum += Number(at % 2 === 0 ? DOUBLED[Number(sign)] : sign);
  }
  return `${body}${(1000 - sum) % 10}`;
}

function iban(country: string, length: number): string {
  const bank = { GB: 'WEST', IE: 'AIBK', NL: 'ABNA' }[country] ?? (country === 'IT' ? 'X' : '');
  const account = bank + digits(length - bank.length);
  const spelt = [...`${account}${country}`]
    .map((sign) => (/\d/.test(sign) ? sign : `${sign.charCodeAt(0) - 55}`))
    .join('');
  return `${country}${String(98n - ((BigInt(spelt) * 100n) % 97n)).padStart(2, '0')}${account}`;
}

/** One digit twice, the rest once each; the last by the algorithm of ISO 7064. */
function steuerId(): string {
  const kinds = [...'0123456789'].toSorted(() => pick([-1, 1]));
  const twice = kinds[0] ?? '0';
  const body = [...kinds.slice(0, 9), twice].toSorted(() => pick([-1, 1])).join('');
  if (body.startsWith('0') || body.includes(twice.repeat(3))) return steuerId();
  let held = 10;
  for (const sign of body) {
    const sum = (Number(sign) + held) % 10;
    held = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return `${body}${held === 1 ? 0 : 11 - held}`;
}

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
function nir(): string {
  const body = `${pick(['1', '2'])}${digits(2)}${pick(['01', '07', '12'])}${pick(['75', '13', '69'])}${digits(3)}${digits(3)}`;
  return body + String(97 - Number(BigInt(body) % 97n)).padStart(2, '0');
}

/** Brazil counts from the right, from 2 on, up to `most` and again. */
function brazilian(length: number, most: number): string {
  let made = `1${digits(length - 3)}`;
  for (let round = 0; round < 2; round += 1) {
    const sum = [...made]
      .reverse()
      .reduce((total, sign, place) => total + Number(sign) * (2 + (place % (most - 1))), 0);
    made += sum % 11 < 2 ? 0 : 11 - (sum % 11);
  }
  return made;
}

/** Verhoeff by his tables as they are printed. */
const D = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const P = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];
function aadhaar(): string {
  const body = `${2 + below(8)}${digits(10)}`;
  const last = [...'0123456789'].find((sign) => {
    let held = 0;
    [...(body + sign)].reverse().forEach((digit, place) => {
      held = Number(D[held]?.[Number(P[place % 8]?.[Number(digit)])]);
    });
    return held === 0;
  });
  return `${body}${last}`;
}

function nhs(): string {
  const body = `4${digits(8)}`;
  const sum = [...body].reduce((total, sign, place) => total + Number(sign) * (10 - place), 0);
  const last = (11 - (sum % 11)) % 11;
  return last === 10 ? nhs() : `${body}${last}`;
}

const dni = () => {
  const number = `${1 + below(9)}${digits(7)}`;
  return [number, LETTERS[Number(number) % 23] ?? ''] as const;
};
const nie = () => {
  const letter = below(3);
  const number = digits(7);
  return ['XYZ'[letter] ?? '', number, LETTERS[Number(`${letter}${number}`) % 23] ?? ''] as const;
};
const visa = () => luhn(pick(['4', '51', '55', '2221', '2720', '6011', '62', '3530']), 16);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const letters = (length: number) => Array.from({ length }, () => ALPHABET[below(26)]).join('');

export const MADE = {
  card16: visa,
  card16s: () => fours(visa(), ' '),
  card16d: () => fours(visa(), '-'),
  amex: () => luhn(pick(['34', '37']), 15),
  amexs: () => grouped(luhn(pick(['34', '37']), 15), [4, 6, 5], ' '),
  iban: (country = 'DE', length = '18') => iban(country, Number(length)),
  ibans: (country = 'DE', length = '18') => fours(iban(country, Number(length)), ' '),
  nhs,
  nhss: () => grouped(nhs(), [3, 3, 4], ' '),
  steuer: steuerId,
  steuers: () => grouped(steuerId(), [2, 3, 3, 3], ' '),
  dni: () => dni().join(''),
  dnid: () => dni().join('-'),
  dnil: () => dni().join('').toLowerCase(),
  nie: () => nie().join(''),
  nied: () => nie().join('-'),
  nir,
  nirs: () => grouped(nir(), [1, 2, 2, 2, 3, 3, 2], ' '),
  cpf: () => brazilian(11, 11).replace(/(...)(...)(...)(..)/, '$1.$2.$3-$4'),
  cpfb: () => brazilian(11, 11),
  cnpj: () => brazilian(14, 9).replace(/(..)(...)(...)(....)(..)/, '$1.$2.$3/$4-$5'),
  cnpjb: () => brazilian(14, 9),
  aadhaar,
  aadhaars: () => fours(aadhaar(), ' '),
  aadhaard: () => fours(aadhaar(), '-'),
  pan: () => `${letters(3)}${'PCHFAT'[below(6)]}${letters(1)}${digits(4)}${letters(1)}`,
} satisfies Record<string, (...given: string[]) => string>;
