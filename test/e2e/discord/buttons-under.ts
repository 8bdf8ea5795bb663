import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import type { SeenMessage } from '../../doubles/discord/messages/see-message.ts';
import { type AnyComponent, everyComponent } from '../../doubles/discord/rules/component-rules.ts';
import type { Ref } from '../../doubles/discord/world/snowflake.ts';
import type { Theatre } from './discord-theatre.ts';

/** The buttons under a message as they read, in brackets where they cannot be pressed. */
export function buttonsUnder({ components }: Pick<SeenMessage, 'components'>): string {
  return [...everyComponent(components as unknown as AnyComponent[])]
    .filter(({ custom_id }) => custom_id !== undefined)
    .map((button) => (button['disabled'] ? `(${button['label']})` : `${button['label']}`))
    .join(' ');
}

/** What webhooks said in a channel, oldest first, with the buttons under it: `text | buttons`. */
export function linesWithButtons({ double, channel }: Theatre, place: Ref = channel): string[] {
  return double
    .messages(place)
    .filter(({ webhookId }) => webhookId !== null)
    .map((message) => [message.content, buttonsUnder(message)].filter(Boolean).join(' | '));
}

/** The messages that bear the row of a newest line. */
export function rowBearers({ double, channel }: Theatre, place: Ref = channel): SeenMessage[] {
  return double
    .messages(place)
    .filter(({ components }) => JSON.stringify(components).includes(`"${BUTTONS.following}"`));
}
