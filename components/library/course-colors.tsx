'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { AS_MADE } from '@/components/client/known-answers';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu';
import { ProblemText } from '@/components/ui/problem-text';
import { COURSE_COLORS, type CourseColor, type CourseColors, colorOfCourse } from '@/lib/domain/course';
import { type Message, text } from '@/lib/language/text';
import { api } from '@/lib/links';

const NAMES: Record<CourseColor, Message> = {
  sky: text('sky'),
  teal: text('teal'),
  leaf: text('leaf'),
  olive: text('olive'),
  amber: text('amber'),
  rust: text('rust'),
  rose: text('rose'),
  slate: text('slate'),
};
const FILLS: Record<CourseColor, string> = {
  sky: 'bg-course-sky',
  teal: 'bg-course-teal',
  leaf: 'bg-course-leaf',
  olive: 'bg-course-olive',
  amber: 'bg-course-amber',
  rust: 'bg-course-rust',
  rose: 'bg-course-rose',
  slate: 'bg-course-slate',
};

type Profile = { profile: { courseColors: CourseColors } };
type Told = { profile?: Profile['profile'] };

function useCourseColors() {
  const { data, mutate } = useSWR<Told>(api.ownProfile, requestJson, AS_MADE);
  // Without an answer that names any, each course has the colour of its name.
  const chosen = data?.profile?.courseColors ?? {};
  const choose = async (course: string, color: CourseColor) => {
    // What another tab chose meanwhile stays.
    const { profile } = await requestJson<Profile>(api.ownProfile);
    const courseColors = { ...profile.courseColors, [course]: color };
    const changed = await requestJson<Profile>(api.ownProfile, { method: 'PATCH', body: { courseColors } });
    await mutate(changed, { revalidate: false });
  };
  return { colorOf: (course: string) => colorOfCourse(course, chosen), choose };
}

/** Never alone: the name of the course stands beside it, or is said. */
export function CourseDot({ course, className }: { course: string; className?: string }) {
  const { colorOf } = useCourseColors();
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'inline-block size-2.5 shrink-0 rounded-full forced-colors:border',
        FILLS[colorOf(course)],
        className,
      )}
    />
  );
}

/** The dot of a course, which is pressed to choose another colour. */
export function CourseColorMenu({ course }: { course: string }) {
  const t = useText();
  const { colorOf, choose } = useCourseColors();
  const { run, problem } = useAction(choose);
  return (
    <>
      <Menu>
        <MenuTrigger
          aria-label={t('Colour of {course}: {colorOf}', { course, colorOf: t(NAMES[colorOf(course)]) })}
          className="-my-3 -ml-3 grid size-11 place-items-center rounded-2 hover:bg-sunk md:-my-2 md:-ml-2 md:size-9"
        >
          <CourseDot course={course} className="size-3" />
        </MenuTrigger>
        <MenuContent align="start">
          {COURSE_COLORS.map((color) => (
            <MenuItem key={color} onSelect={() => void run(course, color)}>
              <span aria-hidden="true" className={clsx('size-3 rounded-full', FILLS[color])} />
              <span className="flex-1 first-letter:uppercase">{t(NAMES[color])}</span>
              {color === colorOf(course) && <Check aria-label={t('chosen')} className="size-4" />}
            </MenuItem>
          ))}
        </MenuContent>
      </Menu>
      <ProblemText problem={problem} />
    </>
  );
}
