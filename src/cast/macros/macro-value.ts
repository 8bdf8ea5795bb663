import { chance } from '../../scene/chance.ts';
import { textNumber } from '../lore/text-number.ts';
import type { MacroNames } from './macro-names.ts';
import { KEEP, type MacroArgs, type MacroValue, TRIM } from './read-macros.ts';
import { rollDice } from './roll-dice.ts';
import { timeMacro } from './time-macro.ts';

type Place = {
  readonly values: MacroNames;
  /** Of the text it stands in, and where. */
  textNumber(): number;
  readonly at: number;
  readonly hiddenKeys?: boolean;
};

/** What one macro stands for. */
export function macroValue(name: string, args: MacroArgs, place: Place): MacroValue {
  const { values, hiddenKeys } = place;
  const draw = (salt: number) =>
    chance(values.seed ?? 0, textNumber(values.speaker ?? values.char), place.textNumber(), place.at, salt);

  switch (name) {
    case 'random':
    case 'pick': {
      const items = args.list();
      return items[Math.floor(draw(0) * items.length)] ?? '';
    }
    case 'roll':
      return rollDice(args.whole, draw) ?? '';
    case 'reverse':
      return Array.from(args.whole).reverse().join('');
    case 'hidden_key':
      return hiddenKeys ? args.whole : '';
    case '//':
    case 'comment':
      return '';
  }
  if (/^(?:get|set|add|inc|dec|has|delete|flush)(?:global|chat)?var$/.test(name)) return '';
  // Forms of time that are not known here: nothing, rather than something wrong.
  if (name === 'datetimeformat' || name === 'time_utc') return '';
  return args.whole.trim() === '' ? bareValue(name, values) : KEEP;
}

/** Of those that stand alone. */
function bareValue(name: string, values: MacroNames): MacroValue {
  const { char, user, group = [] } = values;
  switch (name) {
    case 'char':
    case 'bot':
      return char;
    case 'user':
      return user;
    case 'group':
    case 'groupnotmuted':
    case 'charifnotgroup':
      return group.length > 1 ? group.join(', ') : char;
    case 'notchar':
      return [...group.filter((other) => other !== char), user].join(', ');
    case 'description':
    case 'personality':
    case 'scenario':
    case 'persona':
      return values[name] ?? '';
    case 'newline':
      return '\n';
    case 'trim':
      return TRIM;
    case 'noop':
    case 'original':
      return '';
  }
  return timeMacro(name, values) ?? KEEP;
}
