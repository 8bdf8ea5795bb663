import { type Message, say } from '../../words/text.ts';

/** What moderators are told of a log channel that everyone in the server can read. */
export function openLogWords(channel: string): Message {
  return say(
    '⚠️ Everyone can read {{channel}}: whispers, secrets and reports stand in /dramatis log alone, not there. {{channel}} > Edit Channel > Permissions: deny @everyone View Channel, and allow it to moderators and to me.',
    { channel: `<#${channel}>` },
  );
}
