import { describe, expect, test } from 'vitest';
import { CHANNEL, type Desk, openDesk, people } from './typing.ts';

async function startedDesk(): Promise<Desk> {
  const desk = await openDesk();
  await desk.type('/scene start cast: Tom, Wenna preset: game-master');
  return desk;
}

describe('the course of a scene', () => {
  test('/continue lets the cast talk among themselves for so many turns', async () => {
    const { type, stage } = await startedDesk();
    const before = stage.lines().length;
    expect(await type('/continue 4')).toBe('The cast goes on for 4 turns. /hold or a line of yours ends it.');
    expect(stage.lines().slice(before)).toHaveLength(4);
    expect(await type('/continue')).toContain('for 3 turns');
    expect(await type('/continue 21')).toBe('turns is a number from 1 to 20.');
    expect(await type('/continue some')).toBe('turns is a number from 1 to 20.');
  });

  test('/continue promises no end where the cast goes on by itself', async () => {
    const { type } = await openDesk();
    await type('/scene start cast: Tom, Wenna preset: theatre');
    expect(await type('/continue 4')).toBe('The cast goes on. /hold or a line of yours ends it.');
  });

  test('/hold makes the cast wait', async () => {
    const { type, stage } = await startedDesk();
    expect(await type('/hold')).toBe('The cast waits. Say something, or /next calls one of them.');
    const before = stage.lines().length;
    await type('/say Nobody answers?');
    expect(stage.lines().slice(before)).toEqual(['manager: Nobody answers?']);
  });

  test('/steer and /plant are perceived by none of the others', async () => {
    const { type, engine, stage } = await startedDesk();
    expect(await type('/steer STEERED slow down turns: 2')).toBe(
      'The director keeps that in mind for the next 2 turns.',
    );
    expect(await type('/plant Tom PLANTED I must go. turns: 1')).toBe(
      'Tom Reddick has that thought for a turn, as one of their own.',
    );
    const mind = async (id: string) => JSON.stringify(await engine.backstage.mind(CHANNEL.scene, id));
    expect((await mind('wenna')) + JSON.stringify(stage.shown)).not.toMatch(/STEERED|PLANTED/);
    expect(await mind('tom')).not.toContain('STEERED');
    expect(await type('/plant Ines I must go.')).toContain('refused: Nobody here is called “Ines”.');
  });

  test('/ooc reaches the room and none of the cast', async () => {
    const { type, engine, stage } = await startedDesk();
    expect(await type('/ooc UNHEARD back in five', people.passer)).toBe(
      'Said out of character; the cast did not hear it.',
    );
    expect(stage.notices).toContainEqual(
      expect.objectContaining({ kind: 'ooc', text: expect.stringContaining('UNHEARD') }),
    );
    expect(JSON.stringify(await engine.backstage.mind(CHANNEL.scene, 'tom'))).not.toContain('UNHEARD');
    expect(await type('/say ((UNHEARD too))')).toContain('refused: That was out of character');
  });
});

describe('/time', () => {
  test('is set, goes by and is told', async () => {
    const { type } = await startedDesk();
    expect(await type('/time now')).toContain('No hour was ever set in this story');
    expect(await type('/time set 21:30')).toBe('It is day 1, 21:30 in the story.');
    expect(await type('/time skip 1h30 text: They wait in silence.')).toBe(
      'Time goes by: 1 hour and 30 minutes. It is day 1, 23:00.',
    );
    expect(await type('/time skip three hours')).toContain('It is day 2, 02:00.');
    expect(await type('/time set 07:00')).toBe('It is day 2, 07:00 in the story.');
    expect(await type('/time now', people.passer)).toBe('It is day 2, 07:00.');
  });

  test.each([
    ['/time skip soon', 'refused: “soon” is no stretch of time.'],
    ['/time set teatime', 'refused: “teatime” is no hour of the story.'],
    ['/time', '/time needs one of: skip, set, now.'],
  ])('%s is answered with what to write', async (line, expected) => {
    const { type } = await startedDesk();
    expect(await type(line)).toContain(expected);
  });
});

describe('/say as', () => {
  test('speaks as one of the cast, or as a walk-on', async () => {
    const { type, stage } = await startedDesk();
    expect(await type('/say as: Tom text: *bows* Madam.')).toBe('Said as Tom Reddick.');
    expect(stage.lines().at(-1)).toBe('Tom Reddick: bows Madam.');
    expect(await type('/say Tickets, please. as: A conductor')).toBe('Said as A conductor, a walk-on part.');
    expect(stage.lines().at(-1)).toBe('A conductor: Tickets, please.');
  });

  test('is for those who direct the scene; a player speaks as who they are', async () => {
    const { type, stage } = await startedDesk();
    await type('/persona set Miss Grey', people.passer);
    expect(await type('/say Good evening. as: miss grey', people.passer)).toBe('Said.');
    expect(stage.lines().at(-1)).toBe('Miss Grey: Good evening.');
    expect(await type('/say I stole it. as: Tom', people.passer)).toMatch(/^refused: Only the one who/);
  });

  test.each([
    ['/say Hm. as: Ines', 'refused: Ines is not on stage. /summon brings them.'],
    ['/say Hm. as: Narrator', 'refused: /narrate speaks as the Narrator.'],
    ['/say Hm. as: Wenns', 'refused: Did you mean Old Wenna?'],
    ['/say Hm. as: passer', 'refused: Did you mean passer?'],
  ])('%s is answered with what to do', async (line, expected) => {
    const { type } = await startedDesk();
    await type('/enter', people.passer);
    expect(await type(line)).toContain(expected);
  });
});

describe('/persona', () => {
  test('is set, shown and cleared', async () => {
    const { type, engine } = await startedDesk();
    expect(await type('/persona show', people.passer)).toBe(
      'You are passer here. /persona set changes that.',
    );
    expect(await type('/persona set name: Miss Grey sheet: Tall, in mourning.', people.passer)).toBe(
      'You are Miss Grey here: the cast hears you under that name. /persona clear ends it.',
    );
    await type('/persona set avatar: https://pictures.example/grey.png', people.passer);
    expect(await type('/persona show', people.passer)).toBe(
      'You are Miss Grey here.\nTall, in mourning.\nPicture: <https://pictures.example/grey.png>',
    );
    const mind = JSON.stringify(await engine.backstage.mind(CHANNEL.scene, 'tom'));
    expect(mind).toContain('Tall, in mourning.');
    expect(await type('/persona clear', people.passer)).toBe('You are passer here again.');
  });

  test.each([
    ['/persona set', 'refused: Say who you are: a name, a sheet, an avatar'],
    ['/persona set avatar: http://pictures.example/x.png', 'refused: avatar is the address of a picture'],
    ['/persona set avatar: javascript:alert(1)', 'refused: avatar is the address of a picture'],
    ['/persona set avatar: https://me:secret@pictures.example/x.png', 'refused: avatar is the address'],
    ['/persona clear', 'refused: You have no persona here.'],
  ])('%s is answered with what to do', async (line, expected) => {
    const { type } = await startedDesk();
    expect(await type(line, people.passer)).toContain(expected);
  });
});
