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
  expect(answer.name).toBe('the-last-boat.html');
});
afterAll(() => house.close());

test('it holds what was seen and heard, and each thought folded away', () => {
  expect(html).toContain('Late, Tom.');
  expect(html).toContain('Is there a boat?');
  expect(html).toMatch(/<details><summary>💭 what Old Wenna thought<\/summary><blockquote>THOUGHT-OPENING/);
});

test('it holds no plan, no whisper and nothing of the cards’ private parts', () => {
  expect(html).not.toMatch(/PLAN-|CANARY-WHISPER|SECRET|PRIVATE-CARD|MOTIVE/);
});

test('it loads nothing and runs nothing', () => {
  expect(html).not.toContain('<script');
  expect(html).not.toMatch(/<[^>]+\son\w+=/);
  expect(html).not.toMatch(/<[^>]+\b(?:src|href)=/);
  expect(html).not.toMatch(/url\((?!data:image\/)/);
  expect(html).toContain("default-src 'none'");
  // The card's own picture, and initials for the one without and for the player; each once.
  expect(html.match(/url\(data:image\/png;base64,/g)).toHaveLength(1);
  expect(html.match(/url\(data:image\/svg\+xml;base64,/g)).toHaveLength(2);
});

test('what stood in names, settings and lines is text in it', () => {
  const asText = '&lt;img src=x onerror=&quot;alert(2)&quot;&gt;';
  expect(html).toContain(`A landing. &lt;/style&gt;`);
  expect(html.split(asText).length - 1).toBeGreaterThan(3);
});
