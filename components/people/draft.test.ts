import { expect, test } from 'vitest';
import { LANGUAGES } from '@/lib/domain/language';
import { translatorOf } from '@/lib/language/catalogues';
import { draftFor, NOW, retimed } from './draft';
import { insight } from './test-people';

const said = {
  'Hi Inês, 25 minutes now?': {
    text: 'Hi {name}, 25 minutes {when}?',
    values: { name: 'Inês', when: 'now' },
  },
  now: { text: 'now', values: {} },
};
const free = insight({ canStudyNow: true, draftMessage: 'Hi Inês, 25 minutes now?', said });

test.each(LANGUAGES)(
  'a draft takes another time and gives it back, whatever stands before its mark: %s',
  (language) => {
    const t = translatorOf(language);
    const draft = draftFor(free, NOW, t);
    expect(draft).toContain(t('now'));
    const later = retimed(draft, NOW, null, free, t);
    expect(later).toContain(t('some time this week'));
    expect(later.at(-1)).toBe('?');
    expect(retimed(later, null, NOW, free, t)).toBe(draft);
  },
);
