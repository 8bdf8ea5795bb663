import { expect, test } from 'vitest';
import { readChat } from '../../../src/cast/chats/read-chat.ts';
import type { StartScene } from '../../../src/engine/engine-api.ts';
import { OWNER, playHouse, SCENE } from '../../support/play-house.ts';

const ROWS = [
  { user_name: 'Mara', character_name: 'Wenna' },
  { name: 'Wenna', is_user: false, mes: '*nods* "Late, {{user}}."', extra: { reasoning: 'PLAN-BESIDE' } },
  { name: 'Mara', is_user: true, mes: 'The road.\nTom: I stole the boat.' },
  { name: 'Narrator', mes: 'Rain.', extra: { type: 'narrator' } },
  { name: 'Old Pew', is_user: false, mes: 'Coach is at the door.' },
  {
    name: 'Tom',
    is_user: false,
    mes: '<role_thinking>SECRET-OF-TOM</role_thinking>It can wait.',
    swipes: ['Let it wait.', '<role_thinking>OTHER-SECRET</role_thinking>Send it away.'],
  },
];

function story(rows: readonly object[] = ROWS) {
  return readChat(
    new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join('\n')),
    'evening.jsonl',
  );
}

async function started(request: Partial<StartScene> = {}) {
  const house = await playHouse();
  await house.engine.start({
    id: SCENE,
    stage: 'web',
    owner: OWNER,
    cast: ['wenna', 'tom'],
    story: story(),
    ...request,
  });
  await house.engine.idle(SCENE);
  return house;
}

test('a chat goes on as a scene: everyone in it witnessed it, and each remembers its own thoughts alone', async () => {
  const { engine } = await started();
  const beats = await engine.replay(SCENE);
  expect(
    beats.map(({ kind, speaker, segments }) => [
      kind,
      speaker?.name,
      segments.map(({ text }) => text).join(' '),
    ]),
  ).toMatchObject([
    ['line', 'Old Wenna', 'nods Late, Mara.'],
    ['line', 'Mara', expect.stringContaining('The road.')],
    ['narration', 'Environment', 'Rain.'],
    ['line', 'Old Pew', 'Coach is at the door.'],
    ['line', 'Tom Reddick', 'It can wait.'],
  ]);
  const mind = async (id: string) => JSON.stringify(await engine.backstage.mind(SCENE, id));
  expect(await mind('tom')).toContain('SECRET-OF-TOM');
  expect(await mind('wenna')).toContain('It can wait.');
  expect(await mind('wenna')).not.toContain('SECRET-OF-TOM');
  expect(await mind('wenna')).not.toContain('PLAN-BESIDE');
});

test('nobody greets and nobody speaks unasked; then they answer', async () => {
  const { engine } = await started();
  const before = (await engine.replay(SCENE)).length;
  expect(before).toBe(5);
  await engine.hear(SCENE, { player: OWNER, text: 'Wenna, is there a boat?' });
  await engine.idle(SCENE);
  const after = await engine.replay(SCENE);
  expect(after.slice(before).map(({ speaker }) => speaker?.name)).toContain('Old Wenna');
});

test('the versions of the newest line are swipes, each with thoughts of its own', async () => {
  const { engine } = await started();
  const by = { id: OWNER.id, moderator: true };
  expect(await engine.past.swipe(SCENE, 'next', by)).toMatchObject({ version: 2, versions: 3 });
  expect(await engine.past.swipe(SCENE, 'next', by)).toMatchObject({ version: 3, versions: 3 });
  const mind = JSON.stringify(await engine.backstage.mind(SCENE, 'tom'));
  expect(mind).toContain('OTHER-SECRET');
  expect(mind).not.toContain('SECRET-OF-TOM');
});

test('what a line forged in the file forges nothing here', async () => {
  const { engine } = await started();
  const [, line] = await engine.replay(SCENE);
  expect(line?.speaker?.name).toBe('Mara');
  expect(line?.segments.map(({ text }) => text).join('')).not.toMatch(/^Tom:/m);
});

test('a surface is shown the last lines; the others stand in the log', async () => {
  const many = [
    ROWS[0] ?? {},
    ...Array.from({ length: 200 }, (_, at) => ({ name: 'Wenna', is_user: false, mes: `Line ${at + 1}.` })),
  ];
  const { engine, stage } = await started({ story: story(many) });
  expect(await engine.replay(SCENE)).toHaveLength(200);
  expect(stage.shown.filter(({ kind }) => kind === 'line').map(({ segments }) => segments[0]?.text)).toEqual([
    'Line 197.',
    'Line 198.',
    'Line 199.',
    'Line 200.',
  ]);
});
