/** Who listens, by country, free and at any hour where there is such a line; numbers as the country itself gives them. */
const HELP_LINES: Readonly<Record<string, string>> = {
  AR: '135 · 0800 345 1435',
  AT: 'TelefonSeelsorge 142',
  AU: 'Lifeline 13 11 14',
  BE: '1813 · 0800 32 123',
  BR: 'CVV 188',
  CA: '988',
  CH: 'Die Dargebotene Hand · La Main Tendue 143',
  CL: '*4141',
  DE: 'TelefonSeelsorge 0800 111 0 111 · 116 123',
  DK: 'Livslinien 70 201 201',
  ES: '024',
  FI: 'Kriisipuhelin 09 2525 0111',
  FR: '3114',
  GB: 'Samaritans 116 123',
  IE: 'Samaritans 116 123',
  IN: 'Tele-MANAS 14416',
  IT: 'Telefono Amico 02 2327 2327',
  KR: '109',
  LU: 'SOS Détresse 454545',
  MX: 'Línea de la Vida 800 911 2000',
  NL: '113 · 0800 0113',
  NO: 'Mental Helse 116 123',
  NZ: '1737',
  PL: '116 123',
  PT: 'SOS Voz Amiga 213 544 545',
  SE: 'Mind 90101',
  SG: '1767',
  US: '988',
  ZA: 'SADAG 0800 567 567',
};

/** Names a browser may still give for a zone. */
const FORMER: Readonly<Record<string, string>> = {
  'Asia/Kolkata': 'IN',
  'Asia/Calcutta': 'IN',
  'US/Eastern': 'US',
  'US/Central': 'US',
  'US/Pacific': 'US',
};

/** The types of the language lag behind this method. */
const zonesOf = (region: string): string[] =>
  (new Intl.Locale('und', { region }) as Intl.Locale & { getTimeZones?(): string[] }).getTimeZones?.() ?? [];

let countries: Map<string, string> | undefined;

/** The line of the country that a time zone lies in; null where none is known. */
export function helpLineOf(timezone: string | null | undefined): string | null {
  countries ??= new Map([
    ...Object.keys(HELP_LINES).flatMap((country) =>
      zonesOf(country).map((zone): [string, string] => [zone, country]),
    ),
    ...Object.entries(FORMER),
  ]);
  return HELP_LINES[countries.get(timezone ?? '') ?? ''] ?? null;
}
