import { parseArgs } from 'node:util';
import { answerFigures, heldOutFigure } from './answers.ts';
import { claimFigures } from './claims.ts';
import { filesIn, hasCorpus, loadFile, readProbes, readQuestions } from './corpus.ts';
import { formatFigures } from './formats/measure.ts';
import { missingPrograms } from './formats/readings.ts';
import { addDocuments } from './ingest.ts';
import { materialFigures } from './material.ts';
import { quizFigures } from './quizzes.ts';
import { type Figure, printReport } from './report.ts';
import { pageFigure, retrievalFigures } from './retrieval.ts';
import { heldOutTalkFigure, routingFigures } from './routing.ts';
import { startEvalStack } from './stack.ts';

/**
 * Quality, measured: real notes are read by the product's own code into the local servers, and questions that other people
 * wrote are asked. `--verbose` lists what went wrong; `--held-out` asks each question again without its document. `--formats`
 * compares instead what is read of files of every kind with what pandoc, LibreOffice and poppler read of them; `--keep` names
 * the folder in which those stay for the next time.
 */
const { values } = parseArgs({
  options: {
    verbose: { type: 'boolean', default: false },
    'held-out': { type: 'boolean', default: false },
    formats: { type: 'boolean', default: false },
    keep: { type: 'string' },
  },
});

/** A scan without text has no pages to be found. */
const UNREADABLE = new Set(['pdf/scanned-handwritten-form.pdf']);

async function measure(): Promise<Figure[]> {
  const stack = await startEvalStack();
  try {
    const questions = await readQuestions();
    const notes = await Promise.all((await filesIn('notes')).map(loadFile));
    const reader = await stack.addStudent();
    const names = await addDocuments(stack, reader, notes);
    const retrieval = await retrievalFigures(stack, reader, names, questions);
    const material = await materialFigures(stack, { student: reader, names });
    const answers = await answerFigures(stack, reader, names, questions);
    if (values['held-out']) answers.push(await heldOutFigure(stack, reader, names, questions));

    const pdfNames = (await filesIn('pdf')).filter((name) => !UNREADABLE.has(name));
    const researcher = await stack.addStudent();
    const pdfs = await addDocuments(stack, researcher, await Promise.all(pdfNames.map(loadFile)));
    const pages = await pageFigure(stack, researcher, pdfs, await readProbes());
    const quizzes = await quizFigures(stack, [
      { student: reader, names },
      { student: researcher, names: pdfs },
    ]);
    return [...retrieval, ...material, pages, ...answers, ...quizzes];
  } finally {
    await stack.close();
  }
}

async function ofEverything(): Promise<Figure[]> {
  const figures = [...(await routingFigures()), heldOutTalkFigure(), ...(await claimFigures(hasCorpus()))];
  if (hasCorpus()) figures.push(...(await measure()));
  else console.log('No corpus at ../shared/corpus: only what needs none is measured.\n');
  return figures;
}

async function ofFormats(): Promise<Figure[]> {
  const missing = await missingPrograms();
  if (!hasCorpus()) missing.push('../shared/corpus');
  if (missing.length > 0)
    throw new Error(
      `Formats are compared with the readings of others, and these are missing: ${missing.join(', ')}.`,
    );
  return formatFigures({ keep: values.keep });
}

const figures = values.formats ? await ofFormats() : await ofEverything();
if (!printReport(figures, { verbose: values.verbose })) process.exitCode = 1;
