import { type Message, type Translate, text } from '@/lib/language/text';

/** What a line of the record is about, by the name its table has there. */
export const THINGS: Readonly<Record<string, Message>> = {
  agent_task: text('task'),
  availability: text('times when you are free'),
  belief_contest: text('objection to a strength or weakness'),
  'chat.attachment': text('attachment'),
  'chat.message': text('message in a conversation'),
  'chat.thread': text('conversation'),
  deck: text('deck'),
  document: text('document'),
  flashcard: text('card'),
  highlight: text('mark in a document'),
  memory: text('fact I remember'),
  note: text('note'),
  note_image: text('picture in a note'),
  note_version: text('earlier version of a note'),
  nudge: text('message to a student'),
  'person.block': text('block of a student'),
  persona: text('tutor style'),
  plan: text('plan'),
  profile: text('profile'),
  push_subscription: text('device for notifications'),
  quiz: text('quiz'),
  quiz_attempt: text('attempt at a quiz'),
  quiz_item_report: text('report of a question'),
  report: text('report of a student'),
  review: text('review of a card'),
  room: text('room'),
  room_member: text('seat in a room'),
  room_message: text('message in a room'),
  room_race: text('race in a room'),
  share: text('link to a conversation'),
  thread_summary: text('summary of a conversation'),
};

const CHANGES: Readonly<Record<string, Message>> = {
  added: text('Added: {thing}'),
  changed: text('Changed: {thing}'),
  removed: text('Removed: {thing}'),
};

/** What is no row that was added, changed or removed. */
export const ACTS: Readonly<Record<string, Message>> = {
  'account.email_change_asked': text('Asked for another email address'),
  'account.email_changed': text('Email address changed'),
  'account.password_changed': text('Password changed'),
  'chat.turned_off': text('Turned questions off for everybody'),
  'chat.turned_on': text('Turned questions on for everybody'),
  'nudge.sent': text('Sent a message to a student'),
  'person.blocked': text('Blocked a student'),
  'person.reported': text('Reported a student'),
  request: text('A request to this server'),
  'room.code_refused': text('A wrong code of a room'),
  'session.others_signed_out': text('Signed out other devices'),
  'session.signed_in': text('Signed in'),
  'session.signed_out': text('Signed out'),
  tool: text('A step of an answer'),
};

/** An act in words; by its name where that is of no kind known here. */
export function actInWords(action: string, t: Translate): string {
  const act = ACTS[action];
  if (act) return t(act);
  const dot = action.lastIndexOf('.');
  const [thing, change] = [THINGS[action.slice(0, dot)], CHANGES[action.slice(dot + 1)]];
  return thing && change ? t(change, { thing: t(thing) }) : action;
}
