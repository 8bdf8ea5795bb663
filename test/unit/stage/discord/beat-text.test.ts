import { describe, expect, test } from 'vitest';
import type { StageBeat } from '../../../../src/scene/stage-beat.ts';
import { beatText, rungBy } from '../../../../src/stage/discord/lines/beat-text.ts';

const STYLE = {
  openLinks: false,
  players: [
    { id: '100000000000000001', name: 'Bob' },
    { id: '100000000000000002', name: 'A-b_c (the 2nd)' },
  ],
};

function said(text: string, speaker = 'character:wenna'): StageBeat {
  return {
    n: 1,
    at: 0,
    kind: 'line',
    speaker: { id: speaker, name: 'Someone' },
    segments: [{ kind: 'speech', text }],
  } as StageBeat;
}

describe('whom a character’s line rings', () => {
  test('is nobody, unless the room says so', () => {
    expect(beatText(said('@Bob!'))).toBe('@Bob!');
    expect(rungBy('@Bob!', STYLE)).toEqual([]);
  });

  test('are players whom it calls by name after an @', () => {
    const text = beatText(said('@bob, and @A-b_c (the 2nd), come!'), STYLE);
    expect(text).toBe('<@100000000000000001>, and <@100000000000000002>, come!');
    expect(rungBy(text, STYLE)).toEqual(['100000000000000001', '100000000000000002']);
  });

  test.each(['@Bobby', 'Bob', '@everyone', '<@100000000000000001>', '@100000000000000001', '<@&5> @here'])(
    'is nobody else: %s',
    (written) => {
      expect(rungBy(beatText(said(written), STYLE), STYLE)).toEqual([]);
    },
  );

  test('is nobody where a player speaks', () => {
    expect(rungBy(beatText(said('@Bob', 'player:1'), STYLE), STYLE)).toEqual([]);
  });
});
