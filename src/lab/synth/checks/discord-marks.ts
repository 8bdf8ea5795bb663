const MARKS =
  /<(?:@[!&]?|#|a?:\w{1,64}:|t:|id:|\/[^<>:\n]{1,100}:)\d{5,}(?::\w)?>|\b(?:cdn|media|images-ext-\d+)\.discordapp\.(?:com|net)\b|\bdiscord(?:app)?\.(?:com|gg|gift|media)\/|\bdiscord:\/\/|@(?:everyone|here)\b/iu;

/** Whether Discord left its marks in a text: mentions, emoji of a server, links. Nothing of it may train a model. */
export function hasDiscordMarks(text: string): boolean {
  return /[<@]|discord/iu.test(text) && MARKS.test(text);
}
