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

  test('of PowerPoint shows gradients, forms, what was drawn freely, arrows, charts, and where it shows nothing', () => {
    const at = (n: number) => xfrm(0, 0, 100, 50, '').replace('x="0"', `x="${n * EMU}"`);
    const stops =
      '<a:gsLst><a:gs pos="0"><a:srgbClr val="FF0000"/></a:gs><a:gs pos="100000"><a:srgbClr val="0000FF"/></a:gs></a:gsLst>';
    const free =
      '<a:custGeom><a:pathLst><a:path w="200" h="100"><a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo><a:pt x="200" y="100"/></a:lnTo><a:arcTo wR="20" hR="10" stAng="0" swAng="5400000"/><a:close/></a:path></a:pathLst></a:custGeom>';
    const connector = `<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="2" name=""/></p:nvCxnSpPr><p:spPr>${at(3)}<a:prstGeom prst="bentConnector3"/><a:ln w="${EMU}"><a:solidFill><a:srgbClr val="112233"/></a:solidFill><a:tailEnd type="triangle"/></a:ln></p:spPr></p:cxnSp>`;
    const picture = `<p:pic><p:nvPicPr><p:cNvPr id="3" name=""/></p:nvPicPr><p:blipFill><a:blip r:embed="rId1"/></p:blipFill><p:spPr>${at(4)}</p:spPr></p:pic>`;
    const chart = (id: string) =>
      `<p:graphicFrame><p:nvGraphicFramePr/><p:xfrm><a:off x="0" y="0"/><a:ext cx="${300 * EMU}" cy="${200 * EMU}"/></p:xfrm><a:graphic><a:graphicData><c:chart r:id="${id}"/></a:graphicData></a:graphic></p:graphicFrame>`;
    const points = (values: readonly (string | number)[]) =>
      values.map((value, idx) => `<c:pt idx="${idx}"><c:v>${value}</c:v></c:pt>`).join('');
    const chartXml = (group: string, before = '') =>
      `<c:chartSpace xmlns:c="c"><c:chart><c:plotArea><c:${group}>${before}<c:ser><c:cat>${points(['Oslo', 'Bonn'])}</c:cat><c:val>${points([10, 30])}</c:val></c:ser></c:${group}></c:plotArea></c:chart></c:chartSpace>`;
    const bytes = pptxOf([
      {
        shapes:
          shape(at(0), '', { look: `<a:gradFill>${stops}<a:lin ang="5400000"/></a:gradFill>` }) +
          shape(at(1), '', { look: '<a:prstGeom prst="triangle"/>' }) +
          shape(at(2), '', { look: free }) +
          connector +
          picture +
          ['rId2', 'rId3', 'rId4', 'rId5'].map(chart).join(''),
        parts: [
          ['rId1', 'image', '../media/a.emf', 'no picture of a browser'],
          ['rId2', 'chart', '../charts/2.xml', chartXml('barChart', '<c:barDir val="col"/>')],
          ['rId3', 'chart', '../charts/3.xml', chartXml('pieChart')],
          ['rId4', 'chart', '../charts/4.xml', chartXml('lineChart')],
          ['rId5', 'chart', '../charts/5.xml', chartXml('surfaceChart')],
        ],
      },
    ]);
    const drawing = slideDrawingSchema.parse(pptxDrawing(bytes, 1));
    const [gradient, triangle, freely, way, head, missing, ...charts] = drawing.shapes;
    expect(gradient?.fill).toEqual({
      angle: 90,
      stops: [
        { at: 0, color: '#ff0000' },
        { at: 1, color: '#0000ff' },
      ],
    });
    expect(triangle?.path).toBe('M 50 0 100 50 0 50 Z');
    expect(freely?.path).toBe('M 0 0 L 100 50 A 10 5 0 0 1 97.07 53.54 A 10 5 0 0 1 90 55 Z');
    expect([way?.path, way?.line, way?.fill]).toEqual([
      'M 0 0 L 50 0 50 50 100 50',
      { color: '#112233', width: 1 },
      null,
    ]);
    expect([head?.path?.startsWith('M 100 50 L'), head?.fill]).toEqual([true, '#112233']);
    expect([missing?.missing, missing?.picture]).toEqual(['picture', null]);
    const bars = charts.filter(
      ({ form, fill, text }) => form === 'rectangle' && fill !== null && text === null,
    );
    expect(Number(bars[1]?.height) / Number(bars[0]?.height)).toBeCloseTo(3);
    const slices = charts.filter(({ path }) => path?.includes(' A '));
    expect(slices.map(({ path }) => path?.includes(' 0 1 1 '))).toEqual([false, true]);
    const curves = charts.filter(({ path, fill }) => path?.startsWith('M ') && fill === null);
    expect(curves).toHaveLength(1);
    expect(charts.at(-1)?.missing).toBe('other');
    const said = charts.flatMap(
      ({ text }) => text?.paragraphs.flatMap(({ runs }) => runs.map((run) => run.text)) ?? [],
    );
    expect(said.slice(0, 6)).toEqual(['0', '10', '20', '30', 'Oslo', 'Bonn']);
  });

  test('of OpenDocument is drawn by its styles', () => {
    const list =
      '<text:list><text:list-item><text:p>Water <text:span text:style-name="T1">moves</text:span></text:p></text:list-item></text:list>';
    const bytes = odfOf(
      'presentation',
      `<draw:page>${frame(30, 40, `<draw:text-box>${list}</draw:text-box>`, 'draw:style-name="g1"')}<draw:line svg:x1="10pt" svg:y1="90pt" svg:x2="60pt" svg:y2="20pt"/><draw:polygon svg:x="0pt" svg:y="0pt" svg:width="50pt" svg:height="20pt" svg:viewBox="0 0 100 100" draw:points="0,100 50,0 100,100"/><draw:path svg:x="0pt" svg:y="0pt" svg:width="50pt" svg:height="20pt" svg:viewBox="10 10 100 100" svg:d="M10 10l50 50h20v-50z"/></draw:page>`,
      { styles },
    );
    const drawing = odpDrawing(bytes, 1);
    expect(drawn(drawing)).toEqual([
      { at: [30, 40, 200, 40], form: 'rectangle', fill: '#2f54c4', says: 'Water moves' },
      { at: [10, 20, 50, 70], form: 'rising', fill: null, says: '' },
      { at: [0, 0, 50, 20], form: 'path', fill: null, says: '' },
      { at: [0, 0, 50, 20], form: 'path', fill: null, says: '' },
    ]);
    expect(drawing?.shapes.slice(2).map(({ path }) => path)).toEqual([
      'M 0 20 25 0 50 20 Z',
      'M 0 0 l 25 10 h 10 v -10 z',
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
