import { say, type Text } from '../../words/text.ts';
import type { Block } from './access-api.ts';

/** Who holds off people that ask for too much at once: the bot itself. */
export const THE_BOT = 'dramatis';

/** What warns of being held off. */
export const TOO_MUCH: Text =
  'That is a lot at once. Wait half a minute: whoever goes on like this is held off for five minutes.';

/** What a blocked person is told, until when, and why where a reason was given. */
export function blockWords({ by, until, reason }: Block): { readonly refusal: Text; readonly reason?: Text } {
  if (by === THE_BOT && until !== undefined) {
    return {
      refusal: say('That was too much at once: you may go on {{when}}.', { when: timeOf(until, 'R') }),
    };
  }
  const refusal =
    until === undefined
      ? say('You may not play in this server: a moderator blocked you.')
      : say('You may not play in this server until {{when}}: a moderator blocked you.', {
          when: timeOf(until, 'f'),
        });
  return { refusal, ...(reason === undefined ? {} : { reason: say('Reason: {{reason}}', { reason }) }) };
}

/** For surfaces with servers, which is Discord: there it reads as each person's own local time, `R` as "in 5 minutes". */
export function timeOf(at: number, style: 'f' | 'R'): string {
  return `<t:${Math.ceil(at / 1000)}:${style}>`;
}
