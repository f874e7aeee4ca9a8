// Builds the offline viewer: one HTML file that whoever was handed a recording opens from their own disk. Its policy lets it
// run nothing but what is in it, and reach nothing at all.

import { createHash } from 'node:crypto';
import { defineConfig, type Plugin } from 'vite';

const sum = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
/** A script may not hold what ends it. */
const inScript = (code: string) => code.replaceAll('</script', '<\\/script');

/** Puts script and style into the page, and says in its policy which they are. */
const oneFile = (): Plugin => ({
  name: 'one-file',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const files = Object.values(bundle);
    const page = files.find(({ fileName }) => fileName.endsWith('.html'));
    if (page?.type !== 'asset') throw new Error('the viewer has no page');
    const script = inScript(files.flatMap((file) => (file.type === 'chunk' ? file.code : [])).join('\n'));
    const style = files
      .flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? String(file.source) : []))
      .join('\n');
    const policy = [
      "default-src 'none'",
      `script-src ${sum(script)}`,
      `style-src ${sum(style)}`,
      'media-src blob:',
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; ');
    const head = [
      `<meta http-equiv="content-security-policy" content="${policy}" />`,
      `<style>${style}</style>`,
    ].join('\n');
    page.source = String(page.source)
      .replace(/<link rel="stylesheet"[^>]*>/g, '')
      .replace(/<script type="module"[^>]*><\/script>/, '')
      .replace('<title>', () => `${head}\n<title>`)
      .replace('</body>', () => `<script type="module">${script}</script>\n</body>`);
    for (const { fileName } of files) if (fileName !== page.fileName) delete bundle[fileName];
  },
});

export default defineConfig({
  root: 'web',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [oneFile()],
  build: {
    outDir: '../build/viewer',
    emptyOutDir: true,
    target: ['chrome125', 'firefox128', 'safari18'],
    cssCodeSplit: false,
    modulePreload: false,
    rollupOptions: { input: 'web/viewer.html', output: { codeSplitting: false } },
  },
});
