import type { WireSetting } from '../settings-shape.ts';
import type { WireScene } from '../wire-shapes.ts';
import { type Asks, Refusal } from './connection.ts';
import { openDialog } from './dialog.ts';
import { button, type Child, el, fill } from './dom.ts';

/** Where a change is to hold: in the scene, on this machine, or for one of the cast by card id. */
type For = { readonly level: 'scene' | 'server' } | { readonly level: 'character'; readonly id: string };

const SOURCES: Readonly<Record<WireSetting['source'], string>> = {
  default: 'by default',
  character: 'for this character',
  scene: 'in this scene',
  channel: 'in this channel',
  category: 'in this category',
  server: 'on this machine',
};

/** Every setting: its value, where that comes from, its default and its bounds. It is changed where it stands. */
export async function openSettingsDialog(connection: Asks, scene: WireScene): Promise<void> {
  const choices: readonly { readonly name: string; readonly of: For }[] = [
    { name: 'this scene', of: { level: 'scene' } },
    { name: 'this machine: every scene', of: { level: 'server' } },
    ...scene.cast.map(({ id, name }) => ({ name, of: { level: 'character', id } as const })),
  ];
  let chosen: For = { level: 'scene' };
  const list = el('div', { class: 'settings' });
  const said = el('p', { class: 'setting-said', role: 'status' });
  const select = el(
    'select',
    {
      id: 'settings-for',
      on: {
        change: () => {
          chosen = choices[Number(select.value)]?.of ?? chosen;
          draw().catch(complain);
        },
      },
    },
    ...choices.map(({ name }, at) => el('option', { value: at }, name)),
  );
  const dialog = openDialog(
    'Settings',
    el('div', { class: 'settings-for' }, el('label', { for: 'settings-for' }, 'A change holds for'), select),
    said,
    list,
  );
  dialog.root.classList.add('wide-dialog');
  await draw();

  async function draw(): Promise<void> {
    const asked = chosen.level === 'character' ? { character: chosen.id } : {};
    const { settings } = await connection.ask({ type: 'settings', ...asked }, 'settings');
    const focused = document.activeElement?.id;
    const groups = Map.groupBy(settings, ({ group }) => group);
    fill(
      list,
      ...[...groups].flatMap(([title, ones]) => [
        el('h3', {}, title),
        el('ul', {}, ...ones.map((one) => el('li', { 'data-setting': one.name }, ...row(one)))),
      ]),
    );
    if (focused) document.getElementById(focused)?.focus();
  }

  function row(setting: WireSetting): Child[] {
    const { name, about, value, source, set, levels, bound } = setting;
    const id = `setting-${name}`;
    const may = levels.includes(chosen.level);
    const where = levels.map((level) => SOURCES[level]).join(', ');
    return [
      el('label', { for: id }, el('strong', {}, name), ' ', el('span', {}, about)),
      field(setting, id, may),
      el(
        'p',
        { id: `${id}-facts`, class: 'setting-facts' },
        `Set ${SOURCES[source]}`,
        value === setting.default ? '.' : `; by default ${setting.default}.`,
        may ? ` ${bound}` : ` It can be set ${where || 'elsewhere'}.`,
      ),
      set.includes(chosen.level) && source !== 'default'
        ? button('Take back', () => change(`/config reset level: ${chosen.level} name: ${name}${who()}`), {
            class: 'link',
            'aria-label': `Take back ${name}`,
          })
        : undefined,
    ];
  }

  function field({ name, kind, value, choices }: WireSetting, id: string, may: boolean): HTMLElement {
    const put = (typed: string) =>
      change(`/config set name: ${name} value: "${typed.replaceAll('"', '’')}"${levelWords()}`);
    const props = { id, disabled: !may, 'aria-describedby': `${id}-facts` };
    const among = kind === 'flag' ? ['on', 'off'] : choices;
    if (among) {
      const one = el(
        'select',
        { ...props, on: { change: () => put(one.value) } },
        ...among.map((choice) => el('option', { value: choice, selected: choice === value }, choice)),
      );
      return one;
    }
    const box = el('input', { ...props, value, on: { change: () => put(box.value.trim()) } });
    return box;
  }

  function levelWords(): string {
    return chosen.level === 'character' ? who() : ` level: ${chosen.level}`;
  }

  function who(): string {
    return chosen.level === 'character' ? ` character: "${nameOfChosen()}"` : '';
  }

  function nameOfChosen(): string {
    return choices.find(({ of }) => of === chosen)?.name ?? '';
  }

  function change(text: string): void {
    connection
      .ask({ type: 'command', text }, 'reply')
      .then((reply) => {
        said.classList.remove('problem');
        said.textContent = reply.text;
        return draw();
      })
      .catch(complain);
  }

  function complain(error: unknown): void {
    said.classList.add('problem');
    said.textContent = error instanceof Refusal ? error.message : 'The stage does not answer just now.';
  }
}
