import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-messages.js';
import { DiscordSystemMessage } from '@skyra/discord-components-core/discord-system-message.js';

// Discord's look. Loaded beside the page's own modules, which do not wait for it: the elements come
// to life when it is there.

/** The components' own grey of the time is too faint to read. */
const readable = new CSSStyleSheet();
readable.replaceSync(`
  .discord-message-timestamp.discord-message-timestamp.discord-message-timestamp {
    color: var(--soft);
  }
`);

for (const component of [DiscordMessage, DiscordSystemMessage]) component.elementStyles.push(readable);
// Those that came to life just now were given the styles of before.
for (const element of document.querySelectorAll('discord-message, discord-system-message')) {
  element.shadowRoot?.adoptedStyleSheets.push(readable);
}
