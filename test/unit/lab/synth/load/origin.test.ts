import { describe, expect, it } from 'vitest';
import type { Keepsake } from '../../../../../src/engine/keepsake/keepsake.ts';
import { renderKeepsakeHtml } from '../../../../../src/engine/keepsake/render-keepsake-html.ts';
import { renderKeepsakeMarkdown } from '../../../../../src/engine/keepsake/render-keepsake-markdown.ts';
import { fileOf, load, spoken } from './loading.ts';

const ADA = { id: 'character:ada', name: 'Ada Crane' };

function keepsake(origin: Keepsake['origin']): Keepsake {
  const at = Date.UTC(2026, 10, 1);
  return {
    title: 'The *Ferry* & the <Tide>',
    setting: 'A slip at dusk.\nRain.',
    cast: [{ id: ADA.id, name: ADA.name, sheet: 'A traveller in a "heavy" coat.' }],
    players: ['The Guest'],
    at,
    ended: true,
    origin,
    beats: [
      { n: 1, at, kind: 'narration', segments: [{ kind: 'action', text: 'A bell rings.' }] },
      {
        n: 2,
        at,
        kind: 'line',
        speaker: ADA,
        segments: [
          { kind: 'action', text: 'waves' },
          { kind: 'speech', text: 'Is it <four> & late?\nTell me.' },
        ],
      },
      {
        n: 3,
        at,
        kind: 'line',
        speaker: { id: 'player:1', name: 'The Guest' },
        segments: [{ kind: 'speech', text: 'No.' }],
      },
    ],
    thoughts: new Map([[2, ['It is four.']]]),
  };
}

const FORMS = [
  ['html', renderKeepsakeHtml],
  ['md', renderKeepsakeMarkdown],
] as const;

describe.each(FORMS)('a keepsake (%s)', (ending, render) => {
  it('of words of our own is a conversation, with the thoughts that everyone could read', async () => {
    const { records, rejects } = await load(fileOf(`ferry.${ending}`, render(keepsake('local'))));
    expect(rejects).toEqual([]);
    expect(records.flatMap((one) => one.rejects)).toEqual([]);
    expect(records.map(({ record }) => [record.source, record.origin, record.topic])).toEqual([
      ['scene', 'local', 'The *Ferry* & the <Tide>'],
    ]);
    expect(records[0]?.record.characters[0]).toMatchObject({
      name: 'Ada Crane',
      description: 'A traveller in a "heavy" coat.',
    });
    const [said = []] = records.map(spoken);
    expect(said[0]).toBe('Environment: A bell rings.');
    expect(said[1]).toMatch(
      /^Ada Crane: <role_thinking>It is four\.<\/role_thinking><role_action>waves<\/role_action>Is it/u,
    );
    expect(said[2]).toBe('The Guest: No.');
  });

  it('of words that came through Discord is refused as a whole, and so is one without a mark', async () => {
    const without = render(keepsake('local')).replace(
      /<!-- dramatis-origin.*?-->|<meta name="dramatis-origin".*?>/u,
      '',
    );
    for (const text of [render(keepsake('discord')), without]) {
      const { all } = await load(fileOf(`ferry.${ending}`, text));
      expect(all).toMatchObject([{ kind: 'reject', why: 'discord' }]);
      expect(JSON.stringify(all)).not.toContain('bell');
    }
  });
});

describe('a mark of Discord', () => {
  const line = (more: object = {}) => JSON.stringify({ speaker: 'Ada', text: 'Hm.', ...more });

  it.each([
    [
      'in the last line of many',
      `${`${line({ 'dramatis-origin': 'local' })}\n`.repeat(9000)}${line({ 'dramatis-origin': 'discord' })}\n`,
    ],
    ['of a beat', `${line()}\n${line({ origin: 'discord' })}\n`],
    ['that cannot be read', `${line()}\n${line({ 'dramatis-origin': 'lo cal' })}\n`],
    ['in a transcript', 'Ada: Hm.\n\n<!-- dramatis-origin: discord -->\n'],
  ])('refuses the whole file: %s', async (_name, text) => {
    const { all } = await load(fileOf('said.jsonl', text));
    expect(all).toMatchObject([{ kind: 'reject', why: 'discord' }]);
  });

  it('is found on either side of any border', async () => {
    const mark = '<!-- dramatis-origin: discord -->';
    // Chunks are read by 256 KiB.
    for (let before = 0; before <= mark.length; before += 3) {
      const text = `Ada: ${'a'.repeat((1 << 18) - 6 - before)}\n${mark}\nAda: Hm.\n`;
      const { all } = await load(fileOf('said.txt', text));
      expect(all).toMatchObject([{ kind: 'reject', why: 'discord' }]);
    }
  });

  it('that escapes of JSON hide refuses its record', async () => {
    const { records, rejects } = await load(
      fileOf(
        'said.jsonl',
        `${line()}\n{"speaker":"Ada","text":"SECRET","dramatis\\u002dorigin":"discord"}\n`,
      ),
    );
    expect(rejects).toMatchObject([{ why: 'discord' }]);
    expect(JSON.stringify([records, rejects])).not.toContain('SECRET');
  });

  it('does not count where all marks are free, however near each other', async () => {
    const { records, rejects } = await load(
      fileOf('said.jsonl', `${line({ 'dramatis-origin': 'lab' })}\n`.repeat(5000)),
    );
    expect(rejects).toEqual([]);
    expect(records.length).toBeGreaterThan(0);
  });
});
