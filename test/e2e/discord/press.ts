import type { Reply } from '../../doubles/discord/interactions/replied.ts';
import type { SeenMessage } from '../../doubles/discord/messages/see-message.ts';
import type { Ref } from '../../doubles/discord/world/snowflake.ts';
import { rowBearers } from './buttons-under.ts';
import type { Theatre } from './discord-theatre.ts';

/** The line that bears the buttons of the newest line. */
export function newestLine(theatre: Theatre, place: Ref = theatre.channel): SeenMessage {
  const bearer = rowBearers(theatre, place).at(-1);
  if (!bearer) throw new Error('No line bears buttons.');
  return bearer;
}

/** Presses a button whose answer is a message for this person alone. */
export async function pressed(theatre: Theatre, message: Ref, button: string, user: Ref): Promise<Reply> {
  const { double } = theatre;
  return double.replied(double.click(message, button, user));
}

/** Presses a button, or chooses in a menu, of a message that is then replaced by what came of it. */
export async function replaced(
  theatre: Theatre,
  message: SeenMessage | null,
  id: string,
  user: Ref,
  chosen?: string,
): Promise<Reply> {
  if (!message) throw new Error('There is no message to press.');
  const { double } = theatre;
  const used =
    chosen === undefined ? double.click(message, id, user) : double.select(message, id, user, [chosen]);
  return double.replied(used, ({ message: now }) => now?.text !== message.text);
}

/** Presses a button that answers only to refuse: what it says then. */
export async function refusal(theatre: Theatre, message: Ref, button: string, user: Ref): Promise<string> {
  const { double } = theatre;
  const press = double.click(message, button, user);
  const since = double.position();
  const said = double.replies(press)[0];
  if (said) return said.content;
  const { message: told } = await double.waitFor(
    'message-created',
    ({ message: one }) => one.ephemeral && double.replies(press).some(({ id }) => id === one.id),
    { since },
  );
  return told.content;
}

/** Requests whose outcome anyone but one person can read: all but answers to interactions. */
export function publicWords({ double: { requests, applicationId } }: Theatre): string {
  return requests
    .filter(
      ({ path }) => !path.startsWith(`/webhooks/${applicationId}/`) && !path.startsWith('/interactions/'),
    )
    .map(({ text }) => text)
    .join('\n');
}
