import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { JUDGE_MS } from './processes.ts';
import { sampleBody } from './samples.ts';

export type Load = {
  /** Requests that are under way all the time: so many are sent in the time that the judge takes for one. */
  readonly atOnce: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
};

export type Measured = {
  /** Latency of each request beside the judge’s own time, sorted. Milliseconds. */
  readonly overheads: readonly number[];
  readonly perSecond: number;
  /** The fewest that were under way while it was measured. */
  readonly leastInFlight: number;
  readonly failures: number;
};

/** How often requests that are due are sent. Milliseconds. */
const TICK_MS = 2;

/**
 * Sends requests at an even rate, whatever becomes of those before: a trainer’s rollouts end one by one, and
 * do not wait for each other’s rewards. (Clients that each wait for their answer would bunch: with a judge
 * whose time is always the same, who was once late together comes together for ever.)
 */
export async function runLoad(url: string, { atOnce, warmUpMs, measureMs }: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 2 * atOnce });
  const target = new URL('/v1/score', url);
  const began = performance.now();
  const [from, to] = [began + warmUpMs, began + warmUpMs + measureMs];
  const overheads: number[] = [];
  const sent: Promise<void>[] = [];
  let [failures, inFlight, leastInFlight] = [0, 0, Number.POSITIVE_INFINITY];

  async function one(body: Buffer): Promise<void> {
    inFlight += 1;
    const sentAt = performance.now();
    const reward = await post(target, agent, body);
    const tookMs = performance.now() - sentAt;
    inFlight -= 1;
    if (reward === undefined) failures += 1;
    else if (sentAt >= from) overheads.push(tookMs - JUDGE_MS);
  }

  for (let now = began; now < to; now = performance.now()) {
    const due = Math.floor(((now - began) * atOnce) / JUDGE_MS);
    while (sent.length < due) sent.push(one(nextSample()));
    if (now >= from) leastInFlight = Math.min(leastInFlight, inFlight);
    await sleep(TICK_MS);
  }
  await Promise.all(sent);
  agent.destroy();
  return {
    overheads: overheads.toSorted((a, b) => a - b),
    perSecond: (overheads.length * 1000) / measureMs,
    leastInFlight,
    failures,
  };
}

let number = 0;

/** Unlike any before, in other runs too. */
function nextSample(): Buffer {
  number += 1;
  return sampleBody(number);
}

/** The reward, or undefined where none came. */
export function post(target: URL, agent: Agent, body: Buffer): Promise<number | undefined> {
  return new Promise((resolve) => {
    const sent = request(
      target,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': body.length },
      },
      (response) => {
        let text = '';
        response.setEncoding('latin1');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          const reward = /"reward":(-?[\d.]+),"why":"judged"/.exec(text)?.[1];
          resolve(reward === undefined ? undefined : Number(reward));
        });
      },
    );
    sent.on('error', () => resolve(undefined));
    sent.end(body);
  });
}
