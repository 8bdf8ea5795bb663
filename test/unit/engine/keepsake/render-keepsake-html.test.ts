import { describe, expect, test } from 'vitest';
import { renderKeepsakeHtml } from '../../../../src/engine/keepsake/render-keepsake-html.ts';
import { action, EVENING, sampleKeepsake, speech, WENNA } from './sample-keepsake.ts';

const HOSTILE = `</style></title><script>alert(1)</script><img src=x onerror="alert(2)">'`;

describe('a keepsake as a page', () => {
  test('holds the play: title, setting, people, lines in order, rooms and days', () => {
    const html = renderKeepsakeHtml(sampleKeepsake());
    const order = [
      '26 November 2025',
      'The last boat',
      'A ferry landing',
      'buried two husbands',
      'Played with',
      'Rain on the planks.',
      'Ada comes in.',
      '<i>ties a knot</i> Late, Tom.',
      'Is there a boat tonight?',
      'boat shed',
      'In here.',
      '27 November 2025',
      'Back on the main stage',
      'The next morning.',
      'Tom Reddick leaves.',
      'Curtain',
    ];
    const body = html.slice(html.indexOf('<body>'));
    const places = order.map((words) => body.indexOf(words));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('thoughts are behind switches, above what was said', () => {
    const html = renderKeepsakeHtml(sampleKeepsake());
    expect(html).toContain('<input type="checkbox" id="minds">');
    expect(html).toMatch(
      /id="mind-3">.+<blockquote class="thought" dir="auto"><p>He has been paid already\.<\/p><\/blockquote>\s*<p class="said"/s,
    );
    expect(html).not.toContain('checked>');
  });

  test('without thoughts there is no switch', () => {
    const { thoughts: _, ...kept } = sampleKeepsake();
    for (const one of [kept, sampleKeepsake({ thoughts: new Map() })]) {
      const html = renderKeepsakeHtml(one);
      expect(html).not.toContain('type="checkbox"');
      expect(html).not.toContain('He has been paid');
    }
  });

  test('runs nothing and asks nothing of any address', () => {
    const bytes = new Uint8Array([137, 80, 78, 71]);
    const [wenna] = sampleKeepsake().cast;
    if (!wenna) throw new Error('nobody in the cast');
    const html = renderKeepsakeHtml(
      sampleKeepsake({ cast: [{ ...wenna, portrait: { mime: 'image/png', bytes } }] }),
    );
    expect(html).toContain("default-src 'none'; img-src data:; style-src 'unsafe-inline'");
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/<[^>]+\b(?:href|action|srcset)=/);
    expect(html.match(/\bsrc="[^"]+"/g)).toEqual([
      `src="data:image/png;base64,${Buffer.from(bytes).toString('base64')}"`,
    ]);
    expect(html).not.toMatch(/url\(|@import/);
  });

  test('what stood in names, titles, lines and thoughts is text in it', () => {
    const speaker = { id: WENNA.id, name: HOSTILE };
    const html = renderKeepsakeHtml(
      sampleKeepsake({
        title: HOSTILE,
        setting: HOSTILE,
        cast: [{ id: WENNA.id, name: HOSTILE, sheet: HOSTILE }],
        players: [HOSTILE],
        beats: [
          {
            n: 3,
            at: EVENING,
            kind: 'line',
            speaker,
            segments: [action(HOSTILE), speech(HOSTILE)],
            place: HOSTILE,
          },
          { n: 4, at: EVENING, kind: 'narration', segments: [action(HOSTILE)] },
        ],
        thoughts: new Map([[3, [HOSTILE]]]),
      }),
    );
    expect(html).not.toMatch(/<script|<img|<\/title><|\sonerror="/);
    expect(html.split('&lt;script&gt;').length - 1).toBeGreaterThan(10);
    expect(html.match(/<\/style>/g)).toHaveLength(1);
  });
});
