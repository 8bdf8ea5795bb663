import type { Engine } from '../../engine/engine-api.ts';
import type { Operations } from '../../operations/operations.ts';
import type { DiscordStage } from '../../stage/discord/start-discord-stage.ts';

/** From now on operators see the bot's connection to Discord and how busy its scenes are. */
export function watchBot(
  { readiness, metrics }: Operations,
  engine: Pick<Engine, 'busyness'>,
  bot: Pick<DiscordStage, 'health'>,
): void {
  readiness.watch('gateway', () => {
    const { shards } = bot.health();
    const away = shards.filter(({ status }) => status !== 'Ready');
    if (shards.length === 0) return 'no shard';
    return away.length === 0 ? undefined : away.map(({ shard, status }) => `${shard} ${status}`).join(', ');
  });
  metrics.gauge('gateway_shard_up', 'Whether a shard is connected to Discord.', ['shard'], () =>
    bot.health().shards.map(({ shard, status }) => [{ shard: String(shard) }, status === 'Ready' ? 1 : 0]),
  );
  metrics.gauge(
    'gateway_ping_seconds',
    'The last heartbeat of a shard, from sending it to its answer.',
    ['shard'],
    () =>
      bot
        .health()
        .shards.filter(({ pingMs }) => pingMs >= 0)
        .map(({ shard, pingMs }) => [{ shard: String(shard) }, pingMs / 1000]),
  );
  metrics.gauge(
    'discord_refusals',
    'Answers of Discord that refused a request, by status, since the start.',
    ['status'],
    () => [...bot.health().refusals].map(([status, count]) => [{ status: String(status) }, count]),
  );
  metrics.gauge(
    'discord_flow',
    'Whether requests to Discord go out freely: 1 for what holds now. Stopped: too many were refused.',
    ['flow'],
    () =>
      (['free', 'slowed', 'stopped'] as const).map((flow) => [{ flow }, bot.health().flow === flow ? 1 : 0]),
  );
  watchEngine({ metrics }, engine);
}

/** The same of an engine alone. */
export function watchEngine(
  { metrics }: Pick<Operations, 'metrics'>,
  engine: Pick<Engine, 'busyness'>,
): void {
  metrics.gauge(
    'scenes',
    'Scenes in memory, and those of them in which a turn is being made.',
    ['state'],
    () => {
      const { awake, making } = engine.busyness();
      return [
        [{ state: 'awake' }, awake],
        [{ state: 'making' }, making],
      ];
    },
  );
  metrics.gauge('mailbox_tasks', 'What waits or runs in the mailboxes of all scenes.', [], () => [
    [{}, engine.busyness().waiting],
  ]);
}
