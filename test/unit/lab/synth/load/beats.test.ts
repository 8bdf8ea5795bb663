import { describe, expect, it } from 'vitest';
import { conversationOfBeats } from '../../../../../src/lab/synth/load/conversation-of-beats.ts';
import type { StoredScene } from '../../../../../src/lab/synth/load/forms/beats.ts';
import type { Loaded } from '../../../../../src/lab/synth/load/loaded.ts';
import { type Beat, beatSchema, type Origin } from '../../../../../src/scene/beat.ts';

const ADA = { id: 'character:ada', name: 'Ada Crane' };
const PERRAN = { id: 'character:perran', name: 'Perran Hale' };
const GUEST = { id: 'player:1', name: 'The Guest' };
const ALL = [ADA.id, PERRAN.id, GUEST.id];

/** A log: numbers, times and, where nothing else is said, everyone as witness. */
function log(...beats: readonly object[]): Beat[] {
  return beats.map((beat, at) =>
    beatSchema.parse({ n: at + 1, at, origin: 'local', witnesses: ALL, ...beat }),
  );
}

function line(speaker: typeof ADA, text: string, thought?: string, more: object = {}): object {
  const segments = [...(thought ? [{ kind: 'thought', text: thought }] : []), { kind: 'speech', text }];
  return { kind: 'line', speaker, turn: text, segments, ...more };
}

function read(beats: readonly Beat[], origin: Origin | undefined = 'local'): Loaded {
  const scene: StoredScene = {
    id: 'scene-1',
    title: 'The slip',
    setting: 'A ferry slip.',
    origin,
    characters: [{ name: 'Ada Crane', description: 'A traveller.' }],
  };
  return conversationOfBeats(beats, scene, { where: 'scene-1', number: 1, seen: () => false });
}

function said(loaded: ReturnType<typeof read>): readonly string[] {
  return loaded.kind === 'record'
    ? loaded.record.turns.map(({ speaker, text }) => `${speaker}: ${text}`)
    : [];
}

describe('a scene of the store as a conversation', () => {
  it('has lines with their thoughts, and the world as Environment', () => {
    const loaded = read(
      log(
        { kind: 'narration', speaker: { id: 'environment', name: 'Environment' }, text: 'A bell rings.' },
        line(ADA, 'Two shillings.', 'He looks tired'),
        line(GUEST, 'Good evening.'),
        { kind: 'exit', actor: GUEST, text: 'The Guest goes up the path.' },
      ),
    );
    expect(said(loaded)).toEqual([
      'Environment: A bell rings.',
      'Ada Crane: <role_thinking>He looks tired</role_thinking>Two shillings.',
      'The Guest: Good evening.',
      'Environment: The Guest goes up the path.',
    ]);
    expect(loaded).toMatchObject({
      record: { source: 'scene', origin: 'local', scenario: 'A ferry slip.' },
      rejects: [],
    });
  });

  it('leaves out what some of its characters did not witness, counted', () => {
    const loaded = read(
      log(
        line(ADA, 'Hello.'),
        line(PERRAN, 'Evening.'),
        {
          kind: 'whisper',
          speaker: GUEST,
          to: [ADA],
          turn: 'w',
          segments: [{ kind: 'speech', text: 'WHISPERED' }],
        },
        line(ADA, 'ELSEWHERE', undefined, { witnesses: [ADA.id], place: 'room' }),
        { kind: 'plant', actor: ADA, text: 'PLANTED', turns: 2 },
        { kind: 'secret', actor: GUEST, text: 'SECRET' },
      ),
    );
    expect(said(loaded)).toEqual(['Ada Crane: Hello.', 'Perran Hale: Evening.']);
    expect(loaded.kind === 'record' && loaded.rejects.map(({ why }) => why)).toEqual([
      'whisper',
      'not-witnessed-by-all',
    ]);
    expect(JSON.stringify(loaded)).not.toMatch(/WHISPERED|ELSEWHERE|PLANTED|SECRET/u);
  });

  it('is as amended, chosen, taken back and rewound', () => {
    const loaded = read(
      log(
        line(ADA, 'First words.', 'A thought of first words'),
        line(PERRAN, 'No.'),
        line(PERRAN, 'Perhaps.', undefined, { alternativeTo: 2 }),
        line(GUEST, 'GONE'),
        { kind: 'amend', of: 1, segments: [{ kind: 'speech', text: 'Better words.' }] },
        { kind: 'choose', of: 2, pick: 3 },
        { kind: 'retract', of: 4 },
        line(ADA, 'ABANDONED'),
        { kind: 'rewind', to: 7 },
      ),
    );
    expect(said(loaded)).toEqual(['Ada Crane: Better words.', 'Perran Hale: Perhaps.']);
  });

  it.each([
    ['its record', log(line(ADA, 'Hm.')), 'discord'],
    ['no record of it', log(line(ADA, 'Hm.')), undefined],
    ['one beat', [...log(line(ADA, 'Hm.'), line(PERRAN, 'So.', undefined, { origin: 'discord' }))], 'local'],
    [
      'one beat that does not say',
      log(line(ADA, 'Hm.'), line(PERRAN, 'So.', undefined, { origin: undefined })),
      'local',
    ],
  ] as const)('is refused as a whole where %s came through Discord', (_name, beats, origin) => {
    const scene = { id: 'scene-1', title: '', setting: '', origin, characters: [] };
    const loaded = conversationOfBeats(beats, scene, { where: 'scene-1', number: 1, seen: () => false });
    expect(loaded).toEqual({ kind: 'reject', where: 'scene-1', why: 'discord', detail: expect.any(String) });
  });
});
