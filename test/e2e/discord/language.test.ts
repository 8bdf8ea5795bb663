import { afterEach, beforeEach, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import german from '../../../locales/de/messages.json' with { type: 'json' };
import { commandJson } from '../../../src/stage/discord/interactions/command-json.ts';
import type { User } from '../../doubles/discord/world/entities.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
let eva: User;
let dieter: User;

beforeEach(async () => {
  theatre = await openTheatre({ locale: 'de' });
  const { double, server } = theatre;
  eva = double.addUser({ username: 'eva', globalName: 'Eva', locale: 'en-US' });
  dieter = double.addUser({ username: 'dieter', globalName: 'Dieter', locale: 'de' });
  double.addMember(server, eva);
  double.addMember(server, dieter);
});
afterEach(() => theatre.close());

/** What the German catalogue has for an English sentence: something else than English. */
function inGerman(english: string): string {
  const words = new Map(Object.entries(german)).get(english);
  if (words === undefined) throw new Error(`The German catalogue lacks: ${english}`);
  expect(words).not.toBe(english);
  return words;
}

async function answerTo(user: User, command: string): Promise<string> {
  const { double, channel } = theatre;
  return (await double.replied(double.slash(channel, user, command, {}))).content;
}

test('each person is answered in their own language, in the same channel', async () => {
  const english = await answerTo(eva, 'cast');
  expect(await answerTo(dieter, 'cast')).toBe(inGerman(english));
  expect(await answerTo(eva, 'cast')).toBe(english);
});

test('what everyone in the room reads is in the language of the server', async () => {
  await theatre.start({ cast: 'Tom Reddick', preset: 'called-only' });
  await theatre.engine().join(`discord:${theatre.channel.id}`, { id: eva.id, name: 'Eva' });
  const joined =
    '{{name}} has joined the scene: what they write here is now heard by the cast. (/scene leave ends that.)';
  const said = theatre.double.messages(theatre.channel).map(({ content }) => content);
  expect(said.join('\n')).toContain(inGerman(joined).replaceAll('{{name}}', 'Eva'));
  const card = JSON.stringify(theatre.card());
  for (const label of ['Join', 'End']) expect(card).toContain(JSON.stringify(inGerman(label)));
});

test('commands are described in German as well, and keep their names', () => {
  for (const json of commandJson(commands)) {
    if (!('description_localizations' in json)) continue;
    const found = commands.find(({ name }) => name === json.name);
    expect(json.description_localizations).toEqual({ de: inGerman(found?.description ?? '') });
    expect(json).not.toHaveProperty('name_localizations');
  }
});
