/**
 * What people read, before it is known in which language: an English sentence, which is also its key
 * in the catalogues; a sentence with values in it; or several, a line each.
 */
export type Text = string | Message | readonly Text[];

export type Message = {
  /** English, with `{{name}}` where a value goes; the key of the catalogues. */
  readonly text: string;
  /** `count` chooses the plural form. */
  readonly values: Readonly<Record<string, Value>>;
};

/** A string stands as it is; a message is put in the same language; of several a list is made: “a, b and c”. */
export type Value = string | number | Message | readonly (string | Message)[];

/** A sentence with values in it. The sentence is written out where it is said, so that it can be found. */
export function say(text: string, values: Message['values'] = {}): Message {
  return { text, values };
}

/** What somebody typed, or a name: it reads the same in every language. */
export function asTyped(text: string): Message {
  return { text: '{{text}}', values: { text } };
}

/** The description of a command or an option, or the name of a choice: it is found where it is written. */
export function described(description: string): Message {
  return { text: description, values: {} };
}

/** Several texts in one line, such as a sentence and what follows from it. */
export function joined(parts: readonly Message[], between = ' '): Message {
  return {
    text: parts.map((_part, index) => `{{${index}}}`).join(between),
    values: Object.fromEntries(parts.entries()),
  };
}
