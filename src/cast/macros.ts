/** Who the placeholders of a card stand for at the moment of use. */
export type MacroNames = { readonly char: string; readonly user: string };

const MACRO = /\{\{\s*(char|user)\s*\}\}|<(bot|user)>|\{\{\s*(?:\/\/|comment:)[^{}]*\}\}/gi;

/**
 * Fills `{{char}}` and `{{user}}` (and the older `<BOT>`, `<USER>`) and drops card comments
 * (`{{// …}}`). Other macros stay as they are. One pass: a name that looks like a macro is not
 * expanded again, so a player's name can smuggle nothing in.
 */
export function expandMacros(text: string, names: MacroNames): string {
  return text.replace(MACRO, (_whole, braces?: string, angles?: string) => {
    const who = (braces ?? angles)?.toLowerCase();
    if (who === undefined) return '';
    return who === 'user' ? names.user : names.char;
  });
}
