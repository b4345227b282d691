import { AppError } from '../../errors.ts';
import { chartOf } from './chart.ts';
import { allOf, childOf, childrenOf, escaped, textOf, type XmlElement, xmlTree } from './xml.ts';
import type { Archive } from './zip-guard.ts';

/** What the office formats of Microsoft share: parts that name each other, charts, diagrams. */
export type Relationship = { type: string; target: string; isExternal: boolean };

/** `../media/a.png` as seen from `ppt/slides/slide1.xml`. */
function resolved(from: string, target: string): string {
  const path = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
}

export function relationshipsOf(archive: Archive, part: string): Map<string, Relationship> {
  const cut = part.lastIndexOf('/') + 1;
  const xml = archive.text(`${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`);
  const found = new Map<string, Relationship>();
  if (xml === undefined) return found;
  for (const { attributes } of allOf(xmlTree(xml), 'Relationship')) {
    const { Id: id, Type: type = '', Target: target = '', TargetMode: mode } = attributes;
    const isExternal = mode === 'External';
    if (id === undefined) continue;
    found.set(id, {
      type: type.slice(type.lastIndexOf('/') + 1),
      target: isExternal ? target : resolved(part, target),
      isExternal,
    });
  }
  return found;
}

const USUAL_MAIN = ['word/document.xml', 'ppt/presentation.xml', 'xl/workbook.xml'];
const isThere = ({ names }: Archive, part: string): boolean =>
  names.some((name) => name.toLowerCase() === part.toLowerCase());

/** The part that the package begins with, whatever its name. */
export function mainPart(archive: Archive): string {
  const named = partOf(relationshipsOf(archive, ''), 'officeDocument');
  const main = [named, ...USUAL_MAIN].find((part) => part !== undefined && isThere(archive, part));
  if (main === undefined) throw new AppError('file_damaged');
  return main;
}

export function partOf(relationships: ReadonlyMap<string, Relationship>, type: string): string | undefined {
  return [...relationships.values()].find((one) => one.type === type && !one.isExternal)?.target;
}

/** What a package says it is called. */
export function titleOf(archive: Archive): string | undefined {
  const xml = archive.text('docProps/core.xml');
  const [title] = xml === undefined ? [] : allOf(xmlTree(xml), 'dc:title');
  return title && textOf(title);
}

const tableOf = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('')}</table>`;

/** A chart's title and the table it was drawn from. */
function chartHtml(xml: string): string {
  const { titles, categories, series } = chartOf(xmlTree(xml));
  const rows = categories.map((category, index) => [
    category,
    ...series.map(({ values }) => values[index] ?? ''),
  ]);
  const head = series.some(({ name }) => name !== '') ? [['', ...series.map(({ name }) => name)]] : [];
  return `<p>${escaped(`Chart: ${titles.join(' · ')}`)}</p>${rows.length > 0 ? tableOf([...head, ...rows]) : ''}`;
}

/** The words of a diagram (SmartArt), one entry a line. */
export function diagramHtml(xml: string): string {
  const points = [...allOf(xmlTree(xml), 'pt')].map((point) =>
    childrenOf(childOf(point, 't'), 'p')
      .map((paragraph) => [...allOf(paragraph, 't')].map(textOf).join(''))
      .join(' '),
  );
  const said = points.filter((text) => text.trim() !== '');
  return said.length > 0 ? `<ul>${said.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul>` : '';
}

/** Charts and diagrams that a drawing names. */
export function drawnHtml(
  drawing: XmlElement,
  archive: Archive,
  relationships: ReadonlyMap<string, Relationship>,
): string {
  const part = (id: string | undefined) => {
    const found = relationships.get(id ?? '');
    return found && !found.isExternal ? archive.text(found.target) : undefined;
  };
  const charts = [...allOf(drawing, 'chart')].map(({ attributes }) =>
    part(attributes['r:id'] ?? attributes.id),
  );
  const diagrams = [...allOf(drawing, 'relIds')].map(({ attributes }) =>
    part(attributes['r:dm'] ?? attributes.dm),
  );
  return (
    charts.map((xml) => (xml === undefined ? '' : chartHtml(xml))).join('') +
    diagrams.map((xml) => (xml === undefined ? '' : diagramHtml(xml))).join('')
  );
}
