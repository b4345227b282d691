/** Check digits of numbers that stand for a person or an account. Each takes the bare sign sequence, without separators. */

const digit = (sign: string | undefined) => Number(sign);

export function isLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, sign, place) => {
    const value = digit(sign) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** First digits and lengths of the brands (ISO/IEC 7812 as they publish them). */
const BRANDS: readonly [first: RegExp, lengths: readonly number[]][] = [
  [/^4/, [16, 19]],
  [/^(?:5[1-5]|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720))/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65|62|35(?:2[89]|[3-8]\d))/, [16, 17, 18, 19]],
  [/^(?:30[0-5]|3[689])/, [14, 15, 16, 17, 18, 19]],
  [/^(?:50|5[6-8]|67|63)/, [13, 14, 15, 16, 17, 18, 19]],
];

export const isCard = (digits: string) =>
  BRANDS.some(([first, lengths]) => first.test(digits) && lengths.includes(digits.length)) && isLuhn(digits);

/** Lengths by country (ISO 13616 registry). */
export const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18
  FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20
  LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31
  SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

export function isIban(plain: string): boolean {
  if (IBAN_LENGTHS.get(plain.slice(0, 2)) !== plain.length) return false;
  let rest = 0;
  for (const sign of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

const weighted = (digits: string, weights: readonly number[]) =>
  weights.reduce((sum, weight, place) => sum + weight * digit(digits[place]), 0);

/** The tax number of Germany: ISO 7064 (mod 11, 10), and one digit twice or three times among the first ten. */
export function isSteuerId(digits: string): boolean {
  if (!/^[1-9]\d{10}$/.test(digits)) return false;
  const body = digits.slice(0, 10);
  const counts = [...new Set(body)].map((sign) => body.split(sign).length - 1);
  const most = Math.max(...counts);
  if (most < 2 || most > 3 || counts.filter((count) => count > 1).length > 1) return false;
  const product = [...body].reduce((held, sign) => (((digit(sign) + held) % 10 || 10) * 2) % 11, 10);
  return (11 - product) % 10 === digit(digits[10]);
}

/** Identity numbers of Spain, of citizens (DNI) and of foreigners (NIE). */
export function isDni(plain: string): boolean {
  const number = Number(plain.slice(0, 8).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === plain[8];
}

/** The social security number of France; Corsica counts as 19 and 18. */
export function isNir(plain: string): boolean {
  const number = plain.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97n - (BigInt(number) % 97n) === BigInt(plain.slice(13));
}

const isOneDigit = (digits: string) => new Set(digits).size === 1;
const modulo11 = (sum: number) => (sum % 11 < 2 ? 0 : 11 - (sum % 11));

const holdsBrazilian = (digits: string, weights: readonly number[]) =>
  !isOneDigit(digits) &&
  [weights.slice(1), weights].every(
    (some) => modulo11(weighted(digits, some)) === digit(digits[some.length]),
  );

export const isCpf = (digits: string) => holdsBrazilian(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
export const isCnpj = (digits: string) => holdsBrazilian(digits, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);

export const isNhs = (digits: string) =>
  !isOneDigit(digits) && weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;

/** Verhoeff's products, in the dihedral group of the pentagon. */
const product = (a: number, b: number): number => {
  if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5;
  return b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5;
};
const MOVED = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

export const isVerhoeff = (digits: string) =>
  [...digits].toReversed().reduce((held, sign, place) => {
    let value = digit(sign);
    for (let turn = place % 8; turn > 0; turn -= 1) value = MOVED[value] ?? 0;
    return product(held, value);
  }, 0) === 0;
