// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { withTaskTurned } from './note-preview';
import { markdownOfHtml } from './pasted';

const WORD_LIST = `<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>  </span></span>First<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>  </span></span>Under it</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>  </span></span>Second</p>`;

describe('what is pasted', () => {
  it.each([
    [
      '<h2>Cells</h2><p>A <b>cell</b> and <i>its</i> <a href="https://example.org">wall</a>.</p>',
      '## Cells\n\nA **cell** and *its* [wall](https://example.org).',
    ],
    [
      '<b style="font-weight:normal"><p>Not <span style="font-weight:700">bold</span></p></b>',
      'Not **bold**',
    ],
    ['<ul><li>one<ul><li>two</li></ul></li></ul>', '- one\n  - two'],
    [
      '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>',
      '| a | b |\n| - | - |\n| 1 | 2 |',
    ],
    ['<p>x<script>alert(1)</script><style>p{}</style></p>', 'x'],
    [
      '<p><img src="https://tracker.example/p.gif" alt="A wall"> <a href="javascript:alert(1)">go</a></p>',
      'A wall go',
    ],
    ['<pre><code>a = 1\nb</code></pre>', '```\na = 1\nb\n```'],
    [
      '<p>So <span class="katex"><annotation encoding="application/x-tex">E=mc^2</annotation></span> holds.</p>',
      'So $E=mc^2$ holds.',
    ],
    [WORD_LIST, '- First\n  - Under it\n- Second'],
  ])('becomes Markdown: %s', (html, text) => expect(markdownOfHtml(html)).toBe(text));
});

it('turns the checkbox that was pressed, and none inside code', () => {
  const text = '```\n- [ ] code\n```\n- [ ] one\n1. [x] two';
  expect(withTaskTurned(text, 0)).toContain('- [x] one');
  expect(withTaskTurned(text, 1)).toContain('1. [ ] two');
});
