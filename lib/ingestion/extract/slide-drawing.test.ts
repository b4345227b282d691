import { describe, expect, test } from 'vitest';
import { slideDrawingSchema } from '../../domain/slide.ts';
import { odpDrawing } from './odp-drawing.ts';
import { pptxDrawing } from './pptx-drawing.ts';
import { odfOf, pptxOf } from './test-files.ts';

const EMU = 12_700;
const xfrm = (x: number, y: number, width: number, height: number, more = '') =>
  `<a:xfrm><a:off x="${x * EMU}" y="${y * EMU}"/><a:ext cx="${width * EMU}" cy="${height * EMU}"/>${more}</a:xfrm>`;
const shape = (place: string, text: string, { look = '', run = '' } = {}) =>
  `<p:sp><p:nvSpPr><p:cNvPr id="1" name=""/><p:nvPr/></p:nvSpPr><p:spPr>${place}${look}</p:spPr><p:txBody><a:bodyPr anchor="ctr"/><a:p><a:pPr algn="ctr"/><a:r><a:rPr ${run}/><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
const grouped = (inner: string) =>
  `<p:grpSp><p:nvGrpSpPr/><p:grpSpPr>${xfrm(100, 50, 200, 100, `<a:chOff x="0" y="0"/><a:chExt cx="${400 * EMU}" cy="${200 * EMU}"/>`)}</p:grpSpPr>${inner}</p:grpSp>`;
const cell = (text: string, more = '') =>
  `<a:tc ${more}><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody><a:tcPr/></a:tc>`;
const table = `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name=""/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="${200 * EMU}"/><a:ext cx="${200 * EMU}" cy="${80 * EMU}"/></p:xfrm><a:graphic><a:graphicData><a:tbl><a:tblGrid><a:gridCol w="${50 * EMU}"/><a:gridCol w="${150 * EMU}"/></a:tblGrid><a:tr h="${40 * EMU}">${cell('Wide', 'gridSpan="2"')}${cell('', 'hMerge="1"')}</a:tr><a:tr h="${40 * EMU}">${cell('A')}${cell('B')}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
const round = '<a:prstGeom prst="roundRect"/><a:solidFill><a:srgbClr val="2F54C4"/></a:solidFill>';
const frame = (x: number, y: number, inner: string, more = '') =>
  `<draw:frame svg:x="${x}pt" svg:y="${y}pt" svg:width="200pt" svg:height="40pt" ${more}>${inner}</draw:frame>`;
const styles =
  '<style:style style:name="g1" style:family="graphic"><style:graphic-properties draw:fill="solid" draw:fill-color="#2F54C4" draw:textarea-vertical-align="middle"/><style:text-properties fo:font-size="20pt" fo:color="#ffffff"/></style:style><style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>';

const drawn = (drawing: unknown) =>
  slideDrawingSchema.parse(drawing).shapes.map(({ x, y, width, height, form, fill, text }) => ({
    at: [x, y, width, height].map(Math.round),
    form,
    fill,
    says: text?.paragraphs.map(({ runs }) => runs.map((run) => run.text).join('')).join('\n') ?? '',
  }));

describe('a slide', () => {
  test('of PowerPoint is drawn where its shapes stand: in groups, turned, in tables', () => {
    const bytes = pptxOf([
      {
        shapes: `${shape(xfrm(10, 20, 300, 60), 'Osmosis', { look: round, run: 'sz="2400" b="1" baseline="30000"' })}${grouped(shape(xfrm(40, 20, 100, 60), 'Within'))}${table}`,
      },
    ]);
    const drawing = pptxDrawing(bytes, 1);
    expect([drawing?.width, drawing?.height, drawing?.background]).toEqual([720, 540, '#ffffff']);
    expect(drawn(drawing)).toEqual([
      { at: [10, 20, 300, 60], form: 'round', fill: '#2f54c4', says: 'Osmosis' },
      { at: [120, 60, 50, 30], form: 'rectangle', fill: null, says: 'Within' },
      { at: [0, 200, 200, 40], form: 'rectangle', fill: null, says: 'Wide' },
      { at: [0, 240, 50, 40], form: 'rectangle', fill: null, says: 'A' },
      { at: [50, 240, 150, 40], form: 'rectangle', fill: null, says: 'B' },
    ]);
    expect(drawing?.shapes[0]?.text).toMatchObject({
      anchor: 'middle',
      paragraphs: [{ align: 'center', runs: [{ size: 24, isBold: true, raise: 1 }] }],
    });
    expect(pptxDrawing(bytes, 2)).toBeNull();
  });

  test('of OpenDocument is drawn by its styles', () => {
    const list =
      '<text:list><text:list-item><text:p>Water <text:span text:style-name="T1">moves</text:span></text:p></text:list-item></text:list>';
    const bytes = odfOf(
      'presentation',
      `<draw:page>${frame(30, 40, `<draw:text-box>${list}</draw:text-box>`, 'draw:style-name="g1"')}<draw:line svg:x1="10pt" svg:y1="90pt" svg:x2="60pt" svg:y2="20pt"/></draw:page>`,
      { styles },
    );
    const drawing = odpDrawing(bytes, 1);
    expect(drawn(drawing)).toEqual([
      { at: [30, 40, 200, 40], form: 'rectangle', fill: '#2f54c4', says: 'Water moves' },
      { at: [10, 20, 50, 70], form: 'rising', fill: null, says: '' },
    ]);
    expect(drawing?.shapes[0]?.text?.paragraphs).toMatchObject([
      {
        mark: '•',
        runs: [
          { text: 'Water ', size: 20, color: '#ffffff', isBold: false },
          { text: 'moves', isBold: true },
        ],
      },
    ]);
    expect(odpDrawing(bytes, 2)).toBeNull();
  });
});
