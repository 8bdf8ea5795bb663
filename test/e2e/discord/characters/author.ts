import type { Interaction } from '../../../doubles/discord/interactions/interaction.ts';
import type { Reply } from '../../../doubles/discord/interactions/replied.ts';
import type { SeenMessage } from '../../../doubles/discord/messages/see-message.ts';
import { everyComponent } from '../../../doubles/discord/rules/component-rules.ts';
import type { User } from '../../../doubles/discord/world/entities.ts';
import type { Theatre } from '../discord-theatre.ts';

export type FormValues = Parameters<Theatre['double']['submitModal']>[1];

/** A card in one person's hands: what its message shows now, and how to go on with it. */
export type Author = {
  /** All that can be read. */
  text(): string;
  message(): SeenMessage;
  /** The custom id of a part, such as `save`. */
  idOf(part: string): string;
  press(part: string): Promise<Reply>;
  /** Opens a form from its button, fills it in and sends it. */
  fill(form: string, values: FormValues): Promise<Reply>;
  /** Opens a form, and nothing more. */
  open(form: string): Promise<Interaction>;
  /** Fills in a form that is open, and sends it. */
  send(opened: Interaction, values: FormValues): Promise<Reply>;
};

/** `/character create`, its first form filled in. */
export async function created(theatre: Theatre, user: User, values: FormValues): Promise<Author> {
  const { double, channel } = theatre;
  const asked = double.slash(channel, user, 'character create');
  await double.replied(asked);
  return authorOf(theatre, user, await screenOf(theatre, double.submitModal(asked, values)));
}

/** `/character edit`, as its first screen stands. */
export async function editing(theatre: Theatre, user: User, name: string): Promise<Author> {
  const { double, channel } = theatre;
  return authorOf(
    theatre,
    user,
    await screenOf(theatre, double.slash(channel, user, 'character edit', { name })),
  );
}

async function screenOf({ double }: Theatre, asked: Interaction): Promise<SeenMessage> {
  const { message, content, ephemeral } = await double.replied(asked);
  if (!message || message.components.length === 0) throw new Error(content || 'no screen');
  if (!ephemeral) throw new Error('everyone sees it');
  return message;
}

function authorOf({ double }: Theatre, user: User, first: SeenMessage): Author {
  let now = first;
  const idOf = (part: string): string => {
    const ids = [...everyComponent(now.components as never)].flatMap((one) => one.custom_id ?? []);
    const found = ids.find((id) => id.endsWith(`:${part}`));
    if (!found) throw new Error(`no ${part} among ${ids.join(', ')}`);
    return found;
  };
  /** A screen that changes: what stood there before is no answer yet. */
  async function settle(next: Interaction, before = JSON.stringify(now.components)): Promise<Reply> {
    const reply = await double.replied(
      next,
      ({ kind, message }) => kind !== 'update' || JSON.stringify(message?.components) !== before,
    );
    if (reply.kind === 'update' && reply.message) now = reply.message;
    return reply;
  }
  async function open(form: string): Promise<Interaction> {
    const asked = double.click(now, idOf(form), user);
    const { kind, content } = await double.replied(asked);
    if (kind !== 'modal') throw new Error(content);
    return asked;
  }
  return {
    text: () => now.text,
    message: () => now,
    idOf,
    open,
    press: (part) => settle(double.click(now, idOf(part), user)),
    send: (opened, values) => settle(double.submitModal(opened, values)),
    fill: async (form, values) => settle(double.submitModal(await open(form), values)),
  };
}
