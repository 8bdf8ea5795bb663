import type { Rules } from '../../config/room-settings.ts';
import { say, type Text } from '../../words/text.ts';
import { type EngineRoom, kindOf } from '../engine-room.ts';
import { createMailbox, type Mailbox } from '../mailbox.ts';
import { type Stage, StageError } from '../stage.ts';
import { serves } from '../territory.ts';
import type { Audit, AuditEntry } from './audit-api.ts';
import { createAuditShelf, type Shown, timeOf, withoutQuote } from './audit-shelf.ts';
import { createFlood, FLOOD_MS } from './flood.ts';

/** What is older when the bot starts is only looked up, not shown any more. */
const STILL_NEWS_MS = 3600 * 1000;

const TROUBLES: Readonly<Record<StageError['reason'], Text>> = {
  gone: 'The log channel does not exist any more: choose another with /config set logChannel.',
  forbidden: 'The bot may not write in the log channel: it needs View Channel and Send Messages there.',
  rejected: 'Discord did not take the last entry in the log channel. /dramatis log has it.',
  unreachable: 'Discord could not be reached for the last entry. /dramatis log has it.',
};

/** Where moderators are told: the surface that has servers, and what holds in one of them. */
export type Moderated = {
  stage(): Stage | undefined;
  rules(server: string): Promise<Rules>;
};

export function createAudit(room: EngineRoom, moderated: Moderated): Audit {
  const { clock, closing, log } = room;
  const shelf = createAuditShelf(room.options.store, clock.now);
  const flood = createFlood();
  const writing = new Map<string, Mailbox>();
  /** Discord may be slow; nothing waits for it but what else is to be shown there. */
  const showing = new Map<string, Mailbox>();
  const troubles = new Map<string, Text>();
  const underWay = new Set<Promise<void>>();

  function inBackground(event: string, server: string, task: () => Promise<void>): void {
    const running = task()
      .catch((error: unknown) => {
        if (!closing.aborted) log.warn(event, { server, error: kindOf(error) });
      })
      .finally(() => underWay.delete(running));
    underWay.add(running);
  }

  async function write(server: string, entry: AuditEntry, alone: boolean): Promise<void> {
    const { logChannel } = await moderated.rules(server);
    const due = logChannel !== '' && alone;
    const key = await shelf.add(server, { entry, shown: due ? 'due' : 'kept' });
    if (due) showSoon(server, key);
    else if (logChannel !== '') foldSoon(server);
  }

  function showSoon(server: string, key: string): void {
    inBackground('audit-not-shown', server, () => mailboxIn(showing, server).post(() => show(server, key)));
  }

  /** At most once: what may stand there is not shown again. */
  async function show(server: string, key: string): Promise<void> {
    // After the next start, then.
    if (closing.aborted) return;
    if ((await shelf.read(key))?.shown !== 'due') return;
    const tried = await shelf.change(key, (kept) => ({ ...kept, shown: 'tried' }));
    if (!tried) return;
    const shown = await tell(server, tried.entry);
    const now = await shelf.change(key, (kept) => ({ ...kept, shown }));
    // Whose words it holds may have had them erased while it was being shown.
    const erased = !now || (tried.entry.quote !== undefined && now.entry.quote === undefined);
    if (erased) await takeAway(shown);
  }

  /** What became of it; a failure is told in the log and to who looks at the settings. */
  async function tell(server: string, entry: AuditEntry): Promise<Shown> {
    const { logChannel: channel, language } = await moderated.rules(server);
    const stage = moderated.stage();
    if (!stage?.tellModerators || channel === '') return 'kept';
    try {
      const delivery = await stage.tellModerators(server, channel, entry, language, closing);
      if (!delivery) throw new StageError('gone', say('The log channel is none of this server.'));
      troubles.delete(server);
      return { channel, messages: [...delivery.messages] };
    } catch (error) {
      // Only what had not begun is broken off.
      if (closing.aborted) return 'due';
      const reason = error instanceof StageError ? error.reason : undefined;
      troubles.set(server, TROUBLES[reason ?? 'rejected']);
      log.warn('audit-not-shown', { server, reason: reason ?? kindOf(error) });
      return 'kept';
    }
  }

  async function takeAway(shown: Shown): Promise<void> {
    if (typeof shown === 'string') return;
    try {
      await moderated.stage()?.untellModerators?.(shown.channel, shown, closing);
    } catch (error) {
      const reason = error instanceof StageError ? error.reason : kindOf(error);
      log.warn('audit-stays-shown', { channel: shown.channel, reason });
    }
  }

  const folding = new Set<string>();

  /** One line for all that came too quickly, when it has calmed down. */
  function foldSoon(server: string): void {
    if (folding.has(server)) return;
    folding.add(server);
    inBackground('audit-not-folded', server, async () => {
      try {
        await clock.sleep(FLOOD_MS, closing);
      } finally {
        folding.delete(server);
      }
      const count = flood.folded(server);
      const text = say('… and {{count}} more. /dramatis log shows them.', { count });
      await mailboxIn(showing, server).post(() => tell(server, { kind: 'folded', at: clock.now(), text }));
    });
  }

  return {
    note(server, noted) {
      if (server === undefined) return;
      const entry = { ...noted, at: clock.now() };
      // A report is never lost in a crowd.
      const alone = noted.kind === 'reported' || flood.takes(server, entry.at);
      inBackground('audit-not-written', server, () =>
        mailboxIn(writing, server).post(() => write(server, entry, alone)),
      );
    },
    async recent(server, most = 20) {
      await mailboxIn(writing, server).empty();
      const keys = (await shelf.keys(server)).slice(-most).reverse();
      const kept = await Promise.all(keys.map((key) => shelf.read(key)));
      return kept.flatMap((one) => (one ? [one.entry] : []));
    },
    async eraseQuotes(of) {
      await Promise.all([...writing.values()].map((mailbox) => mailbox.empty()));
      const isOf = ({ about = [], log: key, beat, beats = [] }: AuditEntry): boolean =>
        'person' in of
          ? about.includes(of.person)
          : key === of.log && (of.beat === undefined || beat === of.beat || beats.includes(of.beat));
      for (const key of await shelf.quoting(isOf)) {
        let stood: Shown = 'kept';
        await shelf.change(key, ({ entry, shown }) => {
          stood = shown;
          return { entry: withoutQuote(entry), shown: typeof shown === 'string' ? shown : 'kept' };
        });
        await takeAway(stood);
      }
    },
    async erase(server) {
      await mailboxIn(writing, server).empty();
      await shelf.erase(server);
    },
    trouble: (server) => troubles.get(server),
    takeUp() {
      inBackground('audit-not-taken-up', '*', async () => {
        const since = clock.now() - STILL_NEWS_MS;
        for (const server of (await shelf.servers()).filter((one) => serves(room.options, one))) {
          const recent = (await shelf.keys(server)).filter((key) => timeOf(key) >= since);
          for (const key of recent) showSoon(server, key);
        }
      });
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

function mailboxIn(mailboxes: Map<string, Mailbox>, server: string): Mailbox {
  const mailbox = mailboxes.get(server) ?? createMailbox();
  mailboxes.set(server, mailbox);
  return mailbox;
}
