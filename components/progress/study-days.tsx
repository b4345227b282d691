import { useText } from '#use-text';
import { DataTable } from '@/components/ui/data-table';
import { addDays, datesBetween, daysBetween, mondayOf } from '@/lib/calendar/dates';
import { amount, datedFrom, dayOfMonth, inWords, shortWeekday } from '@/lib/calendar/words';
import type { StudyDays } from '@/lib/domain/study-days';
import type { Translate } from '@/lib/language/text';

type Day = StudyDays['days'][number];

/** A year on a wide page; what a phone has room for in squares that can be told apart. */
const WEEKS = 52;
const WEEKS_ON_PHONE = 18;
const RECENT_DAYS = 28;

/** From how many minutes a square is darker. */
const SHADES = [
  { minutes: 45, fill: 'bg-ink' },
  { minutes: 20, fill: 'bg-ink/70' },
  { minutes: 8, fill: 'bg-ink/45' },
  { minutes: 1, fill: 'bg-ink/20' },
  { minutes: 0, fill: 'bg-sunk' },
];

const fillOf = (minutes: number) => SHADES.find((shade) => minutes >= shade.minutes)?.fill;

const told = ({ minutes, questions, reviews }: Day, t: Translate) =>
  [
    t('{minutes, plural, one {# minute} other {# minutes}}', { minutes }),
    questions > 0 && t('{questions, plural, one {# question} other {# questions}}', { questions }),
    reviews > 0 && t('{reviews, plural, one {# review} other {# reviews}}', { reviews }),
  ]
    .filter(Boolean)
    .join(', ');

/** What the last four weeks were, as the title. No streak: a day off is no loss. */
export function daysHeadline({ today, days }: StudyDays, t: Translate): string {
  const recent = days.filter(({ date }) => daysBetween(date, today) < RECENT_DAYS);
  if (recent.length === 0) return t('No study in the last four weeks');
  const minutes = recent.reduce((sum, day) => sum + day.minutes, 0);
  return t(
    '{count, plural, one {# day} other {# days}} and {minutes, plural, one {# minute} other {# minutes}} in the last four weeks',
    { count: recent.length, minutes },
  );
}

/** A month is named above the week its first day lies in. */
const monthOf = (monday: string, t: Translate) => {
  const first = datesBetween(monday, addDays(monday, 6)).find((date) => dayOfMonth(date) === 1);
  return first && inWords(first, 'month', t.language).slice(0, 3);
};

type WeekProps = { monday: string; today: string; known: ReadonlyMap<string, Day>; isOld: boolean };

const Week = ({ monday, today, known, isOld }: WeekProps) => {
  const t = useText();
  return (
    <div className={`min-w-0 flex-1 flex-col gap-0.5 ${isOld ? 'hidden md:flex' : 'flex'}`}>
      <span className="h-4.5 whitespace-nowrap text-ink-3 text-xs leading-4">
        {addDays(monday, 6) < today && monthOf(monday, t)}
      </span>
      {datesBetween(monday, addDays(monday, 6)).map((date) => {
        const day = known.get(date);
        if (date > today) return <span key={date} className="aspect-square w-full" />;
        return (
          <span
            key={date}
            title={`${datedFrom(date, today, t.language)}: ${day ? told(day, t) : t('nothing')}`}
            className={`aspect-square w-full rounded-[2px] ${fillOf(day?.minutes ?? 0)}`}
          />
        );
      })}
    </div>
  );
};

const Weekdays = ({ monday }: { monday: string }) => {
  const t = useText();
  return (
    <div className="flex w-7 shrink-0 flex-col gap-0.5 pt-5 text-ink-3 text-xs leading-none">
      {datesBetween(monday, addDays(monday, 6)).map((date, index) => (
        <span key={date} className="flex min-h-0 flex-1 items-center">
          {index % 2 === 0 && index < 6 && shortWeekday(date, t.language)}
        </span>
      ))}
    </div>
  );
};

const Legend = () => {
  const t = useText();
  return (
    <p className="mt-2 flex items-center gap-1 text-ink-3 text-xs">
      <span className="pr-1">{t('less')}</span>
      {SHADES.toReversed().map(({ fill }) => (
        <span key={fill} className={`size-2.5 rounded-[2px] ${fill}`} />
      ))}
      <span className="pl-1">{t('more minutes')}</span>
    </p>
  );
};

/** The days of a year, each as dark as it was long. */
export function StudyDaysChart({ studied }: { studied: StudyDays }) {
  const t = useText();
  const { today, days } = studied;
  if (days.length === 0) return null;
  const last = mondayOf(today);
  const mondays = Array.from({ length: WEEKS }, (_, index) => addDays(last, (index + 1 - WEEKS) * 7));
  const known = new Map(days.map((day) => [day.date, day]));
  const sum = (of: (day: Day) => number) => days.reduce((total, day) => total + of(day), 0);
  return (
    <section aria-labelledby="studied" className="mt-10">
      <h2 id="studied" className="font-semibold">
        {daysHeadline(studied, t)}
      </h2>
      <p className="text-ink-3 text-xs">
        {t('{count} questions answered and {count2} cards reviewed in a year.', {
          count: amount(
            sum(({ questions }) => questions),
            t.language,
          ),
          count2: amount(
            sum(({ reviews }) => reviews),
            t.language,
          ),
        })}
      </p>
      <DataTable
        caption={t('Days studied')}
        columns={[t('Day'), t('Minutes'), t('Questions'), t('Reviews')]}
        rows={days.map((day) => [
          datedFrom(day.date, today, t.language),
          day.minutes,
          day.questions,
          day.reviews,
        ])}
      />
      <div aria-hidden="true" className="mt-3">
        <div className="flex gap-0.5">
          <Weekdays monday={last} />
          {mondays.map((monday, index) => (
            <Week
              key={monday}
              monday={monday}
              today={today}
              known={known}
              isOld={index < WEEKS - WEEKS_ON_PHONE}
            />
          ))}
        </div>
        <Legend />
      </div>
    </section>
  );
}
