import type { DiscordDouble } from '../../doubles/discord/discord-double.ts';

type Body = {
  readonly data?: unknown;
  readonly message?: unknown;
  readonly content?: unknown;
  readonly components?: unknown;
  readonly title?: unknown;
  readonly allowed_mentions?: { readonly parse?: readonly string[]; readonly users?: readonly string[] };
};

/** Messages that the bot sent or changed, as a count and those that do not forbid every mention. */
export function mentionsAllowed({ requests }: Pick<DiscordDouble, 'requests'>): {
  readonly messages: number;
  readonly careless: readonly string[];
} {
  const sent = requests.flatMap(({ method, path, body }) => {
    const message = messageIn(body as Body | undefined);
    return message && ['POST', 'PATCH'].includes(method) ? [{ request: `${method} ${path}`, message }] : [];
  });
  const careless = sent.filter(({ message: { allowed_mentions: allowed } }) => {
    return allowed?.parse?.length !== 0 || (allowed.users?.length ?? 0) > 0;
  });
  return { messages: sent.length, careless: careless.map(({ request }) => request) };
}

/** A message stands in the body itself, in an interaction's answer or in a new forum post; a modal is none. */
function messageIn(body: Body | undefined): Body | undefined {
  const inner = (body?.data ?? body?.message ?? body) as Body | undefined;
  const isMessage = inner?.content !== undefined || inner?.components !== undefined;
  return isMessage && inner?.title === undefined ? inner : undefined;
}
