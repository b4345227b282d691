/**
 * Who listens at any hour, by country. Only lines that are beyond doubt: a wrong number is worse than the directory, which
 * every answer names, and which alone is given elsewhere. An operator checks the one of their country.
 */
const HELP_LINES: Readonly<Record<string, string>> = {
  AT: 'TelefonSeelsorge 142',
  AU: 'Lifeline 13 11 14',
  BR: 'CVV 188',
  CA: '988',
  CH: 'Die Dargebotene Hand · La Main Tendue 143',
  DE: 'TelefonSeelsorge 0800 111 0 111',
  ES: '024',
  FR: '3114',
  GB: 'Samaritans 116 123',
  IE: 'Samaritans 116 123',
  NL: '113 Zelfmoordpreventie 0800 0113',
  NZ: '1737',
  US: '988',
};

/** Names a browser may still give for a zone. */
const FORMER: Readonly<Record<string, string>> = {
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
