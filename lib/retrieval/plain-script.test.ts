import { expect, test } from 'vitest';
import { findQuote } from './find-quote.ts';
import { terms } from './tokenizer.ts';

test.each([
  ['Arabic with its signs of reading', 'الخلية هي الوحدة', 'الخَلِيَّةُ هِيَ الوَحْدَةُ'],
  ['Arabic that is stretched', 'الخلية هي الوحدة', 'الخـــلية هي الوحـدة'],
  ['Arabic in forms of presentation', 'الخلية هي الوحدة الأساسية', 'ﺍﻟﺨﻠﻴﺔ ﻫﻲ ﺍﻟﻮﺣﺪﺓ ﺍﻷﺳﺎﺳﻴﺔ'],
  ['Arabic whose alef bears nothing', 'الأساسية إلى آخر', 'الاساسية الى اخر'],
  ['Arabic numbers', 'العدد 123', 'العدد ١٢٣'],
  ['Persian on an Arabic keyboard', 'کتاب علی ۱۲', 'كتاب علي 12'],
  ['Persian with and without its joints', 'می‌خواهم', 'میخواهم'],
  ['Hebrew with points', 'התא הוא יחידת החיים', 'הַתָּא הוּא יְחִידַת הַחַיִּים'],
  ['Hindi in parts', 'क़लम और ज़मीन 123', 'क़लम और ज़मीन १२३'.normalize('NFD')],
  ['Bengali and Thai numbers', 'সংখ্যা 45 ข้อ 67', 'সংখ্যা ৪৫ ข้อ ๖๗'],
  ['Russian without its dots', 'отделяет её от среды', 'отделяет ее от среды'],
  ['Japanese in narrow kana', 'ミトコンドリア ATP', 'ﾐﾄｺﾝﾄﾞﾘｱ ＡＴＰ'],
  ['Korean in letters', '세포는 생명의 단위', '세포는 생명의 단위'.normalize('NFD')],
  ['Thai whose am is two signs', 'น้ำ ทำ', 'น้ํา ทํา'],
  ['Polish in parts', 'Błona oddziela komórkę', 'Błona oddziela komórkę'.normalize('NFD')],
])('%s is found and proved as it is usually written', (_, usual, other) => {
  expect(findQuote(other, `Xx. ${usual} yy.`)).not.toBeNull();
  expect(findQuote(usual, `Xx. ${other} yy.`)).not.toBeNull();
  expect(terms(other)).toEqual(terms(usual));
});

test.each([
  ['Hebrew', 'התא הוא יחידה', 'התא היא יחידה'],
  ['Arabic', 'العدد ١٢٣', 'العدد ١٢٤'],
  ['Hindi', 'संख्या १२३', 'संख्या १२४'],
  ['Russian', 'все клетки', 'вся клетка'],
])('another word or number of %s is none of it', (_, one, other) => {
  expect(findQuote(one, other)).toBeNull();
});
