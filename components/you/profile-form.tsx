'use client';

import { useRouter } from 'next/navigation';
import { useText } from '#use-text';
import { keepLanguage } from '@/components/language/language-choice';
import { changeProfile } from '@/components/people/requests';
import { Form } from '@/components/ui/form';
import { TextField } from '@/components/ui/text-field';
import { MAX_NAME_CHARACTERS, MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '@/lib/domain/language';
import type { OwnProfile } from '@/lib/domain/profile';
import { text } from '@/lib/language/text';
import { ChipsField } from './chips-field';
import { SaveLine } from './save-line';
import { SelectField } from './select-field';
import { useSaved } from './use-saved';

const STYLES = [
  { value: '', name: text('Not said') },
  { value: 'visual', name: text('By seeing') },
  { value: 'auditory', name: text('By listening and talking') },
  { value: 'kinesthetic', name: text('By doing') },
  { value: 'reading', name: text('By reading and writing') },
] as const;

type FieldsProps = { fields: OwnProfile; edit: (change: Partial<OwnProfile>) => void };

/** What the student is called, studies and wants. */
function AboutFields({ fields, edit }: FieldsProps) {
  const t = useText();
  return (
    <>
      <TextField
        label={t('Name')}
        value={fields.displayName ?? ''}
        onChange={(event) => edit({ displayName: event.target.value || null })}
        maxLength={MAX_NAME_CHARACTERS}
        autoComplete="given-name"
        hint={t('What I call you, and what others see if you let them. A first name is enough.')}
      />
      <TextField
        label={t('Level')}
        value={fields.gradeLevel ?? ''}
        onChange={(event) => edit({ gradeLevel: event.target.value || null })}
        maxLength={MAX_NAME_CHARACTERS}
        autoComplete="off"
        hint={t('For example Year 11, or Bachelor, year 2')}
      />
      <ChipsField
        id="subjects"
        noun={t('subject')}
        label={t('Subjects')}
        hint={t('What you study. Others are matched by it first.')}
        values={fields.subjects}
        maxCharacters={MAX_NAME_CHARACTERS}
        onChange={(subjects) => edit({ subjects })}
      />
      <ChipsField
        noun={t('goal')}
        label={t('Goals')}
        hint={t('Only for you and me.')}
        values={fields.goals}
        maxCharacters={MAX_TITLE_CHARACTERS}
        onChange={(goals) => edit({ goals })}
      />
    </>
  );
}

/** `America/Argentina/Ushuaia`: Argentina/Ushuaia, among those of America. */
function zoneOption(zone: string) {
  const at = zone.indexOf('/');
  const name = zone.slice(at + 1).replaceAll('_', ' ');
  return { value: zone, name, group: at === -1 ? undefined : zone.slice(0, at) };
}

type ProfileFormProps = { profile: OwnProfile; timezones: readonly string[] };

/** Who the student is to Clerva, and as far as they let themselves be found, to others. */
export function ProfileForm({ profile, timezones }: ProfileFormProps) {
  const t = useText();
  const router = useRouter();
  const { fields, state, problem, edit, submit } = useSaved(
    'profile',
    profile,
    ({ displayName, gradeLevel, subjects, goals, learningStyle, language, timezone }) =>
      changeProfile({ displayName, gradeLevel, subjects, goals, learningStyle, language, timezone }),
  );
  const save = async () => {
    if (!(await submit())) return;
    keepLanguage(fields.language);
    // The name, the clock and the language are of the whole page.
    router.refresh();
  };
  return (
    <Form onSend={() => void save()} className="grid gap-5">
      <AboutFields fields={fields} edit={edit} />
      <SelectField
        label={t('I learn best')}
        value={fields.learningStyle ?? ''}
        options={STYLES.map(({ value, name }) => ({ value, name: t(name) }))}
        onChange={(value) =>
          edit({ learningStyle: STYLES.find((style) => style.value === value)?.value || null })
        }
      />
      <SelectField
        label={t('Language')}
        hint={t('Of the pages. Answers are in the language of your question.')}
        value={fields.language ?? ''}
        options={[
          { value: '', name: t('As the browser') },
          ...LANGUAGES.map((value) => ({ value, name: LANGUAGE_NAMES[value] })),
        ]}
        onChange={(value) => edit({ language: isLanguage(value) ? value : null })}
      />
      <SelectField
        label={t('Time zone')}
        hint={t('Times, free hours and quiet hours go by this clock.')}
        value={fields.timezone}
        options={timezones.map(zoneOption)}
        onChange={(timezone) => edit({ timezone })}
      />
      <SaveLine state={state} problem={problem} />
    </Form>
  );
}
