import { describe, expect, it } from 'vitest';
import { fileOf, fixture, load, spoken } from './loading.ts';

describe('a book of CoSER', () => {
  it('gives its conversations with the numbers they have in it', async () => {
    const { records } = await load(fixture('coser-book.json'));
    expect(records.map(({ record }) => [record.id, record.key])).toEqual([
      ['coser-book-1-0', { book: 'coser-book', plot: 1, conversation: 0 }],
    ]);
    const [{ record } = { record: undefined }] = records;
    expect(record).toMatchObject({
      source: 'coser',
      origin: 'lab',
      chapter: 'II',
      scenario: 'A ferry slip at dusk.',
    });
    expect(record?.passage).toContain('coiled rope');
  });

  it('reads nested brackets whole, merges neighbours, and keeps the world', async () => {
    const { records } = await load(fixture('coser-book.json'));
    expect(records.map(spoken)).toEqual([
      [
        'Environment: A bell rings twice on the far bank.',
        'Ada Crane: <role_thinking>He looks tired.</role_thinking><role_action>bows (low)</role_action>Good evening.\n\nTwo shillings, if we go now.',
        "Perran Hale: <role_thinking>a [b] c</role_thinking><role_action>goes on coiling</role_action>Tide's wrong.",
        'A Boy: <role_thinking>I saw him cross last night.</role_thinking><role_action>shrugs</role_action>',
      ],
    ]);
    expect(records[0]?.record.turns.map(({ id, from }) => [id, from])).toEqual([
      [0, [0]],
      [1, [1, 2]],
      [2, [4]],
      [3, [5, 6]],
    ]);
  });

  it('has sheets of those who are in the conversation, what each has in mind with its owner', async () => {
    const { records } = await load(fixture('coser-book.json'));
    expect(records[0]?.record.characters).toEqual([
      {
        name: 'Ada Crane',
        profile: "A surveyor's clerk of twenty-six, exact and impatient.",
        background: '',
        motivation: 'I must be across before the office opens.',
        description: 'A traveller in a heavy coat.',
        experience: 'Walked all night.',
      },
      expect.objectContaining({ name: 'Perran Hale', profile: 'The ferryman. Few words.' }),
    ]);
    expect(records[0]?.counts).toMatchObject({ 'speakers without a sheet': 1, 'merged turns': 2 });
  });

  it('tells what is empty or broken in it, by its place', async () => {
    const { records, rejects } = await load(fixture('coser-book.json'));
    expect(rejects.map(({ where, why }) => [where.replace(/^.*object 1, /u, ''), why])).toEqual([
      ['plot 0', 'empty-plot'],
      ['plot 1, conversation 1', 'empty-conversation'],
      ['plot 1, conversation 2', 'bad-form'],
      ['plot 2', 'empty-plot'],
    ]);
    expect(records[0]?.rejects.map(({ why }) => why)).toEqual(['empty-turn']);
  });
});

describe('a record of HER’s steps', () => {
  it('gives its enhanced text, its revised plans beside it, and the places it names', async () => {
    const { records, rejects } = await load(fixture('her-plot.json'));
    expect(rejects).toEqual([]);
    const [{ record } = { record: undefined }] = records;
    expect(record).toMatchObject({
      id: 'The Ferry House-4-2',
      source: 'her',
      key: { book: 'The Ferry House', plot: 4, conversation: 2 },
      scenario: 'The slip, at four in the morning.',
    });
    expect(record?.turns).toEqual([
      {
        id: 0,
        from: [0, 1],
        speaker: 'Ada Crane',
        text: '<role_thinking>He has not slept</role_thinking><role_action>holds up her watch</role_action>It is four.',
        plan: 'Ada should press her advantage.',
        planType: 'given',
      },
      { id: 1, from: [2], speaker: 'Environment', text: 'The tide has turned.' },
      {
        id: 2,
        from: [3],
        speaker: 'Perran Hale',
        text: '<role_thinking>She will not leave</role_thinking>Get in, then.',
        plan: 'Perran gives way.',
        planType: 'given',
      },
    ]);
    expect(record?.characters.at(-1)?.profile).toBe('The ferryman, who does not cross after dark.');
  });
});

