import ICAL from 'ical.js';
import { addDays } from '../../calendar/dates.ts';
import type { Plan } from '../../domain/plan.ts';
import { inEnglish } from '../../language/text.ts';
import { told } from '../../language/told.ts';
import { tasksOf } from './plan.ts';

type CalendarFacts = {
  planId: string;
  /** Grows with every change; a calendar takes the higher number for the newer event. */
  version: number;
  updatedAt: Date;
  /** Where links of the plan lead, without a slash at the end. */
  appUrl: string;
};

/** RFC 5545 allows lines of 75 octets; this library counts a folded line without the space it begins with. */
const FOLD_OCTETS = 74;

/** Control characters are not allowed in calendar text, whatever a title was pasted from. */
const printable = (text: string) => text.replace(/[^\P{Cc}\n]/gu, ' ');

/** A whole day: it is that date wherever the calendar is opened, so no time zone can move it. */
function addAllDayEvent(
  calendar: ICAL.Component,
  facts: CalendarFacts,
  event: { id: string; date: string; summary: string; description: string; url: string; isBusy: boolean },
) {
  const component = new ICAL.Component('vevent');
  const day = (date: string) => ICAL.Time.fromDateString(date);
  component.updatePropertyWithValue('uid', `${event.id}.${facts.planId}@clerva`);
  component.updatePropertyWithValue('dtstamp', ICAL.Time.fromJSDate(facts.updatedAt, true));
  component.updatePropertyWithValue('sequence', facts.version);
  component.updatePropertyWithValue('dtstart', day(event.date));
  component.updatePropertyWithValue('dtend', day(addDays(event.date, 1)));
  component.updatePropertyWithValue('summary', printable(event.summary));
  if (event.description !== '') {
    component.updatePropertyWithValue('description', printable(event.description));
  }
  component.updatePropertyWithValue('url', event.url);
  component.updatePropertyWithValue('transp', event.isBusy ? 'OPAQUE' : 'TRANSPARENT');
  calendar.addSubcomponent(component);
}

/**
 * The plan as a calendar file: one event for each task on its day, and the exam. A task keeps its UID, so that importing
 * the file again moves the events that moved instead of adding others.
 */
export function planCalendar(plan: Plan, facts: CalendarFacts, t = inEnglish): string {
  const said = (words: string) => told(words, plan.detail.said, t);
  const title = said(plan.title);
  const calendar = new ICAL.Component('vcalendar');
  calendar.updatePropertyWithValue('prodid', '-//Clerva//Study plan//EN');
  calendar.updatePropertyWithValue('version', '2.0');
  calendar.updatePropertyWithValue('calscale', 'GREGORIAN');
  calendar.updatePropertyWithValue('method', 'PUBLISH');
  // The library knows no type of a name that is not in the standard, and writes its text as it is.
  const name = printable(title)
    .replace(/\s+/g, ' ')
    .replace(/[\\;,]/g, '\\$&');
  calendar.updatePropertyWithValue('x-wr-calname', name);

  const planUrl = `${facts.appUrl}/plan`;
  for (const task of tasksOf(plan)) {
    const url = task.link === null ? planUrl : `${facts.appUrl}${task.link}`;
    addAllDayEvent(calendar, facts, {
      id: task.id,
      date: task.date,
      summary: `${task.completed ? t('Done: {title}', { title: said(task.title) }) : said(task.title)} (${task.etaMin} min)`,
      description: [
        task.reason && said(task.reason),
        task.movedFrom === null ? null : t('Moved from {date}.', { date: task.movedFrom }),
        url,
      ]
        .filter((line) => line !== null)
        .join('\n'),
      url,
      isBusy: false,
    });
  }
  if (plan.deadline !== null) {
    addAllDayEvent(calendar, facts, {
      id: 'deadline',
      date: plan.deadline,
      summary: t('Deadline: {title}', { title }),
      description: '',
      url: planUrl,
      isBusy: false,
    });
  }
  ICAL.foldLength = FOLD_OCTETS;
  // The property list ends without a line break, which the format asks for.
  return `${calendar.toString()}\r\n`;
}
