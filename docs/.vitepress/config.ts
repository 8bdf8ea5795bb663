import { defineConfig } from 'vitepress';
import { PAGES } from './pages.ts';

/** The documentation as a site: `npm run docs` serves it, `npm run docs:build` writes it to `.vitepress/dist`. */
export default defineConfig({
  title: 'Dramatis',
  description: 'Scenes with several characters who think before they speak.',
  lang: 'en',
  cleanUrls: true,
  // Links to files of the repository that are no pages.
  ignoreDeadLinks: [/\.\.\/(?:benchmarks|training|src|clients)\//u],
  markdown: {
    html: false,
    config(md) {
      // Card macros are written {{so}}, and mean something else to what makes pages of these files.
      for (const kind of ['text', 'code_inline']) {
        const plain = md.renderer.rules[kind];
        md.renderer.rules[kind] = (...args) => (plain?.(...args) ?? '').replaceAll('{{', '&#123;&#123;');
      }
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Play', link: '/guide/play' },
      { text: 'Your server', link: '/guide/your-server' },
      { text: 'Games', link: '/games' },
      { text: 'Troubleshooting', link: '/guide/troubleshooting' },
    ],
    sidebar: PAGES.map(({ items, ...group }) => ({ ...group, items: [...items] })),
    outline: [2, 3],
  },
});
