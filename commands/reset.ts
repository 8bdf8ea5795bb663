import { castOption } from '../src/engine/command/cast-option.ts';
import type { Choice, Command, CommandContext } from '../src/engine/command/command.ts';
import { findCharacter } from '../src/engine/command/find-character.ts';
import { textOf, wordsOf } from '../src/engine/command/read-values.ts';
import { castOf, sceneHere } from '../src/engine/command/scene-here.ts';
import { PlayerError } from '../src/errors.ts';
import { type Message, say, type Text } from '../src/words/text.ts';

const kinds: readonly Choice[] = [
  { value: 'conversation', name: 'conversation: back to the opening; it can still be looked up' },
  { value: 'character', name: 'character: one of the cast forgets all of the scene' },
  { value: 'all', name: 'all: back to the opening, and every word is erased' },
];

/** What would be lost, what to do it with, and what is said then. */
type Reset = { readonly lost: Message; readonly done: Text; run(): Promise<void> };

export const reset: Command = {
  name: 'reset',
  description: 'Forget: this conversation, a character’s memory, or all',
  action: {
    description: 'Forget this conversation, a character’s memory, or all; asks before it does',
    options: [
      { name: 'what', description: 'What is forgotten', type: 'text', required: true, choices: kinds },
      castOption('Whose memory, for character', { placed: true, ever: true }),
      { name: 'confirm', description: 'Yes, do it', type: 'flag' },
    ],
    allowed: 'owner',
    async run(context, values) {
      const { lost, done, run } = await resetOf(context, wordsOf(values, 'what'), textOf(values, 'name'));
      if (values['confirm'] !== true) {
        await context.reply(say('{{lost}} The same again with confirm: yes does it.', { lost }));
        return;
      }
      await run();
      await context.reply(done);
    },
  },
};

async function resetOf(context: CommandContext, what: string, name: string | undefined): Promise<Reset> {
  const { past, ledger } = context.engine;
  const { scene } = context.place;
  const info = await sceneHere(context);
  if (what === 'character') {
    if (name === undefined) throw new PlayerError('Whose memory? Add name: and one of the cast.');
    const character = findCharacter(name, castOf(info));
    const { beats } = await ledger.memory(scene, character.id);
    return {
      lost: say(
        '{{character}} would forget all {{count}} beats that they remember; the scene itself stays.',
        {
          character: character.name,
          count: beats,
        },
      ),
      done: say('{{name}} has forgotten all of it.', { name: character.name }),
      run: () => ledger.forget(scene, character.id),
    };
  }
  if (name !== undefined) throw new PlayerError(say('To reset {{name}} alone, choose character.', { name }));
  const back = { title: info.record.title, count: info.beats };
  if (what === 'all') {
    return {
      lost: say(
        '“{{title}}”, {{count}} beats long by now, would go back to its opening, and every word said since would be erased for good.',
        back,
      ),
      done: 'The scene is back at its opening, and what was said since is erased.',
      run: () => past.restart(scene, true),
    };
  }
  return {
    lost: say(
      '“{{title}}”, {{count}} beats long by now, would go back to its opening, and nobody would remember what came since.',
      back,
    ),
    done: 'The scene is back at its opening. Nobody remembers what was said since.',
    run: () => past.restart(scene),
  };
}
