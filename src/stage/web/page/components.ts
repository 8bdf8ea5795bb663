// Discord's look. Loaded beside the page's own modules, which do not wait for it: the elements come
// to life when it is there.
import '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-messages.js';
import '@skyra/discord-components-core/discord-system-message.js';
