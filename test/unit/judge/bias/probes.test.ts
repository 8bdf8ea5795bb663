import { describe, expect, test } from 'vitest';
import type { Segment } from '../../../../src/format/segments.ts';
import { measureCandidate } from '../../../../src/judge/bias/judged-pair.ts';
import { PROBES, type Probe, type Trial } from '../../../../src/judge/bias/probes.ts';
import { SAMPLE_SCENES, type SampleScene } from '../../../../src/judge/bias/sample-scenes.ts';
import type { Candidate, PairVerdict } from '../../../../src/judge/verdict/verdict.ts';

const [scene] = SAMPLE_SCENES as readonly [SampleScene];
const { better, poorer } = scene;
const four = SAMPLE_SCENES.slice(0, 4);

function trialsOf(name: Probe['name'], scenes: readonly SampleScene[] = [scene]): readonly Trial[] {
  return PROBES.find((probe) => probe.name === name)?.trials(scenes) ?? [];
}

const found = (winner: PairVerdict['winner'], flipped = false): PairVerdict => ({
  how: 'judged',
  winner,
  flipped,
  orders: [],
});
const textOf = ({ segments }: Candidate, kind: Segment['kind']) =>
  segments.filter((segment) => segment.kind === kind).map(({ text }) => text);
const speechOf = (candidate: Candidate) => textOf(candidate, 'speech').join(' | ');

/** What stands against the better line in a trial of one pair, and on which side. */
function suspectIn({ asked }: Trial, line: Candidate = better) {
  const [pair] = asked;
  expect(asked).toHaveLength(1);
  const side = pair?.first === line ? ('second' as const) : ('first' as const);
  const other = side === 'first' ? ('second' as const) : ('first' as const);
  return { suspect: pair?.[side] ?? line, against: pair?.[other] ?? line, side, other };
}

/** Of each outcome, whether it is wrong. */
const wrongIn = (trial: Trial) =>
  (['first', 'second', 'tie'] as const).filter((winner) => trial.isWrong([found(winner)]));

test('each probe says to people what it asks', () => {
  expect(PROBES.map(({ name }) => name)).toEqual([
    ...['quality', 'swap', 'names', 'padding', 'same', 'silence', 'injection'],
  ]);
  for (const { asks } of PROBES) expect(asks).toMatch(/^\p{Lu}.{20,}\.$/u);
});

test('each asks in the scene that it was given', () => {
  for (const { trials } of PROBES)
    for (const { context } of trials([scene])) expect(context).toBe(scene.context);
});

describe('quality', () => {
  test('has each better line win, given first and second in turn', () => {
    const trials = trialsOf('quality', four);
    const sides = trials.map((trial, at) => suspectIn(trial, four[at]?.better));
    expect(sides.map(({ suspect }) => suspect)).toEqual(four.map((one) => one.poorer));
    expect(sides.map(({ other }) => other)).toEqual(['first', 'second', 'first', 'second']);
    expect(trials.map(wrongIn)).toEqual(
      sides.map(({ side }) => ['first', 'second', 'tie'].filter((one) => one === side || one === 'tie')),
    );
  });
});

describe('swap', () => {
  const [trial] = trialsOf('swap') as readonly [Trial];

  test('gives the pair either way round', () => {
    expect(trial.asked).toEqual([
      { first: better, second: poorer },
      { first: poorer, second: better },
    ]);
  });

  test.each([
    [found('first'), found('second'), false],
    [found('second'), found('first'), false],
    [found('tie'), found('tie'), false],
    [found('first'), found('first'), true],
    [found('second'), found('second'), true],
    [found('tie'), found('first'), true],
    [found('first'), found('tie'), true],
    [found('tie', true), found('tie'), true],
    [found('tie'), found('tie', true), true],
  ])('%o and %o: wrong is %s', (one, other, isWrong) => {
    expect(trial.isWrong([one, other])).toBe(isWrong);
  });
});

test('names: the same three times, with one outcome', () => {
  const [trial] = trialsOf('names') as readonly [Trial];
  expect(trial.asked).toEqual(Array(3).fill({ first: better, second: poorer }));
  expect(trial.isWrong([found('second'), found('second'), found('second')])).toBe(false);
  expect(trial.isWrong([found('first'), found('first'), found('tie')])).toBe(true);
});

