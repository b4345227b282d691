'use client';

import { useRouter } from 'next/navigation';
import { changeProfile } from '@/components/people/requests';
import { Form } from '@/components/ui/form';
import { TextField } from '@/components/ui/text-field';
import { MAX_NAME_CHARACTERS, MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import type { OwnProfile } from '@/lib/domain/profile';
import { ChipsField } from './chips-field';
import { SaveLine } from './save-line';
import { SelectField } from './select-field';
import { useSaved } from './use-saved';

const STYLES = [
  { value: '', name: 'Not said' },
  { value: 'visual', name: 'By seeing' },
  { value: 'auditory', name: 'By listening and talking' },
  { value: 'kinesthetic', name: 'By doing' },
  { value: 'reading', name: 'By reading and writing' },
] as const;

type FieldsProps = { fields: OwnProfile; edit: (change: Partial<OwnProfile>) => void };

/** What the student is called, studies and wants. */
function AboutFields({ fields, edit }: FieldsProps) {
  return (
    <>
      <TextField
        label="Name"
        value={fields.displayName ?? ''}
        onChange={(event) => edit({ displayName: event.target.value || null })}
        maxLength={MAX_NAME_CHARACTERS}
        autoComplete="given-name"
        hint="What I call you, and what others see if you let them. A first name is enough."
      />
      <TextField
        label="Level"
        value={fields.gradeLevel ?? ''}
        onChange={(event) => edit({ gradeLevel: event.target.value || null })}
        maxLength={MAX_NAME_CHARACTERS}
        autoComplete="off"
        hint="For example Year 11, or Bachelor, year 2"
      />
      <ChipsField
        id="subjects"
        noun="subject"
        label="Subjects"
        hint="What you study. Others are matched by it first."
        values={fields.subjects}
        maxCharacters={MAX_NAME_CHARACTERS}
        onChange={(subjects) => edit({ subjects })}
      />
      <ChipsField
        noun="goal"
        label="Goals"
        hint="Only for you and me."
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
  const router = useRouter();
  const { fields, state, problem, edit, submit } = useSaved(
    profile,
    ({ displayName, gradeLevel, subjects, goals, learningStyle, timezone }) =>
      changeProfile({ displayName, gradeLevel, subjects, goals, learningStyle, timezone }),
  );
  const save = async () => {
    // The name and the clock stand elsewhere on the page too.
    if (await submit()) router.refresh();
  };
  return (
    <Form onSend={() => void save()} className="grid gap-5">
      <AboutFields fields={fields} edit={edit} />
      <SelectField
        label="I learn best"
        value={fields.learningStyle ?? ''}
        options={STYLES}
        onChange={(value) =>
          edit({ learningStyle: STYLES.find((style) => style.value === value)?.value || null })
        }
      />
      <SelectField
        label="Time zone"
        hint="Times, free hours and quiet hours go by this clock."
        value={fields.timezone}
        options={timezones.map(zoneOption)}
        onChange={(timezone) => edit({ timezone })}
      />
      <SaveLine state={state} problem={problem} />
    </Form>
  );
}
