import type { Fact, Knowledge } from '../../facts/types.ts';
import type { Draft } from '../types.ts';
import { writeCloze } from './cloze.ts';
import { writeDefinition } from './definition.ts';
import { writeFigure } from './figure.ts';
import { writeList } from './list.ts';
import { writeReason } from './reason.ts';
import { writeSequence } from './sequence.ts';
import { writeSubject } from './subject.ts';

/** The questions that a fact allows; none when the notes hold too few wrong choices that are near enough. */
export function writeDrafts(knowledge: Knowledge, fact: Fact): Draft[] {
  switch (fact.kind) {
    case 'definition':
      return writeDefinition(knowledge, fact);
    case 'subject':
      return writeSubject(knowledge, fact);
    case 'cloze':
      return writeCloze(knowledge, fact);
    case 'year':
    case 'number':
      return writeFigure(knowledge, fact);
    case 'reason':
      return writeReason(knowledge, fact);
    case 'sequence':
      return writeSequence(knowledge, fact);
    case 'list':
      return writeList(knowledge, fact);
  }
}
