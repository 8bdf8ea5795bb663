import { describe, expect, test } from 'vitest';
import {
  beatSchema,
  cardIdOf,
  characterActorId,
  isCharacterId,
  isPlayerId,
  playerActorId,
  walkOnId,
} from '../../../src/scene/beat.ts';

const ada = { id: 'character:ada', name: 'Ada' };
const mara = { id: 'player:1', name: 'Mara' };
const common = {
  n: 3,
  at: 12,
  origin: 'local',
  witnesses: ['character:ada'],
  seen: ['player:1'],
  place: 'main',
  source: 'message:1',
};
const segments = [
  { kind: 'thought', text: 'hm' },
  { kind: 'action', text: 'nods' },
  { kind: 'speech', text: 'Yes.' },
];
const made = {
  by: 'script',
  why: 'asked',
  attempts: 1,
  recalled: [1],
  lore: ['key', 'constant', 'sticky', 'recursion'].map((why) => ({
    book: 'b',
    entry: 'e',
    why,
    key: 0,
    beat: 1,
  })),
  loreLeft: 1,
  judged: {
    by: 'judge',
    of: 2,
    pairs: 0,
    ms: 0,
    outcome: 'won',
    principle: 'p',
    dimension: 'd',
    own: true,
  },
  promptTokens: 1,
  cachedTokens: 1,
  completionTokens: 1,
  msToFirst: 1,
  msToVisible: 1,
  msToLast: 1,
};
const spoken = { turn: 't', segments, addressed: ['player:1'], overtaken: true, cue: 'c', made };

/** One of every kind, with all that it may hold. */
const BEATS = [
  { ...common, kind: 'line', speaker: ada, ...spoken, alternativeTo: 2 },
  { ...common, kind: 'narration', speaker: ada, text: 'It rains.', cue: 'c', made },
  {
    ...common,
    kind: 'entrance',
    actor: mara,
    text: 'comes',
    quiet: true,
    persona: { sheet: 's', avatar: 'a' },
    inferred: true,
  },
  { ...common, kind: 'exit', actor: ada, text: 'goes', to: 'cellar', inferred: true },
  { ...common, kind: 'change', actor: ada, condition: 'asleep', text: 'sleeps', inferred: true },
  { ...common, kind: 'room', name: 'Cellar' },
  { ...common, kind: 'told', speaker: mara, to: [ada], text: 'a secret' },
  { ...common, kind: 'event', text: 'a purse is cut' },
  { ...common, kind: 'undo', of: 1, actor: ada, beats: [2] },
  { ...common, kind: 'forget', actor: ada, of: 1 },
  { ...common, kind: 'pin', of: 1, on: true },
  { ...common, kind: 'plant', actor: ada, text: 'a wish', turns: 1 },
  { ...common, kind: 'secret', actor: ada, text: 'a secret' },
  { ...common, kind: 'steer', text: 'a storm', turns: 1 },
  { ...common, kind: 'grant', turns: 0 },
  { ...common, kind: 'rewind', to: 0 },
  { ...common, kind: 'setting', text: 'A hall.', quiet: true },
  { ...common, kind: 'whisper', speaker: ada, to: [mara], ...spoken },
  { ...common, kind: 'time', text: 'Later.', minutes: 0, clock: 0 },
  { ...common, kind: 'amend', of: 1, segments: segments.slice(1) },
  { ...common, kind: 'retract', of: 1 },
  { ...common, kind: 'choose', of: 1, pick: 2 },
] as const;

const exampleOf = (kind: string) => BEATS.find((beat) => beat.kind === kind);

/** The example of a kind with something else at a path such as `made.judged.of`. */
function changed(kind: string, path: string, value: unknown): unknown {
  const beat: unknown = structuredClone(exampleOf(kind));
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at = beat as Record<string, unknown>;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = value;
  return beat;
}

const isRead = (beat: unknown) => beatSchema.safeParse(beat).success;