describe('a sample of HER’s training sets', () => {
  it('is one side of a conversation: of others there is only what could be perceived', async () => {
    const { records, rejects } = await load(fixture('her-samples.jsonl'));
    expect(records.map(spoken)).toEqual([
      [
        'Environment: The tide has turned.',
        'Perran Hale: <role_action>stands up</role_action>Get in.\n\nAnd mind the rope: it is wet.',
        'Ada Crane: <role_thinking>At last</role_thinking>Thank you.',
        'Perran Hale: Sit.',
        'Ada Crane: <role_action>sits</role_action>',
      ],
    ]);
    expect(records[0]?.record.turns.map(({ plan }) => plan)).toEqual([
      ...[undefined, undefined, 'Ada should hide her relief.', undefined, undefined],
    ]);
    expect(JSON.stringify(records[0]?.record)).not.toContain('She will not leave');
    expect(records[0]?.rejects.map(({ why }) => why)).toEqual(['no-speaker', 'thought-of-another']);
    expect(rejects.map(({ why }) => why)).toEqual(['bad-form']);
  });

  it('says who they are and where in its system prompt', async () => {
    const { records } = await load(fixture('her-samples.jsonl'));
    expect(records[0]?.record).toMatchObject({
      id: 'The Ferry House_III_4_2_Ada_Crane',
      key: { book: 'The Ferry House' },
      source: 'her',
      scenario: 'The slip.',
      characters: [
        {
          name: 'Ada Crane',
          profile: "A surveyor's clerk.",
          background: 'The tide turns.',
          motivation: 'To be across.',
        },
        { name: 'Perran Hale', profile: 'The ferryman.\n\nHe keeps the slip.', motivation: '' },
      ],
    });
  });
});

describe('a plain transcript', () => {
  it('has scenes, headers, and lines that go on', async () => {
    const { records, rejects } = await load(fixture('transcript.md'));
    expect(rejects).toEqual([]);
    expect(records.map(({ record }) => [record.id, record.key.book, record.topic, record.scenario])).toEqual([
      ['transcript-0', 'The Ferry House', 'A crossing', 'A ferry slip at dusk.\n\nRain is coming.'],
      ['transcript-1', 'transcript', '', ''],
    ]);
    expect(records.map(spoken)).toEqual([
      [
        'Ada Crane: <role_thinking>He looks tired.</role_thinking><role_action>sets down her bag</role_action>Two shillings.',
        "Perran Hale: Tide's wrong.\nListen: the bell.",
        'Environment: A bell rings twice.',
      ],
      ['ADA CRANE: <role_thinking>Four at last</role_thinking>It is four.', 'Perran Hale: Get in, then.'],
    ]);
    expect(records[0]?.record).toMatchObject({ source: 'transcript', origin: 'local' });
  });

  it('may begin with a thought in brackets, which is no list of JSON', async () => {
    const path = fileOf(
      'slip.txt',
      '[The tide is out.]\nAda Crane: [He sleeps.] Wake up.\nPerran Hale: No.\n',
    );
    const { records } = await load(path);
    expect(records.map(spoken)).toEqual([
      ['Ada Crane: <role_thinking>He sleeps.</role_thinking>Wake up.', 'Perran Hale: No.'],
    ]);
    expect(records[0]?.record.scenario).toBe('[The tide is out.]');
  });

  it('hides what a label says is thought, and shows what it says is done', async () => {
    const text =
      'Ada Crane (thinking): He knows.\nAda Crane: Hello.\nA.J. Hale (smiling): Yes.\nAda Crane (thinking): No.\n';
    const { records } = await load(fileOf('slip.txt', text));
    expect(records.map(spoken)).toEqual([
      [
        'Ada Crane: <role_thinking>He knows.</role_thinking>Hello.',
        'A.J. Hale: <role_action>smiling</role_action>Yes.',
      ],
    ]);
    expect(records[0]?.rejects.map(({ why }) => why)).toEqual(['nothing-visible']);
  });

  it('takes a name in lower case that speaks more than once', async () => {
    const { records } = await load(
      fileOf('chat.txt', 'ada: hello\nperran: no\nada: why\nlisten: the bell\nperran: so\n'),
    );
    expect(records.map(spoken)).toEqual([
      ['ada: hello', 'perran: no', 'ada: why\nlisten: the bell', 'perran: so'],
    ]);
  });

  it('of JSON Lines is a scene for each name of one', async () => {
    const { records, rejects } = await load(fixture('spoken.jsonl'));
    expect(records.map(({ record }) => record.id)).toEqual(['spoken-slip', 'spoken-boat']);
    expect(records.map(spoken)).toEqual([
      [
        'Ada Crane: <role_action>sets down her bag</role_action>Two shillings.',
        "Perran Hale: <role_thinking>She ran</role_thinking>Tide's wrong.",
      ],
      ['Ada Crane: It is four.'],
    ]);
    expect(rejects.map(({ where, why }) => [where.split(', ').at(-1), why])).toEqual([
      ['line 4', 'bad-form'],
    ]);
  });
});

describe('beats that were played', () => {
  it('are what the room perceived, a scene for each run', async () => {
    const { all, records } = await load(fixture('played.jsonl'));
    expect(records.map(spoken)).toEqual([
      ['Environment: Rain.', 'Ada Crane: <role_action>waves</role_action>Here.', 'The Guest: Good evening.'],
      ['Ada Crane: Again.'],
    ]);
    expect(records[0]?.record.source).toBe('scene');
    expect(records[0]?.rejects.map(({ why }) => why)).toEqual(['hidden-layers']);
    expect(JSON.stringify(all)).not.toMatch(/SECRET|PLAN/u);
  });
});
