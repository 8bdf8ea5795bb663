/** A file for a person: its name and its text. */
export type ReplyFile = { readonly name: string; readonly content: string };
