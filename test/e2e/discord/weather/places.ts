import { expect } from 'vitest';
import { ALWAYS, EXECUTE } from './addresses.ts';
import type { Evening } from './evening.ts';
import type { Scenario } from './scenario.ts';

const WAITS =
  'the scene pauses and says once what is missing; when it is there again and somebody continues it, ';

/** What people and Discord can do to the webhooks, channels and messages of a scene. */
export const places: readonly Scenario[] = [
  {
    name: 'the webhook is deleted in the middle of a turn',
    promise: 'another is made, once, and the line stands',
    async play(evening) {
      const { double, home } = evening;
      await midTurn(evening, () => {
        for (const webhook of double.webhooksIn(home)) double.removeWebhook(webhook);
      });
      expect(double.webhooksIn(home)).toHaveLength(1);
    },
  },
  {
    name: 'the webhook is moved to another channel in the middle of a turn',
    promise: 'nothing is said there; another is made, and the line stands where it belongs',
    async play(evening) {
      const { double, server, home } = evening;
      const elsewhere = double.addChannel(server, { name: 'elsewhere' });
      await midTurn(evening, () => {
        for (const webhook of double.webhooksIn(home)) double.moveWebhook(webhook, elsewhere);
      });
      expect(double.messages(elsewhere)).toEqual([]);
    },
  },
  {
    name: 'the webhook of a thread’s channel is moved',
    promise: 'the same',
    inThread: true,
    async play(evening) {
      const { double, server, home } = evening;
      const elsewhere = double.addChannel(server, { name: 'elsewhere' });
      await midTurn(evening, () => {
        for (const webhook of double.webhooksIn(home)) double.moveWebhook(webhook, elsewhere);
      });
      expect(double.messages(elsewhere)).toEqual([]);
    },
  },
  {
    name: 'the webhook’s token holds no more',
    promise: 'another is made, and the line stands',
    play: (evening) =>
      midTurn(evening, () => {
        evening.fault({ ...EXECUTE, status: 401, body: { code: 50027, message: 'Invalid Webhook Token' } });
      }),
  },
  {
    name: 'something deletes every webhook as soon as it is made',
    promise: `one more is made and no third: ${WAITS}the line stands`,
    mostRequests: 60,
    async play(evening) {
      const { tells, fault, status } = evening;
      const gone = fault({
        ...EXECUTE,
        status: 404,
        body: { code: 10015, message: 'Unknown Webhook' },
        times: ALWAYS,
      });
      expect(await tells()).toBe(false);
      expect(gone.hits()).toBe(2);
      gone.remove();
      expect(await status()).toBe('paused');
      await continues(evening);
    },
  },
  {
    name: 'the webhook is deleted where others have taken all fifteen places',
    promise: `${WAITS}the line stands`,
    async play(evening) {
      const { double, home, alice } = evening;
      await refusedMidTurn(evening, 'webhooks', () => {
        for (const webhook of double.webhooksIn(home)) double.removeWebhook(webhook);
        for (let i = 0; i < 15; i += 1) double.addWebhook(home, { creator: alice, name: `hook ${i}` });
      });
      const [one] = double.webhooksIn(home);
      if (one) double.removeWebhook(one);
      await continues(evening);
    },
  },
  {
    name: 'Manage Webhooks is taken away in the middle of a turn',
    promise: `${WAITS}it goes on from the very line`,
    async play(evening) {
      const { double, channel } = evening;
      await refusedMidTurn(evening, 'Manage Webhooks', () =>
        double.setOverwrite(channel, double.botUserId, { deny: ['ManageWebhooks'] }),
      );
      double.setOverwrite(channel, double.botUserId, {});
      await continues(evening);
    },
  },
  {
    name: 'permissions are taken away, and nothing tells of it',
    promise: 'the refusal itself is understood: the scene pauses, and goes on from the very line',
    async play(evening) {
      const { double, home } = evening;
      await refusedMidTurn(evening, 'Manage Webhooks', () => {
        double.gateway.hold();
        for (const webhook of double.webhooksIn(home)) double.removeWebhook(webhook);
        double.setOverwrite(home, double.botUserId, { deny: ['ManageWebhooks'] });
      });
      double.setOverwrite(home, double.botUserId, {});
      double.gateway.release();
      await continues(evening);
    },
  },
  {
    name: 'the channel is hidden from the bot in the middle of a turn, and shown again',
    promise: 'the scene pauses; it goes on from the very line when somebody continues it',
    async play(evening) {
      const { double, channel, status } = evening;
      await midTurn(
        evening,
        () => double.setOverwrite(channel, double.botUserId, { deny: ['ViewChannel'] }),
        async () => expect.poll(status).toBe('paused'),
      );
      double.setOverwrite(channel, double.botUserId, {});
      await continues(evening);
    },
  },
  {
    name: 'the channel is deleted in the middle of a turn',
    promise: 'the scene ends, and nothing more is asked',
    ends: 'ended',
    mostRequests: 20,
    play: (evening) => midTurn(evening, ({ double, channel }) => double.removeChannel(channel)),
  },
  {
    name: 'the channel is deleted while the connection is down',
    promise: 'the same, as soon as it is noticed',
    ends: 'ended',
    mostRequests: 30,
    async play({ double, channel, struck }) {
      await double.stop();
      double.removeChannel(channel);
      struck();
      double.gateway.forgetSessions();
      await double.start();
    },
  },
  {
    name: 'the thread is deleted in the middle of a turn',
    promise: 'the scene ends, and nothing more is asked',
    inThread: true,
    ends: 'ended',
    mostRequests: 20,
    play: (evening) => midTurn(evening, ({ double, channel }) => double.removeChannel(channel)),
  },
  {
    name: 'the channel of the thread is deleted in the middle of a turn',
    promise: 'the same',
    inThread: true,
    ends: 'ended',
    mostRequests: 20,
    play: (evening) => midTurn(evening, ({ double, home }) => double.removeChannel(home)),
  },
  {
    name: 'the thread is archived in the middle of a turn',
    promise: 'a line opens it again; the scene goes on',
    inThread: true,
    play: (evening) =>
      midTurn(evening, ({ double, channel }) => double.changeChannel(channel, { archived: true })),
  },
  {
    name: 'the thread is locked in the middle of a turn, and unlocked',
    promise: 'the scene pauses; it goes on from the very line when somebody continues it',
    inThread: true,
    async play(evening) {
      const { double, channel, status } = evening;
      await midTurn(
        evening,
        () => double.changeChannel(channel, { locked: true }),
        async () => expect.poll(status).toBe('paused'),
      );
      double.changeChannel(channel, { locked: false });
      await continues(evening);
    },
  },
  {
    name: 'the channel gets a slowmode of six hours',
    promise: 'it slows people, not the cast',
    play: (evening) =>
      midTurn(evening, ({ double, channel }) => double.changeChannel(channel, { slowmodeSeconds: 21_600 })),
  },
  {
    name: 'every line is deleted by somebody as soon as it stands',
    promise: 'it is out of the story, and is not posted again',
    async play(evening) {
      const { double, tells, tellsAtLength, says, fault, engine, scene, channel, calm } = evening;
      const deletes = takesAwayLines(evening);
      // The answer comes long after the deletion.
      const late = fault({ ...EXECUTE, delayMs: 60, afterEffect: true, times: ALWAYS });
      await tells();
      says();
      await calm();
      await tellsAtLength();
      await calm();
      deletes.stop();
      late.remove();
      await expect
        .poll(async () => JSON.stringify(await engine().replay(scene)))
        .not.toMatch(/Wave-1|Answer-1|Wave-2/);
      expect(double.messages(channel).filter(({ content }) => /Wave|Answer/.test(content))).toEqual([]);
      says();
    },
  },
  {
    name: 'a line is deleted before its lost answer is looked for',
    promise: 'it was seen to stand: it is out of the story, and is not posted again',
    async play(evening) {
      const { tells, says, fault, engine, scene, calm } = evening;
      fault({ ...EXECUTE, status: 502, afterEffect: true });
      const deletes = takesAwayLines(evening);
      await tells();
      deletes.stop();
      await calm();
      await expect.poll(async () => JSON.stringify(await engine().replay(scene))).not.toContain('Wave-1');
      says();
    },
  },
  {
    name: 'an answer is lost where hundreds of messages were written just before',
    promise: 'the line is found behind them, and not posted again',
    async play({ double, channel, bob, fault, tells, says }) {
      for (let n = 0; n < 520; n += 1) double.say(channel, bob, `Off the scene, ${n}.`);
      // The gateway tells of nothing, so it is looked for in the channel.
      double.gateway.hold();
      fault({ ...EXECUTE, status: 502, afterEffect: true });
      await tells();
      double.gateway.release();
      says();
    },
  },
  {
    name: 'a name that Discord refuses',
    promise: 'the line stands under another name',
    async play({ fault, tells, says }) {
      const errors = { username: { _errors: [{ code: 'USERNAME_INVALID', message: 'No.' }] } };
      fault({ ...EXECUTE, status: 400, body: { code: 50035, message: 'Invalid Form Body', errors } });
      await tells();
      says();
    },
  },
];

