import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApplicationShelf } from '../../../src/stage/web/applications/application-shelf.ts';
import type { ClientMessage } from '../../../src/stage/web/protocol.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { misfit } from '../../support/protocol-schemas.ts';
import { smallLibrary } from '../../support/small-library.ts';
import { joinWithToken } from '../../unit/stage/web/stage-client.ts';
import { openWebHouse, type WebHouse } from '../../unit/stage/web/web-house.ts';
import { add } from '../applications/dialling.ts';

/**
 * Neither engine runs here. What their clients send stands in one table of each file, as literal JSON; this reads it from
 * there, fills it in as they do, and sends it to a real stage.
 */
const ENGINES = [
  {
    engine: 'Godot',
    file: 'godot/dramatis_client.gd',
    entry: /^\t"(\w+)": '(\{.*\})',$/gmu,
    plain: (json: string) => json,
  },
  {
    engine: 'Unity',
    file: 'unity/DramatisClient.cs',
    entry: /^ +\["(\w+)"\] = @"(\{.*\})",$/gmu,
    plain: (json: string) => json.replaceAll('""', '"'),
  },
] as const;

/** In the order in which a game may come to send them; what each is answered with. */
const ANSWERS = {
  open: 'opened',
  cast: 'done',
  cues: 'done',
  pace: 'done',
  perceive: 'heard',
  say: 'heard',
  act: 'heard',
  whisper: 'heard',
  next: 'done',
  next_of: 'done',
  interrupt: 'done',
  stop: 'done',
  save: 'saved',
  saves: 'saves',
  move: 'moved',
  reopen: 'opened',
  load: 'opened',
} as const;

let store: SceneStore;
let house: WebHouse;
beforeAll(async () => {
  store = await openStore('memory:');
  house = await openWebHouse(smallLibrary(), { store });
});
afterAll(() => house.close());

describe.each(ENGINES)('the client for $engine', ({ engine, file, entry, plain }) => {
  const source = readFileSync(new URL(`../../../clients/${file}`, import.meta.url), 'utf8');
  const templates = new Map(
    [...source.matchAll(entry)].map(([, name = '', json = '']) => [name, plain(json)]),
  );

  test('has all its messages in one table, and sends each', () => {
    expect([...templates.keys()].sort()).toEqual(Object.keys(ANSWERS).sort());
    expect(source.match(/"+type"+:/gu)).toHaveLength(templates.size);
    for (const name of templates.keys()) {
      expect(source).toMatch(new RegExp(`(?:_send|_send_line|Send|SendLine)\\("${name}"`, 'u'));
    }
  });

  test('offers the version of the protocol and its token as subprotocols', () => {
    expect(source).toMatch(/"dramatis\.v1"\W+(?:socket\.Options\.AddSubProtocol\()?token\b/u);
  });

  test('speaks the protocol, as published, to a real stage', async () => {
    const token = await add(createApplicationShelf(store), engine, ['play', 'direct', 'peek']);
    const game = await joinWithToken(house.url, token);
    const { run } = await game.seen('hello');
    const values: Record<string, unknown> = {
      title: 'A quay',
      setting: 'A quay in the rain.',
      player: 'p1',
      name: 'Ada',
      text: 'Is there a boat, “tonight”?',
      to: ['tom'],
      witnesses: ['tom', 'player'],
      who: 'tom',
      character: 'wenna',
      present: true,
      actions: [{ name: 'shrug', means: 'shrugs' }],
      ms: 6000,
      after: 0,
      revision: 0,
      run,
    };
    for (const [name, answer] of Object.entries(ANSWERS)) {
      const filled = {
        ...values,
        cast: ['tom'],
        key: `${engine}-${name}`,
        ...(name === 'move' ? { to: 'The shed' } : {}),
      };
      const message = fill(JSON.parse(templates.get(name) ?? ''), filled) as ClientMessage;
      const sent: object = { ...message, re: '1' };
      expect(misfit('client', sent)).toBeUndefined();
      const answered = await game.ask(message);
      expect([name, answered]).toEqual([name, expect.objectContaining({ type: answer })]);
      if (answered.type === 'opened') {
        values['scene'] = answered.scene.id;
        values['revision'] = answered.revision;
        values['after'] = answered.beats.at(-1)?.n ?? 0;
      }
      if (answered.type === 'saved') values['save'] = answered.save.id;
    }
    // The thoughts that both ask for come after a line.
    await game.ask({ type: 'next', who: 'tom' });
    expect((await game.seen('thoughts')).thoughts.length).toBeGreaterThan(0);
    await game.close();
  });
});

/** As both clients do it: a value that begins with `$` is another one. */
function fill(template: unknown, values: Record<string, unknown>): unknown {
  if (typeof template === 'string' && template.startsWith('$')) {
    expect(values).toHaveProperty(template.slice(1));
    return values[template.slice(1)];
  }
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fill(value, values)]));
}
