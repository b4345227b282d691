import { expect, test } from 'vitest';
import { chunkDocument } from '@/lib/ingestion/chunk';
import { extractDocument } from '@/lib/ingestion/extract';
import { verifyClaim } from '@/lib/retrieval/quotes';
import { chunkWeights, indexedText, lexicalQuery } from '@/lib/retrieval/sparse-bm25';
import { isEnglishDocument } from '@/lib/retrieval/tokenizer';
import { withoutDuplicates } from '@/lib/study/cards/duplicates';
import { lintDraft } from '@/lib/study/quiz/lint';
import { draftOf, passageOf } from '@/lib/study/quiz/test-drafts';
import { sourceOf } from '@/lib/study/source';

type Note = {
  title: string;
  fact: string;
  /** The same with another number or term: never said by the notes. */
  wrong: string;
  other: string;
  ask: string;
  question: string;
  answer: string;
  distractors: [string, string, string];
};

const NOTES: Record<string, Note> = {
  German: {
    title: 'Gedächtnis',
    fact: 'Das Kurzzeitgedächtnis behält ungefähr sieben Elemente für zwanzig Sekunden.',
    wrong: 'Das Kurzzeitgedächtnis behält ungefähr neun Elemente für achtzig Sekunden.',
    other: 'Die Außenwände großer Gebäude dämmen Geräusche aus der Fußgängerzone.',
    ask: 'Wie viele Elemente behält das Kurzzeitgedächtnis?',
    question: 'Wie viele Elemente behält das Kurzzeitgedächtnis?',
    answer: 'ungefähr sieben Elemente',
    distractors: ['ungefähr zwei Elemente', 'ungefähr zwölf Elemente', 'ungefähr neunzig Elemente'],
  },
  French: {
    title: 'Mémoire',
    fact: 'La mémoire à court terme retient environ sept éléments pendant vingt secondes.',
    wrong: 'La mémoire à court terme retient environ neuf éléments pendant trente secondes.',
    other: 'Le cœur bat plus vite lorsque l’élève court après le dîner.',
    ask: 'Combien d’éléments retient la mémoire à court terme ?',
    question: 'Combien d’éléments la mémoire à court terme retient-elle ?',
    answer: 'environ sept éléments',
    distractors: ['environ deux éléments', 'environ douze éléments', 'environ cent éléments'],
  },
  Spanish: {
    title: 'Célula',
    fact: 'La mitocondria produce la energía química que necesita la célula pequeña.',
    wrong: 'La mitocondria destruye la energía eléctrica que sobra en el corazón.',
    other: 'El niño pingüino soñó con montañas y con el océano.',
    ask: '¿Qué produce la mitocondria para la célula?',
    question: '¿Qué produce la mitocondria en la célula pequeña?',
    answer: 'la energía química',
    distractors: ['la luz química', 'el agua caliente', 'la sangre limpia'],
  },
  Portuguese: {
    title: 'Célula',
    fact: 'A mitocôndria produz a energia química de que a célula precisa então.',
    wrong: 'A mitocôndria guarda a informação genética de que o coração precisa.',
    other: 'As crianças não comem pães com maçãs de manhã.',
    ask: 'O que a mitocôndria produz para a célula?',
    question: 'O que a mitocôndria produz na célula?',
    answer: 'a energia química',
    distractors: ['a luz química', 'a água quente', 'a proteína pura'],
  },
  Italian: {
    title: 'Memoria',
    fact: 'La memoria a breve termine conserva più o meno sette elementi per venti secondi.',
    wrong: 'La memoria a breve termine conserva più o meno nove elementi per trenta secondi.',
    other: 'La città è bella perché il caffè è già caldo.',
    ask: 'Quanti elementi conserva la memoria a breve termine?',
    question: 'Quanti elementi conserva la memoria a breve termine?',
    answer: 'più o meno sette elementi',
    distractors: ['più o meno due elementi', 'più o meno dieci elementi', 'più o meno cento elementi'],
  },
  Dutch: {
    title: 'Geheugen',
    fact: 'Het kortetermijngeheugen bewaart ongeveer zeven elementen gedurende twintig seconden.',
    wrong: 'Het kortetermijngeheugen bewaart ongeveer negen elementen gedurende dertig seconden.',
    other: 'De zeeën rond België zijn één geheel met het ijs.',
    ask: 'Hoeveel elementen bewaart het kortetermijngeheugen?',
    question: 'Hoeveel elementen bewaart het kortetermijngeheugen?',
    answer: 'ongeveer zeven elementen',
    distractors: ['ongeveer twee elementen', 'ongeveer tien elementen', 'ongeveer honderd elementen'],
  },
  Polish: {
    title: 'Pamięć',
    fact: 'Pamięć krótkotrwała przechowuje około siedmiu elementów przez dwadzieścia sekund.',
    wrong: 'Pamięć krótkotrwała przechowuje około dziewięciu elementów przez trzydzieści sekund.',
    other: 'Żółta łódź płynie wśród gęstej mgły po jeziorze.',
    ask: 'Ile elementów przechowuje pamięć krótkotrwała?',
    question: 'Ile elementów przechowuje pamięć krótkotrwała?',
    answer: 'około siedmiu elementów',
    distractors: ['około dwóch elementów', 'około dziesięciu elementów', 'około stu elementów'],
  },
  Russian: {
    title: 'Память',
    fact: 'Кратковременная память хранит около семи элементов в течение двадцати секунд.',
    wrong: 'Кратковременная память хранит около девяти элементов в течение тридцати секунд.',
    other: 'Ёжик и йод лежали на краю зелёной поляны.',
    ask: 'Сколько элементов хранит кратковременная память?',
    question: 'Сколько элементов хранит кратковременная память?',
    answer: 'около семи элементов',
    distractors: ['около двух элементов', 'около десяти элементов', 'около ста элементов'],
  },
  Arabic: {
    title: 'الذاكرة',
    fact: 'تخزن الذاكرة قصيرة الأمد نحو سبعة عناصر أساسية لمدة عشرين ثانية.',
    wrong: 'تخزن الذاكرة قصيرة الأمد نحو تسعة عناصر أساسية لمدة ثلاثين دقيقة.',
    other: 'يشرب الأولاد الماء البارد بعد اللعب في الحديقة.',
    ask: 'كم عنصرا تخزن الذاكرة قصيرة المدى؟',
    question: 'كم عنصرا تخزن الذاكرة قصيرة المدى؟',
    answer: 'نحو سبعة عناصر',
    distractors: ['نحو ثلاثة عناصر', 'نحو أربعين عنصرا', 'نحو مئة عنصر'],
  },
  Hebrew: {
    title: 'זיכרון',
    fact: 'הזיכרון לטווח קצר שומר כשבעה פריטים במשך עשרים שניות.',
    wrong: 'הזיכרון לטווח קצר שומר כתשעה פריטים במשך שלושים דקות.',
    other: 'הילדים שותים מים קרים אחרי המשחק בגן.',
    ask: 'כמה פריטים שומר הזיכרון לטווח קצר?',
    question: 'כמה פריטים שומר הזיכרון לטווח קצר?',
    answer: 'כשבעה פריטים',
    distractors: ['כשני פריטים', 'כעשרה פריטים', 'כמאה פריטים'],
  },
  Hindi: {
    title: 'स्मृति',
    fact: 'अल्पकालिक स्मृति लगभग सात वस्तुओं को बीस सेकंड तक रखती है।',
    wrong: 'अल्पकालिक स्मृति लगभग नौ वस्तुओं को तीस मिनट तक रखती है।',
    other: 'बच्चे बगीचे में खेलने के बाद ठंडा पानी पीते हैं।',
    ask: 'अल्पकालिक स्मृति कितनी वस्तुओं को रखती है?',
    question: 'अल्पकालिक स्मृति कितनी वस्तुओं को रखती है?',
    answer: 'लगभग सात वस्तुओं को',
    distractors: ['लगभग दो वस्तुओं को', 'लगभग दस वस्तुओं को', 'लगभग सौ वस्तुओं को'],
  },
  Chinese: {
    title: '记忆',
    fact: '短期记忆的容量大约为七个项目，持续时间约二十秒。',
    wrong: '短期记忆的容量大约为九个项目，持续时间约三十分钟。',
    other: '孩子们在花园里玩耍之后喝冷水。',
    ask: '短期记忆的容量是多少？',
    question: '短期记忆的容量大约是多少？',
    answer: '大约为七个项目',
    distractors: ['大约为两个项目', '大约为十个项目', '大约为百个项目'],
  },
  Japanese: {
    title: '記憶',
    fact: '短期記憶はおよそ七つの項目をデータとして二十秒間だけ保持する。',
    wrong: '短期記憶はおよそ九つの項目をデータとして三十分間だけ保持する。',
    other: '子供たちは庭で遊んだ後に冷たいジュースを飲む。',
    ask: '短期記憶はいくつの項目を保持しますか？',
    question: '短期記憶はいくつの項目を保持しますか？',
    answer: 'およそ七つの項目',
    distractors: ['およそ二つの項目', 'およそ十つの項目', 'およそ百つの項目'],
  },
  Korean: {
    title: '기억',
    fact: '단기 기억은 약 일곱 개의 항목을 이십 초 동안 유지한다.',
    wrong: '단기 기억은 약 아홉 개의 항목을 삼십 분 동안 유지한다.',
    other: '아이들은 정원에서 논 뒤에 찬물을 마신다.',
    ask: '단기 기억은 몇 개의 항목을 유지합니까?',
    question: '단기 기억은 몇 개의 항목을 유지합니까?',
    answer: '약 일곱 개의 항목',
    distractors: ['약 두 개의 항목', '약 열 개의 항목', '약 백 개의 항목'],
  },
};