/** Something happens while a turn is being made; then the turn comes to its end, and people write on. */
async function midTurn(
  evening: Evening,
  happens: (evening: Evening) => void,
  then: () => Promise<void> = async () => undefined,
): Promise<void> {
  const { tells, says, struck, held, calm, channel, status } = evening;
  await tells();
  const turn = held();
  says();
  await turn.begun;
  happens(evening);
  struck();
  turn.go();
  await then();
  await calm(channel);
  if ((await status()) === 'playing') says();
}

/** The same where the scene has to pause, and says why. */
function refusedMidTurn(evening: Evening, why: string, happens: () => void): Promise<void> {
  const { double, channel, status } = evening;
  return midTurn(evening, happens, async () => {
    await expect.poll(status).toBe('paused');
    const told = () => double.messages(channel).filter(({ content }) => content.includes(why));
    await expect.poll(() => told().length).toBe(1);
  });
}

/** A person lets the scene go on, as soon as that is possible. */
async function continues({ double, channel, alice, says, status }: Evening): Promise<void> {
  await expect
    .poll(
      async () => {
        await double.replied(double.slash(channel, alice, 'scene continue'));
        return status();
      },
      { timeout: 5000 },
    )
    .toBe('playing');
  says();
}

/** Somebody deletes what the cast says before the bot can know that it stands. */
function takesAwayLines({ double }: Evening): { stop(): void } {
  let on = true;
  double.listen((event) => {
    if (on && event.kind === 'message-created' && /Wave|Answer/.test(event.message.content))
      double.remove(event.message);
  });
  return {
    stop() {
      on = false;
    },
  };
}
