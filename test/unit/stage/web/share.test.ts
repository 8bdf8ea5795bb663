import { afterAll, beforeAll, expect, test } from 'vitest';
import { HARBOUR, smallCharacter, smallLibrary } from '../../../support/small-library.ts';
import { joinStage, type StageClient } from './stage-client.ts';
import { openWebHouse, type WebHouse } from './web-house.ts';

const HOSTILE = `</style><script>alert(1)</script><img src=x onerror="alert(2)">`;

let house: WebHouse;
let client: StageClient;
let html = '';

beforeAll(async () => {
  const bytes = new Uint8Array([137, 80, 78, 71]);
  const wenna = smallCharacter('wenna', 'Old Wenna', { avatar: { type: 'bytes', mime: 'image/png', bytes } });
  const tom = smallCharacter('tom', `Tom ${HOSTILE}`);
  const scene = {
    ...HARBOUR,
    setting: `A landing. ${HOSTILE}`,
    opening: [{ narrator: `Rain. ${HOSTILE}` }, ...HARBOUR.opening],
  };
  house = await openWebHouse(smallLibrary([wenna, tom], [scene]));
  client = await joinStage(house.url);
  client.send({ type: 'open' });
  const { id } = (await client.seen('opened')).scene;
  await house.engine.idle(id);
  await client.ask({ type: 'whisper', to: ['tom'], text: 'CANARY-WHISPER' });
  await house.engine.idle(id);
  await client.ask({ type: 'say', text: `Is there a boat? ${HOSTILE}` });
  await house.engine.idle(id);
  const answer = await client.ask({ type: 'share' });
  if (answer.type !== 'share') throw new Error(`not shared: ${JSON.stringify(answer)}`);
  html = answer.html;
  expect(answer).toMatchObject({ name: 'the-last-boat.html', thoughts: true });
});
afterAll(() => house.close());

test('it holds what was seen and heard, and each thought behind its switch', () => {
  expect(html).toContain('Late, Tom.');
  expect(html).toContain('Is there a boat?');
  expect(html).toMatch(/type="checkbox".+What Old Wenna thought.+class="thought"[^>]*><p>THOUGHT-OPENING/s);
});

test('where not everyone may read thoughts none is in it', async () => {
  const { id } = (await client.seen('opened')).scene;
  await house.engine.setPeek(id, 'owner');
  const answer = await client.ask({ type: 'share' });
  expect(answer).toMatchObject({ type: 'share', thoughts: false });
  expect(JSON.stringify(answer)).toContain('Late, Tom.');
  expect(JSON.stringify(answer)).not.toMatch(/THOUGHT|Not for her|type=\\"checkbox/);
});

test('it holds no plan, no whisper and nothing of the cards’ private parts', () => {
  expect(html).not.toMatch(/PLAN-|CANARY-WHISPER|SECRET|PRIVATE-CARD|MOTIVE/);
});

test('it loads nothing and runs nothing', () => {
  expect(html).not.toContain('<script');
  expect(html).not.toMatch(/<[^>]+\son\w+=/);
  expect(html).not.toMatch(/<[^>]+\bhref=/);
  expect(html).not.toMatch(/url\(/);
  expect(html).toContain("default-src 'none'");
  // The card's own picture, once.
  expect(html.match(/\bsrc="[^"]*"/g)).toEqual([expect.stringMatching(/^src="data:image\/png;base64,/)]);
});

test('what stood in names, settings and lines is text in it', () => {
  const asText = '&lt;img src=x onerror=&quot;alert(2)&quot;&gt;';
  expect(html).toContain(`A landing. &lt;/style&gt;`);
  expect(html.split(asText).length - 1).toBeGreaterThan(3);
});
