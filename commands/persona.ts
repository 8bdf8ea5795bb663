import type { Command } from '../src/engine/command/command.ts';
import { textOf } from '../src/engine/command/read-values.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import { PlayerError } from '../src/errors.ts';
import type { Persona } from '../src/scene/beat.ts';
import { asTyped, say, type Text } from '../src/words/text.ts';

const LONGEST_ADDRESS = 500;

export const persona: Command = {
  name: 'persona',
  description: 'Who you are in this scene',
  actions: {
    set: {
      description: 'Play under another name here; joins you',
      options: [
        { name: 'name', description: 'Your name in this scene', type: 'text', max: 40 },
        {
          name: 'sheet',
          description: 'What anyone could see or know of you: looks, standing',
          type: 'text',
          max: 600,
        },
        {
          name: 'avatar',
          description: 'Address of a picture, https://…',
          type: 'text',
          max: LONGEST_ADDRESS,
        },
      ],
      allowed: 'anyone',
      async run(context, values) {
        const { engine, place, who, reply } = context;
        await sceneHere(context);
        const name = textOf(values, 'name');
        const sheet = textOf(values, 'sheet');
        const picture = textOf(values, 'avatar');
        if (name === undefined && sheet === undefined && picture === undefined) {
          throw new PlayerError('Say who you are: a name, a sheet, an avatar, or all of them.');
        }
        const before = await engine.ledger.personaOf(place.scene, who.id);
        const { name: shown } = await engine.ledger.setPersona(place.scene, who, {
          name: who.name,
          ...before,
          ...(name === undefined ? {} : { name }),
          ...(sheet === undefined ? {} : { sheet }),
          ...(picture === undefined ? {} : { avatar: addressOf(picture) }),
        });
        await reply(
          say('You are {{shown}} here: the cast hears you under that name. /persona clear ends it.', {
            shown,
          }),
        );
      },
    },
    show: {
      description: 'Who you are here',
      options: [],
      allowed: 'anyone',
      async run({ engine, place, who, reply }) {
        await sceneHere({ engine, place });
        const found = await engine.ledger.personaOf(place.scene, who.id);
        await reply(
          found
            ? personaWords(found)
            : say('You are {{who}} here. /persona set changes that.', { who: who.name }),
        );
      },
    },
    clear: {
      description: 'Be yourself again here',
      options: [],
      allowed: 'anyone',
      async run({ engine, place, who, reply }) {
        await sceneHere({ engine, place });
        if (!(await engine.ledger.personaOf(place.scene, who.id))) {
          throw new PlayerError('You have no persona here. /persona set gives you one.');
        }
        const { name } = await engine.ledger.setPersona(place.scene, who, undefined);
        await reply(say('You are {{name}} here again.', { name }));
      },
    },
  },
};

function personaWords({ name, sheet, avatar }: Persona & { readonly name: string }): Text {
  return [
    say('You are {{name}} here.', { name }),
    ...(sheet ? [asTyped(sheet)] : []),
    ...(avatar ? [say('Picture: <{{avatar}}>', { avatar })] : []),
  ];
}

/** @throws PlayerError where it is no address that anyone could open */
function addressOf(typed: string): string {
  const address = URL.parse(typed);
  const open = address?.protocol === 'https:' && address.username === '' && address.password === '';
  if (address && open && address.href.length <= LONGEST_ADDRESS) return address.href;
  throw new PlayerError('avatar is the address of a picture that anyone can open: it begins with https://.');
}