describe('padding', () => {
  const trials = trialsOf('padding');

  test('adds one, three and six sentences to what is said, each another one', () => {
    const padded = trials.map((trial) => suspectIn(trial).suspect);
    for (const one of padded) {
      expect(one.segments.slice(0, 2)).toEqual(better.segments.slice(0, 2));
      expect(one.segments).toHaveLength(3);
      expect(speechOf(one).startsWith(`${speechOf(better)} `)).toBe(true);
    }
    const added = padded.map((one) => speechOf(one).slice(speechOf(better).length + 1));
    const sentences = added.map((text) => text.match(/\p{Lu}[^.]{20,}\.(?= |$)/gu) ?? []);
    expect(sentences.map((some) => some.join(' '))).toEqual(added);
    expect(sentences.map((some) => new Set(some).size)).toEqual([1, 3, 6]);
  });

  test('has none of them win, whichever side it is given on', () => {
    expect(trials.map((trial) => suspectIn(trial).side)).toEqual(['first', 'second', 'first']);
    for (const trial of trials) expect(wrongIn(trial)).toEqual([suspectIn(trial).side]);
  });
});

describe('same', () => {
  const trials = trialsOf('same', four);

  test('changes blanks, or one word, of what is said and of nothing else', () => {
    for (const [at, trial] of trials.entries()) {
      const one = four[Math.floor(at / 2)] ?? scene;
      const { suspect } = suspectIn(trial, one.better);
      for (const kind of ['thought', 'action'] as const)
        expect(textOf(suspect, kind)).toEqual(textOf(one.better, kind));
      const [said, twin] = [speechOf(one.better), speechOf(suspect)];
      expect(twin).not.toBe(said);
      const [word, same] = one.synonym;
      const plain = at % 2 === 0 ? twin.replaceAll(/\s+/gu, ' ').trim() : twin.replace(same, word);
      expect(plain).toBe(said);
      if (at % 2 === 0) expect(twin).toMatch(/\S {2}\S.*\n$/u);
    }
  });

  test('asks for a tie, given first and second in turn', () => {
    const sides = trials.map((trial, at) => suspectIn(trial, four[Math.floor(at / 2)]?.better).side);
    expect(sides).toEqual(['second', 'second', 'first', 'first', 'second', 'second', 'first', 'first']);
    for (const trial of trials) expect(wrongIn(trial)).toEqual(['first', 'second']);
  });
});

test('silence: next to nothing, yet something, does not win', () => {
  const trials = trialsOf('silence');
  expect(trials).toHaveLength(2);
  for (const trial of trials) {
    const { suspect, against, side } = suspectIn(trial);
    expect(against).toBe(better);
    expect(measureCandidate(suspect).pattern).toBe('S');
    expect(speechOf(suspect)).toMatch(/^\S{1,3}$/u);
    expect(wrongIn(trial)).toEqual([side]);
  }
});

describe('injection', () => {
  const trials = trialsOf('injection');
  const parts = trials.map(({ asked, isWrong }) => {
    const [pair] = asked;
    const side = isWrong([found('first')]) ? ('first' as const) : ('second' as const);
    const injected = pair?.[side] ?? poorer;
    const idle = pair?.[side === 'first' ? 'second' : 'first'] ?? poorer;
    return { side, injected, idle, told: speechOf(injected).slice(speechOf(better).length + 1) };
  });

  test('tells the judge to choose it: in plain words, with a reason, as an answer of its own, as its prompt', () => {
    expect(parts.map(({ told }) => told)).toEqual([
      expect.stringMatching(/judge.*choose/iu),
      expect.stringMatching(/judge.*negative principle.*win/iu),
      expect.stringMatching(/^\{.*"better":/u),
      expect.stringMatching(/^\[.*\]\n\nNew instructions: /u),
    ]);
    for (const { injected } of parts)
      expect(speechOf(injected).startsWith(`${speechOf(better)} `)).toBe(true);
  });

  test('stands against idle words that are longer, but hardly', () => {
    for (const { injected, idle } of parts) {
      const [longer, shorter] = [measureCandidate(idle).length, measureCandidate(injected).length];
      expect(longer).toBeGreaterThan(shorter);
      expect(longer).toBeLessThan(shorter + 80);
      expect(speechOf(idle)).not.toMatch(/judge|instructions|better"/iu);
    }
  });

  test('must not win, on either side', () => {
    expect(parts.map(({ side }) => side)).toEqual(['first', 'second', 'first', 'second']);
    for (const trial of trials) expect(wrongIn(trial)).toHaveLength(1);
  });
});

test('a line that ends without speech gets some, and what it does stays', () => {
  const mute: Candidate = {
    segments: [
      { kind: 'speech', text: 'Wait.' },
      { kind: 'action', text: 'listens' },
    ],
  };
  const [trial] = trialsOf('padding', [{ ...scene, better: mute }]) as readonly [Trial];
  const { segments } = suspectIn(trial, mute).suspect;
  expect(segments.slice(0, 2)).toEqual(mute.segments);
  expect(segments.slice(2)).toEqual([{ kind: 'speech', text: expect.stringMatching(/^\p{Lu}.*\.$/u) }]);
});
