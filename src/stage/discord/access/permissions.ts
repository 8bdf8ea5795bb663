import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';

type Permission = { readonly bit: bigint; readonly name: string };

const P = PermissionFlagsBits;

/** What the bot needs to host scenes, under the names that Discord's settings show. */
const needed: readonly Permission[] = [
  { bit: P.ViewChannel, name: 'View Channel' },
  { bit: P.SendMessages, name: 'Send Messages' },
  { bit: P.ManageWebhooks, name: 'Manage Webhooks' },
  { bit: P.ReadMessageHistory, name: 'Read Message History' },
  { bit: P.AttachFiles, name: 'Attach Files' },
  { bit: P.EmbedLinks, name: 'Embed Links' },
];
const sendInThreads: Permission = { bit: P.SendMessagesInThreads, name: 'Send Messages in Threads' };
const createThreads: Permission = { bit: P.CreatePublicThreads, name: 'Create Public Threads' };
const createPrivateThreads: Permission = { bit: P.CreatePrivateThreads, name: 'Create Private Threads' };
const neededInThread = needed.map((one) => (one.bit === P.SendMessages ? sendInThreads : one));

// Beside those: reactions and other servers' emojis, which later features use.
const invited =
  needed.reduce((bits, { bit }) => bits | bit, 0n) | sendInThreads.bit | P.AddReactions | P.UseExternalEmojis;

/** What is missing of what a scene needs, by the names that Discord's settings show. */
export function missingPermissions(has: bigint | string, inThread: boolean): string[] {
  return lacking(has, inThread ? neededInThread : needed);
}

/**
 * What is missing to open a thread in a channel, or a post in a forum, and to host a scene in it;
 * `has` is what the channel grants.
 */
export function missingForNewThread(
  has: bigint | string,
  { inForum, isPrivate = false }: { readonly inForum: boolean; readonly isPrivate?: boolean },
): string[] {
  // Discord names the same permission "Create Posts" in a forum.
  const inChannel = isPrivate ? createPrivateThreads : createThreads;
  const open = inForum ? { bit: P.SendMessages, name: 'Create Posts' } : inChannel;
  return lacking(has, [open, ...neededInThread]);
}

function lacking(has: bigint | string, wanted: readonly Permission[]): string[] {
  const permissions = new PermissionsBitField(BigInt(has));
  return wanted.filter(({ bit }) => !permissions.has(bit)).map(({ name }) => name);
}

/** Says what is missing, and where a moderator changes it. */
export function missingPermissionsText(missing: readonly string[]): string {
  const [one] = missing;
  const what = missing.length === 1 ? one : `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`;
  const those = missing.length === 1 ? 'that permission' : 'those permissions';
  return (
    `I may not do all that a scene needs here. Missing: ${what}. ` +
    `A moderator can give my role ${those} under Edit Channel > Permissions, or Server Settings > Roles.`
  );
}

/**
 * The address that invites the bot to a server, with the least that it needs.
 * `threads`: it may also open a thread for a scene.
 */
export function inviteLink(applicationId: string, { threads = true } = {}): string {
  const permissions = threads ? invited | createThreads.bit : invited;
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(permissions),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
