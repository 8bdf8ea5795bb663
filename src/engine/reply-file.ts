/** A file for a person: its name, and its text or its bytes. */
export type ReplyFile = { readonly name: string; readonly content: string | Uint8Array };
