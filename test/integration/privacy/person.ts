import { type Actor, type Beat, type BeatKind, ENVIRONMENT, type NewBeat } from '../../../src/scene/beat.ts';

/** The one who is erased, and others who stay. */
export const ID = '900000000000000009';
export const NAME = 'Zephyrine Quillfeather';
export const PERSON = `player:${ID}`;
export const SERVER = '111111111111111111';
export const SCENE = 'discord:222222222222222222';
export const LOG = `${SCENE}#1`;
export const JORY = '900000000000000005';

const me: Actor = { id: PERSON, name: NAME };
const wenna: Actor = { id: 'character:wenna', name: 'Old Wenna' };
const jory: Actor = { id: `player:${JORY}`, name: 'Jory' };

const MARKER = /MARK\d+x/g;

/** Sentences of the person, each with a marker of its own; enough words of it to know it again by. */
export function createMarkers() {
  const used: string[] = [];
  const marker = () => {
    const next = `MARK${used.length + 1}x`;
    used.push(next);
    return next;
  };
  return {
    used: used as readonly string[],
    say: () => `Tell nobody at all that ${marker()} sank beneath the old pier.`,
    word: marker,
  };
}

/** Which markers stand in a text; names and ids of the person count as such. */
export function markersIn(text: string): string[] {
  const found = new Set(text.match(MARKER) ?? []);
  for (const one of [...NAME.split(' '), ID]) if (text.includes(one)) found.add(one);
  return [...found];
}

/** What a field of a beat holds. A field that is not named here fails the test. */
export const BEAT_FIELDS: Readonly<Record<string, 'words' | 'name' | 'id' | 'fixed'>> = {
  kind: 'fixed',
  origin: 'fixed',
  witnesses: 'id',
  seen: 'id',
  place: 'id',
  source: 'id',
  turn: 'id',
  cue: 'fixed',
  condition: 'fixed',
  addressed: 'id',
  to: 'id',
  text: 'words',
  name: 'words',
  'speaker.id': 'id',
  'speaker.name': 'name',
  'actor.id': 'id',
  'actor.name': 'name',
  'to.id': 'id',
  'to.name': 'name',
  'segments.kind': 'fixed',
  'segments.text': 'words',
  // Names that the operator’s game gave its animations.
  'segments.cue': 'fixed',
  'persona.sheet': 'words',
  'persona.avatar': 'words',
  'made.by': 'fixed',
  'made.why': 'words',
  'made.lore.book': 'id',
  'made.lore.entry': 'id',
  'made.lore.why': 'fixed',
  'made.judged.by': 'fixed',
  'made.judged.outcome': 'fixed',
  'made.judged.principle': 'id',
  'made.judged.dimension': 'fixed',
};

/** Beats of every kind, with a marker in every field that can hold the person's words. */
export function plantedBeats({ say, word }: ReturnType<typeof createMarkers>): readonly Beat[] {
  const common = {
    at: 1_700_000_000_000,
    origin: 'discord' as const,
    witnesses: [PERSON, wenna.id, jory.id],
  };
  const spoken = say();
  const whispered = say();
  const speech = (text: string) => [{ kind: 'speech' as const, text }];
  const made = { by: 'a-model', why: `${NAME} spoke to her: ${spoken}`, attempts: 1 };
  const walkOn = word();
  const byKind: { readonly [K in BeatKind]: readonly (NewBeat & { readonly kind: K })[] } = {
    setting: [{ ...common, kind: 'setting', text: say() }],
    entrance: [
      {
        ...common,
        kind: 'entrance',
        actor: me,
        text: say(),
        persona: { sheet: say(), avatar: `https://pictures.example/${word()}.png` },
        source: 'm-1',
      },
      { ...common, kind: 'entrance', actor: wenna, text: `${NAME} made way for her.` },
      { ...common, kind: 'entrance', actor: jory },
    ],
    line: [
      {
        ...common,
        kind: 'line',
        speaker: me,
        turn: 'p5',
        source: 'm-2',
        segments: [...speech(spoken), { kind: 'action', text: say() }],
        addressed: [wenna.id],
      },
      {
        ...common,
        kind: 'line',
        speaker: wenna,
        turn: 't6',
        addressed: [PERSON],
        segments: [
          { kind: 'thought', text: `Zephyrine said: ${spoken}` },
          ...speech(`So, Zephyrine Quillfeather. ${spoken}`),
        ],
        made,
      },
      { ...common, kind: 'line', speaker: jory, turn: 'p7', segments: speech(`They told us: “${spoken}”`) },
      {
        ...common,
        kind: 'line',
        speaker: { id: `walk-on:${walkOn.toLowerCase()}`, name: walkOn },
        turn: 't8',
        segments: speech(say()),
        made: { by: 'hand', why: say(), attempts: 1 },
      },
      {
        ...common,
        kind: 'line',
        speaker: wenna,
        turn: 't9',
        segments: speech(`Again: ${spoken}`),
        alternativeTo: 6,
      },
      { ...common, kind: 'line', speaker: me, turn: 'p10', segments: speech(say()) },
    ],
    whisper: [
      { ...common, kind: 'whisper', speaker: me, to: [wenna], turn: 'p10', segments: speech(whispered) },
      {
        ...common,
        kind: 'whisper',
        speaker: wenna,
        to: [me],
        turn: 't11',
        segments: speech(whispered),
        made,
      },
    ],
    narration: [
      { ...common, kind: 'narration', speaker: ENVIRONMENT, text: say() },
      { ...common, kind: 'narration', speaker: ENVIRONMENT, text: `A gull cries: ${spoken}`, made },
    ],
    exit: [{ ...common, kind: 'exit', actor: me, text: say(), to: 'discord:room' }],
    change: [{ ...common, kind: 'change', actor: me, condition: 'apart', text: say() }],
    room: [{ ...common, kind: 'room', place: 'discord:room', name: `The room of ${word()}` }],
    told: [{ ...common, kind: 'told', speaker: me, to: [wenna, jory], text: say() }],
    plant: [{ ...common, kind: 'plant', actor: wenna, text: say(), turns: 3 }],
    secret: [{ ...common, kind: 'secret', actor: me, text: say() }],
    steer: [{ ...common, kind: 'steer', text: say(), turns: 3 }],
    time: [{ ...common, kind: 'time', text: say(), minutes: 5 }],
    amend: [{ ...common, kind: 'amend', of: 10, segments: speech(say()) }],
    undo: [{ ...common, kind: 'undo', of: 2, actor: me, beats: [5] }],
    forget: [{ ...common, kind: 'forget', actor: wenna, of: 5 }],
    pin: [{ ...common, kind: 'pin', of: 6, on: true }],
    grant: [{ ...common, kind: 'grant', turns: 1 }],
    choose: [{ ...common, kind: 'choose', of: 6, pick: 9 }],
    retract: [{ ...common, kind: 'retract', of: 4 }],
    rewind: [{ ...common, kind: 'rewind', to: 20 }],
    event: [{ ...common, kind: 'event', text: say() }],
  };
  return Object.values(byKind)
    .flat()
    .map((beat, i) => ({ ...beat, n: i + 1 }) as Beat);
}