describe('a beat that is read back', () => {
  test.each(BEATS)('$kind: holds all that was written', (beat) => {
    expect(beatSchema.parse(beat)).toEqual(beat);
  });

  test.each([
    ['change', 'condition', 'awake'],
    ['change', 'condition', 'apart'],
    ['line', 'made.judged.outcome', 'tie'],
    ['line', 'made.judged.outcome', 'missing'],
    ['line', 'speaker.id', 'x'.repeat(200)],
    ['line', 'speaker.name', 'x'.repeat(100)],
    ['line', 'place', 'x'.repeat(200)],
    ['line', 'made.lore.0.book', 'x'.repeat(200)],
    ['line', 'made.lore.0.entry', 'x'.repeat(80)],
    ['line', 'made.lore.0.key', 7],
    ['line', 'made.judged.pairs', 7],
    ['line', 'made.judged.ms', 0.5],
    ['line', 'made.judged.of', 3],
    ['line', 'made.judged.principle', 'x'.repeat(80)],
    ['line', 'made.judged.dimension', 'x'.repeat(40)],
    ['entrance', 'persona.sheet', 'x'.repeat(2000)],
    ['entrance', 'persona.avatar', 'x'.repeat(500)],
    ['room', 'name', 'x'.repeat(100)],
    ['grant', 'turns', 3],
    ['rewind', 'to', 3],
    ['time', 'minutes', 3],
    ['time', 'clock', 3],
    ['told', 'to', [ada, mara]],
    ['whisper', 'to', [ada, mara]],
  ])('%s: %s may be %j', (kind, path, value) => {
    expect(isRead(changed(kind, path, value))).toBe(true);
  });

  test.each([
    ['line', 'n', 0],
    ['line', 'n', undefined],
    ['line', 'at', '12'],
    ['line', 'witnesses', ['']],
    ['line', 'seen', 'Ada'],
    ['line', 'place', ''],
    ['line', 'place', 'x'.repeat(201)],
    ['line', 'speaker.id', ''],
    ['line', 'speaker.id', 'x'.repeat(201)],
    ['line', 'speaker.name', ''],
    ['line', 'speaker.name', 'x'.repeat(101)],
    ['line', 'segments.0.kind', 'plan'],
    ['line', 'segments.0.text', undefined],
    ['line', 'alternativeTo', 0],
    ['line', 'made.by', undefined],
    ['line', 'made.attempts', 1.5],
    ['line', 'made.recalled', [0]],
    ['line', 'made.loreLeft', 0],
    ['line', 'made.lore.0.book', 'x'.repeat(201)],
    ['line', 'made.lore.0.entry', 'x'.repeat(81)],
    ['line', 'made.lore.0.why', 'chance'],
    ['line', 'made.lore.0.key', -1],
    ['line', 'made.lore.0.beat', 0],
    ['line', 'made.judged.of', 1],
    ['line', 'made.judged.pairs', -1],
    ['line', 'made.judged.ms', -1],
    ['line', 'made.judged.outcome', 'lost'],
    ['line', 'made.judged.principle', 'x'.repeat(81)],
    ['line', 'made.judged.dimension', 'x'.repeat(41)],
    ['line', 'made.judged.own', false],
    ['amend', 'segments.0.kind', 'thought'],
    ['amend', 'of', 0],
    ['entrance', 'persona.sheet', 'x'.repeat(2001)],
    ['entrance', 'persona.avatar', 'x'.repeat(501)],
    ['change', 'condition', 'dead'],
    ['room', 'name', ''],
    ['room', 'name', 'x'.repeat(101)],
    ['told', 'to', []],
    ['whisper', 'to', []],
    ['undo', 'beats', [0]],
    ['plant', 'turns', 0],
    ['steer', 'turns', 0],
    ['grant', 'turns', -1],
    ['rewind', 'to', -1],
    ['time', 'minutes', -1],
    ['time', 'clock', -1],
    ['retract', 'of', 0],
    ['choose', 'pick', 0],
    ['line', 'kind', 'rumour'],
  ])('%s: %s may not be %j', (kind, path, value) => {
    expect(isRead(changed(kind, path, value))).toBe(false);
  });

  test('of nobody knows where is from Discord', () => {
    for (const origin of ['elsewhere', undefined]) {
      expect(beatSchema.parse(changed('room', 'origin', origin)).origin).toBe('discord');
    }
    for (const origin of ['lab', 'local', 'discord']) {
      expect(beatSchema.parse(changed('room', 'origin', origin)).origin).toBe(origin);
    }
  });
});

test('an id says what its bearer is', () => {
  expect(characterActorId('ada')).toBe('character:ada');
  expect(cardIdOf('character:ada')).toBe('ada');
  expect(cardIdOf('player:ada')).toBeUndefined();
  expect(playerActorId('1')).toBe('player:1');
  expect(walkOnId('The Waiter')).toBe('walk-on:the waiter');
  expect([isCharacterId('character:ada'), isCharacterId('my character:ada')]).toEqual([true, false]);
  expect([isPlayerId('player:1'), isPlayerId('a player:1')]).toEqual([true, false]);
});
