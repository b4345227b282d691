/**
 * Streets with a house number, as they are written in a dozen languages. A street without a number, and a number without
 * a street's own word beside a name, is geography, history or a count.
 */
const NAME = String.raw`(?:(?:\d{1,3}(?:st|nd|rd|th)|[NSEW]\.?|St\.?|[\p{Lu}][\p{L}'’.-]*)\s){1,4}`;
const SURE = 'Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Boulevard|Blvd|Crescent|Terrace|Parkway|Pkwy|Nagar|Marg';
const LIKELY =
  'Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Way|Close|Gardens|Grove|Mews|Hill|Row|Walk|Quay|Wharf|Parade';
const UNIT = String.raw`(?:,? (?:Apt|Apartment|Suite|Unit|Flat|Room|#)\.? ?[\dA-Z-]{1,6})?`;
const US_TOWN = String.raw`(?:, \p{Lu}[\p{L} .'-]{1,30},? [A-Z]{2},? \d{5}(?:-\d{4})?)?`;
const UK_TOWN = String.raw`(?:,? (?:\p{Lu}[\p{L}-]{1,20},? )?[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})?`;
const TOWN = String.raw`(?:,? (?:[A-Z]{1,2}-)?\d{4,5} \p{Lu}[\p{L}-]+)?`;
const HOUSE = String.raw`\d{1,4}(?:\s?[a-zA-Z](?![\p{L}]))?(?:[-–/]\d{1,4}[a-z]?)?`;
const NO_STREET =
  'Arbeits|Spiel|Park|Sitz|Tabellen|Stell|Studien|Speicher|Praktikums|Ausbildungs|Start|Rechen|Lösungs|Lern|Bildungs|Seh|Hör|Luft|Brems|Mittel|Stoffwechsel|Transport|Signal|Reaktions|Abbau|Haupt-?such|Hin|Rück|Um|Aus|Benzol|Sechs|Fünf|Vier|Kohlenstoff|Phenyl|Pyridin|Polynom|Quotienten|Restklassen|Stau|Ehe|Speicher|Milch|Umwelt|Weg|Produktions|Fertigungs|Förder|Gegen|Pfad|Daten|Papier|Dritt';

const SMALL = `(?:de la |de los |de las |de l['’]|de |du |des |del |della |dei |delle |do |da |dos |das |d['’]|la |le |les |los )?`;
const NAMED = String.raw`\p{Lu}[\p{L}'’.-]*(?:[ -](?:de |la |del |do |da |dos |du |des |d['’])?\p{Lu}[\p{L}'’.-]*){0,4}`;

const sources = [
  // Not "\b" at its end: a full stop of an abbreviation belongs to it.
  String.raw`(?<![\p{L}\p{N}.,/-])\d{1,5}[A-Za-z]?(?:[-–]\d{1,4})?,? ${NAME}(?:${SURE})(?![\p{L}])\.?${UNIT}${US_TOWN}${UK_TOWN}`,
  String.raw`(?<![\p{L}\p{N}.,/-])\d{1,5}[A-Za-z]?,? ${NAME}(?:${LIKELY})(?![\p{L}])(?=\.?(?:,|;|$|\)|\n|\.| and | in | on | with | near | (?:Apt|Unit|Flat|Suite)))${UNIT}${US_TOWN}${UK_TOWN}`,
  String.raw`(?<![\p{L}\p{N}-])(?:\p{Lu}[\p{L}]+[- ]){0,3}(?:(?!(?:${NO_STREET})(?:platz|weg|ring|damm|gasse))\p{Lu}[\p{L}]*(?:straße|strasse|str\.|weg|allee|gasse|platz|ring|damm|ufer|chaussee)|[-]?(?:Straße|Strasse|Str\.|Allee|Weg(?<=-Weg)|Platz(?<=-Platz)|Ring(?<=-Ring)))\s${HOUSE}(?![\p{L}\p{N}.,]*\d)${TOWN}`,
  String.raw`(?<![\p{L}\p{N}-])(?:Am|An der|An den|Auf der|Auf dem|Unter den|Zum|Zur|Im|In der) (?:\p{Lu}\p{L}+er )?(?:\p{Lu}\p{L}+(?:berg|bach|markt|hof|feld|wald|graben|garten|park|tor|see|kirche|mühle|brücke|linden)|Linden|Markt|Bach|Berg|Hof|Feld|Graben) ${HOUSE}(?![\p{L}\p{N}]|[.,]\d)${TOWN}`,
  String.raw`(?<![\p{L}\p{N}.,/-])\d{1,4}(?: ?(?:bis|ter|B))?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai|route|square) ${SMALL}(?:\d{1,2} )?${NAMED}${TOWN}`,
  String.raw`(?<![\p{L}\p{N}])(?:[Cc]alle|[Cc]\/|C\.|[Aa]venida|[Aa]vda\.?|[Aa]v\.|[Pp]aseo|[Pp]laza|[Cc]arrera|[Cc]amino|[Rr]onda|Rua|R\.|Travessa|Praça|Alameda|Estrada|Via|Viale|Piazza|Corso|Largo|Vicolo) ${SMALL}(?:\d{1,2} de )?${NAMED},? (?:n[.º°]{0,2} ?|nº ?|# ?)?\d{1,5}(?:[ -]?[a-zA-Z])?(?![\p{L}\p{N}]|[.,]\d)${TOWN}`,
  String.raw`(?<![\p{L}\p{N}-])(?:\p{Lu}[\p{L}]+ ){0,2}\p{Lu}\p{L}*(?:straat|laan|gracht|plein|kade|dijk|singel|gatan|vägen|vej|gade|katu|gata) ${HOUSE}(?![\p{L}\p{N}]|[.,]\d)(?:,? \d{4} ?[A-Z]{2}(?: \p{Lu}\p{L}+)?)?`,
  String.raw`(?<![\p{L}\p{N}])(?:ul\.|al\.|ulica|ул\.|улица|просп\.|проспект|вул\.) \p{Lu}[\p{L}. -]{1,40},? (?:д\.? ?|дом )?\d{1,4}(?: ?[a-zA-Zа-яА-Я](?!\p{L}))?(?:\/\d{1,3}|, кв\.? ?\d{1,4})?`,
  String.raw`\p{Script=Han}{2,12}(?:路|街|大道|巷|弄)\d{1,5}(?:号|號)(?:\d{1,4}室)?`,
  String.raw`\p{Script=Han}{2,14}\d{1,2}(?:丁目|-)\d{1,3}(?:番地?|-)\d{0,3}号?`,
  String.raw`(?<![\p{L}\p{N}])(?:P\.? ?O\.? Box|Postfach|Boîte postale|Apartado(?: de correos)?) \d{2,6}(?: \d{2,3}){0,2}`,
];

export const ADDRESSES = sources.map((source) => new RegExp(source, 'gu'));
