/** Schema 11: what every Anki since 2.0 reads, and what `.apkg` files without a `meta` entry hold. */
export const SCHEMA_VERSION = 11;

export const SCHEMA = `
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
  left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
  type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);
`;

/** Fixed, so that two exports share their note types in the collection they are imported into. */
export const BASIC_MODEL = 1_763_683_200_001;
export const CLOZE_MODEL = 1_763_683_200_002;
export const MODEL_NAME = 'Clerva';
export const CLOZE_NAME = 'Clerva cloze';

const CSS = `.card { font-family: Georgia, serif; font-size: 22px; line-height: 1.5; text-align: left; max-width: 40em; margin: 1em auto; }
.cloze { font-weight: bold; }
.source { margin-top: 1.5em; font: 14px sans-serif; opacity: .7; }`;
const SOURCE = '{{#Source}}<div class="source">{{Source}}</div>{{/Source}}';
const LATEX_PRE =
  '\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n';

const field = (name: string, ord: number) => ({
  name,
  ord,
  sticky: false,
  rtl: false,
  font: 'Arial',
  size: 20,
  media: [],
});

function model(
  id: number,
  name: string,
  fields: string[],
  template: { name: string; qfmt: string; afmt: string },
  modifiedSeconds: number,
) {
  return {
    id,
    name,
    type: id === CLOZE_MODEL ? 1 : 0,
    mod: modifiedSeconds,
    usn: -1,
    sortf: 0,
    did: 1,
    tmpls: [{ ...template, ord: 0, did: null, bqfmt: '', bafmt: '' }],
    flds: fields.map(field),
    css: CSS,
    latexPre: LATEX_PRE,
    latexPost: '\\end{document}',
    req: [[0, 'all', [0]]],
    tags: [],
    vers: [],
  };
}

export function models(modifiedSeconds: number) {
  return {
    [BASIC_MODEL]: model(
      BASIC_MODEL,
      MODEL_NAME,
      ['Front', 'Back', 'Source'],
      { name: 'Card 1', qfmt: '{{Front}}', afmt: `{{FrontSide}}\n<hr id=answer>\n{{Back}}\n${SOURCE}` },
      modifiedSeconds,
    ),
    [CLOZE_MODEL]: model(
      CLOZE_MODEL,
      CLOZE_NAME,
      ['Text', 'Back Extra', 'Source'],
      { name: 'Cloze', qfmt: '{{cloze:Text}}', afmt: `{{cloze:Text}}<br>\n{{Back Extra}}\n${SOURCE}` },
      modifiedSeconds,
    ),
  };
}

export const deckJson = (id: number, name: string, modifiedSeconds: number) => ({
  id,
  name,
  mod: modifiedSeconds,
  usn: -1,
  lrnToday: [0, 0],
  revToday: [0, 0],
  newToday: [0, 0],
  timeToday: [0, 0],
  collapsed: false,
  browserCollapsed: false,
  desc: '',
  dyn: 0,
  conf: 1,
  extendNew: 0,
  extendRev: 0,
});

export const deckOptions = {
  1: {
    id: 1,
    name: 'Default',
    mod: 0,
    usn: 0,
    maxTaken: 60,
    autoplay: true,
    timer: 0,
    replayq: true,
    dyn: false,
    new: {
      bury: false,
      delays: [1, 10],
      initialFactor: 2_500,
      ints: [1, 4, 0],
      order: 1,
      perDay: 20,
      separate: true,
    },
    rev: {
      bury: false,
      ease4: 1.3,
      fuzz: 0.05,
      hardFactor: 1.2,
      ivlFct: 1,
      maxIvl: 36_500,
      minSpace: 1,
      perDay: 200,
    },
    lapse: { delays: [10], leechAction: 1, leechFails: 8, minInt: 1, mult: 0 },
  },
};

export const collectionConfig = (deckId: number) => ({
  activeDecks: [deckId],
  addToCur: true,
  collapseTime: 1_200,
  curDeck: deckId,
  curModel: BASIC_MODEL,
  dueCounts: true,
  estTimes: true,
  newSpread: 0,
  nextPos: 1,
  schedVer: 2,
  sortBackwards: false,
  sortType: 'noteFld',
  timeLim: 0,
});
