import { describe, expect, test } from 'vitest';
import { DIMENSION_CHOICES } from '../../../commands/principles/dimension-words.ts';
import { principles } from '../../../commands/principles.ts';
import { completeTypedCommand } from '../../../src/engine/command/typed-completion.ts';
import { DIMENSION_NAMES } from '../../../src/judge/principles/dimension-names.ts';
import { DIMENSIONS, type Principle } from '../../../src/judge/principles/principle.ts';
import { shippedPrinciples } from '../../../src/judge/principles/shipped.ts';
import { openDesk, people, SERVER } from './typing.ts';

test('every dimension is offered, under the name it has everywhere', () => {
  expect(DIMENSION_CHOICES).toEqual(DIMENSIONS.map((value) => ({ value, name: DIMENSION_NAMES[value] })));
});

describe('/principles add', () => {
  test('says how it counts', async () => {
    const { type } = await openDesk();
    expect(await type('/principles add keep her proud')).toBe(
      '“Keep her proud” holds here now (Character Development): it is weighed with the others.\n' +
        'It counts where a judge compares versions of a line: with the setting bestOf at 2 or more.',
    );
    expect(await type('/principles add never let the butler swear')).toContain(
      '(Safety & Boundaries): a version of a line that breaks it loses.',
    );
    expect(await type('/principles add Keep her proud!')).toMatch(/^refused: That is asked of lines already/);
  });

  test('is for moderators', async () => {
    const { type } = await openDesk();
    for (const line of ['/principles add more fog', '/principles remove Economy']) {
      expect(await type(line, people.passer)).toBe('refused: Only moderators may do that here.');
    }
  });
});

describe('/principles list', () => {
  test('has every principle once, under its dimension, in an answer that fits', async () => {
    const { type } = await openDesk();
    const shown = await type('/principles list', people.passer);
    expect(shown.length).toBeLessThanOrEqual(2000);
    for (const name of Object.values(DIMENSION_NAMES)) expect(shown.split(`**${name}**`)).toHaveLength(2);
    const listed = shown
      .split('\n')
      .flatMap((line) => /^\*\*.+?\*\*: (.*)$/u.exec(line)?.[1]?.split(', ') ?? []);
    expect(listed).toEqual(
      shippedPrinciples().map(({ name, sign }) => (sign === 'negative' ? `✗ ${name}` : name)),
    );
  });

  test('marks whose each is, and turns pages where there are many', async () => {
    const house = Array.from({ length: 150 }, (_, at): Principle => {
      const [first] = shippedPrinciples();
      if (!first) throw new Error('nothing ships');
      return { ...first, id: `house-${at}`, name: `House rule number ${at}`, source: 'operator' };
    });
    const { type } = await openDesk({ principles: [...shippedPrinciples(), ...house] });
    await type('/principles add keep her *proud*');
    const pages: string[] = [];
    for (let page = 1; page <= 6; page += 1) pages.push(await type(`/principles list page: ${page}`));
    expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(2000);
    const all = pages.join('\n');
    expect(all).toContain('Persona Consistency,');
    expect(all).toContain('House rule number 149 (the operator’s)');
    expect(all).toContain('Keep her \\*proud\\* (this server’s own)');
    expect(pages[0]).toMatch(/Page 1 of \d\.\n/);
    expect(await type('/principles list page: 99')).toMatch(/Page (\d) of \1\./);
  });

  test.each(DIMENSIONS)('of one dimension tells what each asks, and fits (%s)', async (dimension) => {
    const { type } = await openDesk();
    const shown = await type(`/principles list ${dimension}`);
    expect(shown.length).toBeLessThanOrEqual(2000);
    for (const one of shippedPrinciples().filter((each) => each.dimension === dimension)) {
      expect(shown).toContain(`${one.name}: ${one.asks.slice(0, 40)}`);
    }
  });

  test('fits with all that a server may ask', async () => {
    const { type } = await openDesk();
    for (let at = 0; at < 20; at += 1) await type(`/principles add ${at} ${'*proud* '.repeat(36)}`);
    for (const line of ['/principles list', '/principles list character']) {
      expect((await type(line)).length).toBeLessThanOrEqual(2000);
    }
  });
});

describe('/principles show', () => {
  test('tells all of one, by name or id', async () => {
    const { type } = await openDesk();
    const shown = await type('/principles show economy', people.passer);
    expect(shown).toMatch(
      /^Economy \(economy\): Details & Description, it is weighed, seen in the line itself, came with the bot\nIt asks: Each/,
    );
    expect(shown).toMatch(/\nIt is broken where: .+\nA line that meets it: .+$/);
    expect(await type('/principles show Out of character')).toMatch(
      /breaking it loses[\s\S]*A line that breaks it: /,
    );
    expect(await type('/principles show Status and Address')).toMatch(/^refused: There is no principle/);
    expect(await type('/principles show status address')).toMatch(/^Status & Address/);
    expect(await type('/principles show econmy')).toBe(
      'refused: There is no principle “econmy” here. Did you mean Economy?',
    );
  });

  test('of one in plain words shows those', async () => {
    const { type } = await openDesk();
    await type('/principles add keep her proud');
    expect(await type('/principles show keep her proud')).toMatch(
      /^Keep her proud \(own-[0-9a-f]{8}\): Character Development, .*, this server’s own\nIt asks: keep her proud$/,
    );
  });

  test('fits, whatever an operator wrote', async () => {
    const [first] = shippedPrinciples();
    if (!first) throw new Error('nothing ships');
    const long = { asks: '_x_'.repeat(200), breaks: '_y_'.repeat(200), example: '_z_'.repeat(200) };
    const { type } = await openDesk({ principles: [{ ...first, ...long }] });
    expect((await type('/principles show persona-consistency')).length).toBeLessThanOrEqual(2000);
  });
});

describe('/principles remove', () => {
  test('takes one of the server’s own away, by its name', async () => {
    const { type, engine } = await openDesk();
    await type('/principles add keep her proud');
    expect(await type('/principles remove keep her proud')).toBe('“Keep her proud” holds here no longer.');
    expect(await engine.principles.of(SERVER)).toEqual(shippedPrinciples());
    expect(await type('/principles remove keep her proud')).toMatch(
      /^refused: There is no principle “keep her proud”/,
    );
    expect(await type('/principles remove Economy')).toMatch(/^refused: “Economy” holds everywhere/);
  });

  test('suggests those alone; of two with one name, their ids', async () => {
    const { type, context } = await openDesk();
    const offered = async (line: string) =>
      (await completeTypedCommand(line, [principles], context())).map(({ text }) => text);
    expect(await offered('/principles remove e')).toEqual([]);
    await type('/principles add keep her proud');
    expect(await offered('/principles remove pro')).toEqual(['/principles remove Keep her proud']);
    const words = 'keep the housekeeper of the old mill proud when';
    await type(`/principles add ${words} guests come`);
    await type(`/principles add ${words} guests leave`);
    const same = await offered('/principles remove keep the');
    expect(same).toHaveLength(2);
    for (const line of same) expect(await type(line)).toMatch(/holds here no longer/);
  });
});

test('on the page and in the terminal they are this machine’s', async () => {
  const { type } = await openDesk({}, { scene: 'web:one', stage: 'web' });
  await type('/principles add keep her *proud*');
  expect(await type('/principles list')).toContain('Keep her *proud* (this server’s own)');
});
