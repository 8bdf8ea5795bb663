import { describe, expect, test } from 'vitest';
import { settingStep } from '../../../../../src/lab/synth/setting/setting-step.ts';
import { sampleConversation } from '../../../../support/synth/conversation.ts';
import { type Asked, stepTools } from '../../../../support/synth/tools.ts';

const SCENE = sampleConversation();
const QUOTE = 'Perran Hale had kept the ferry since his brother drowned in the narrows';
const ADDED = 'Perran has kept the ferry since his brother drowned in the narrows.';
const wordsOf = ({ request }: Asked) => request.messages.map(({ content }) => content).join('\n');

function answering(found: readonly object[], about = 'The character: Perran Hale') {
  return stepTools((one) => JSON.stringify({ found: wordsOf(one).includes(about) ? found : [] }));
}

describe('an addition', () => {
  test('that the passage bears out is appended, with the words it stands on', async () => {
    const { tools } = answering([
      { field: 'background', quote: QUOTE, lacking: 'why he keeps it', add: ADDED },
    ]);
    const { record, rejects, counts } = await settingStep.work(SCENE, tools);
    expect(rejects).toEqual([]);
    expect(record?.characters[1]?.completed).toEqual({
      background: { text: ADDED, added: [{ text: ADDED, quote: QUOTE }] },
    });
    expect(record?.characters[0]).toEqual(SCENE.characters[0]);
    expect(counts).toMatchObject({ asked: 3, added: 1, 'added to background': 1 });
  });

  test('keeps what was there whole, at the head', async () => {
    const { tools } = answering([
      {
        field: 'profile',
        quote: 'he had not crossed after dark since',
        lacking: '',
        add: 'He kept the ferry and had not crossed after dark since.',
      },
    ]);
    const hale = SCENE.characters[1];
    const scene = {
      ...SCENE,
      characters: [
        {
          ...hale,
          name: 'Perran Hale',
          profile: 'The ferryman.',
          background: '',
          motivation: '',
          description: '',
          experience: '',
        },
      ],
    };
    const { record } = await settingStep.work(scene, tools);
    expect(record?.characters[0]?.completed?.profile?.text).toBe(
      'The ferryman.\nHe kept the ferry and had not crossed after dark since.',
    );
    expect(record?.characters[0]?.profile).toBe('The ferryman.');
  });

  test('to the scenario is asked for once, for all', async () => {
    const { tools } = answering(
      [
        {
          field: 'scenario',
          quote: 'The bell on the far bank rang twice.',
          lacking: 'the bell',
          add: 'There is a bell on the far bank.',
        },
      ],
      'The scenario so far',
    );
    const { record } = await settingStep.work(SCENE, tools);
    expect(record?.completed?.scenario?.text).toBe(`${SCENE.scenario}\nThere is a bell on the far bank.`);
  });

  test.each([
    [
      'no-source',
      { field: 'background', quote: 'he killed a man in Bodmin once', add: 'Perran killed a man in Bodmin.' },
    ],
    [
      'unsupported',
      {
        field: 'background',
        quote: QUOTE,
        add: 'Perran is a gentle drunkard who loves music and horses above everything.',
      },
    ],
    [
      'unknown-name',
      {
        field: 'background',
        quote: QUOTE,
        add: 'Perran kept the ferry since his brother Jory drowned in the narrows.',
      },
    ],
    [
      'of-the-dialogue',
      {
        field: 'background',
        quote: QUOTE,
        add: 'Perran kept the ferry since his brother drowned, and now refuses two shillings.',
      },
    ],
    [
      'first-person',
      {
        field: 'background',
        quote: QUOTE,
        add: 'I have kept the ferry since my brother drowned in the narrows.',
      },
    ],
    [
      'not-first-person',
      {
        field: 'motivation',
        quote: QUOTE,
        add: 'Perran kept the ferry since his brother drowned in the narrows.',
      },
    ],
    [
      'gives-away',
      {
        field: 'profile',
        quote: 'he had not crossed after dark since',
        add: 'Perran will not cross after dark again since his brother drowned.',
      },
    ],
    [
      'names-the-task',
      {
        field: 'background',
        quote: QUOTE,
        add: 'Perran kept the ferry since his brother drowned in the narrows; stay in character.',
      },
    ],
    [
      'bad-form',
      {
        field: 'background',
        quote: QUOTE,
        add: '<b>Perran</b> kept the ferry since his brother drowned in the narrows.',
      },
    ],
  ])('that is at fault is asked for again, and then named: %s', async (why, addition) => {
    const { tools, asked } = answering([{ lacking: '', ...addition }]);
    const { record, rejects } = await settingStep.work(SCENE, tools);
    expect(rejects).toEqual([{ why: `setting-${why}`, detail: addition.add, character: 'Perran Hale' }]);
    expect(record?.characters).toEqual(SCENE.characters);
    expect(asked).toHaveLength(4);
  });

  test('that says what is there already is left, and is no fault', async () => {
    const { tools } = answering([
      {
        field: 'profile',
        quote: QUOTE,
        lacking: '',
        add: 'The ferryman. Few words, and fewer explanations.',
      },
    ]);
    const { record, rejects } = await settingStep.work(SCENE, tools);
    expect(rejects).toEqual([]);
    expect(record?.characters).toEqual(SCENE.characters);
  });
});

test('who is asked about one character reads no thought and no motive of another', async () => {
  const { tools, asked } = answering([]);
  await settingStep.work(SCENE, tools);
  const about = (start: string) => asked.map(wordsOf).find((text) => text.includes(start)) ?? '';
  expect(about('The character: Ada Crane')).not.toContain('She has run the last mile');
  expect(about('The character: Ada Crane')).not.toContain('I will not cross after dark again');
  expect(about('The scenario so far')).not.toContain('She has run the last mile');
  expect(about('The scenario so far')).not.toContain('nobody may know what I carry');
});

test('without a passage nobody is asked, and it is counted', async () => {
  const { tools, asked } = answering([]);
  const bare = { ...SCENE, passage: '' };
  expect(await settingStep.work(bare, tools)).toEqual({
    record: bare,
    rejects: [],
    counts: { 'without a passage': 1 },
  });
  expect(asked).toEqual([]);
});
