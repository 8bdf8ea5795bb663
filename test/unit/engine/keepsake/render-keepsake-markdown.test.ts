import { describe, expect, test } from 'vitest';
import { renderKeepsakeMarkdown } from '../../../../src/engine/keepsake/render-keepsake-markdown.ts';
import { action, EVENING, sampleKeepsake, speech, WENNA } from './sample-keepsake.ts';

describe('a keepsake in Markdown', () => {
  test('reads like a play', () => {
    const text = renderKeepsakeMarkdown(sampleKeepsake());
    expect(text).toContain('# The last boat\n\n*26 November 2025*\n\n> A ferry landing');
    expect(text).toContain('- **Tom Reddick** Rows for her');
    expect(text).toContain(
      '<details><summary>💭 What Old Wenna thought</summary>\n\n> He has been paid already.\n\n</details>\n\n**Old Wenna:** *ties a knot* Late, Tom.',
    );
    expect(text).toContain('### boat shed\n\n**Tom Reddick:** In here.\n\n### 27 November 2025');
    expect(text.endsWith('*Curtain. Played with Dramatis.*\n')).toBe(true);
  });

  test('holds no thought where none was gathered', () => {
    const { thoughts: _, ...kept } = sampleKeepsake();
    expect(renderKeepsakeMarkdown(kept)).not.toMatch(/details|He has been paid/);
  });

  test('what was written is no markup in it, whatever it looks like', () => {
    const written = [
      '# not a heading',
      '- not a list',
      '1. not numbered',
      '===',
      '> not a quote',
      '[no](https://example.com) <b>no</b> ![no](x) `no` **no** www.example.com &lt;',
    ].join('\n');
    const name = '</summary><b>*Tom*';
    const text = renderKeepsakeMarkdown(
      sampleKeepsake({
        cast: [],
        beats: [
          { n: 3, at: EVENING, kind: 'line', speaker: { id: WENNA.id, name }, segments: [speech(written)] },
          { n: 4, at: EVENING, kind: 'narration', segments: [action(written)] },
        ],
      }),
    );
    expect(text).toContain('<summary>💭 What &lt;/summary&gt;&lt;b&gt;*Tom* thought</summary>');
    const play = text.slice(text.indexOf('</details>') + '</details>'.length);
    expect(play).not.toMatch(/^\s*(?:#\s|-\s|\d+\.\s|=|>)/m);
    expect(play).not.toMatch(/(?<!\\)[[\]<>`]|(?<!\\):\/\/|(?<!\\)\*\*no|www\.example/);
    expect(play).toContain('\\# not a heading\\\n\\- not a list\\\n1\\. not numbered\\\n\\===');
  });
});