/** Letters as old files have them: Arabic and Hebrew by their place in a word, Latin as wide and kana as narrow as a Han sign. */
const LOOKS = new Map<string, string>();
for (const [from, to] of [
  [0xfb1d, 0xfb4e],
  [0xfb50, 0xfdfb],
  [0xfe80, 0xfefc],
  [0xff01, 0xffdc],
] as const) {
  for (let code = from; code <= to; code++) {
    const look = String.fromCharCode(code);
    const plain = look.normalize('NFKC');
    if (plain.length === 1 && plain !== look && !LOOKS.has(plain)) LOOKS.set(plain, look);
  }
}
const FORMS = {
  composed: (text: string) => text.normalize('NFC'),
  decomposed: (text: string) => text.normalize('NFD'),
  'as old files have them': (text: string) => [...text].map((sign) => LOOKS.get(sign) ?? sign).join(''),
};

const CASES = Object.entries(NOTES).flatMap(([language, note]) =>
  Object.keys(FORMS).flatMap((stored) => [[language, stored as keyof typeof FORMS, note] as const]),
);

test.each(CASES)(
  '%s notes, %s, are found, proved, and made questions and cards of',
  async (_, stored, note) => {
    const write = FORMS[stored];
    const text = `# ${note.title}\n\n${note.fact}\n\n# Other\n\n${note.other}\n`;
    const { pages } = await extractDocument({
      bytes: new TextEncoder().encode(write(text)),
      mimeType: 'text/markdown',
      fileName: 'notes.md',
    });
    const [chunk] = chunkDocument(pages);
    const passage = chunk?.content ?? '';
    const weightsOf = (content: string) => {
      const weights = chunkWeights(indexedText([], content), isEnglishDocument(text));
      return new Set(weights.match(/\d+(?=:)/g)?.map(Number));
    };
    const fact = weightsOf(write(note.fact));
    const other = weightsOf(write(note.other));

    for (const form of Object.values(FORMS)) {
      const { ids } = lexicalQuery(form(note.ask));
      const hits = (terms: ReadonlySet<number>) => ids.filter((id) => terms.has(id)).length;
      expect(hits(fact)).toBeGreaterThan(hits(other));

      const claim = verifyClaim(form(note.fact), passage);
      expect(claim.verdict).toBe('verified');
      expect(claim.quote.normalize('NFKC')).toContain(note.fact.slice(0, -1).normalize('NFKC'));
      expect(verifyClaim(form(note.wrong), passage).verdict).not.toBe('verified');

      const draft = draftOf({
        concept: form(note.title),
        topic: form(note.title),
        question: form(note.question),
        answer: form(note.answer),
        distractors: note.distractors.map((text) => ({ text: form(text), why: form(note.other) })),
        explanation: form(note.fact),
        quote: form(note.fact),
      });
      const source = sourceOf(passageOf(passage), draft.quote);
      expect(source).not.toBeNull();
      expect(lintDraft(draft, source, passage)).toBeNull();
      const card = { front: note.question, back: note.answer };
      const again = { front: form(card.front), back: form(card.back) };
      expect(withoutDuplicates([again], [card]).fresh).toEqual([]);
    }
  },
);
