// Builds the command line as one file. Most of a second goes into finding and reading the thousand modules that it is made
// of, and whoever types a command waits for that (appliance/docs/performance.md, ADR 0032). The daemon, which starts once,
// stays as it was compiled.

import { join, relative } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const SOURCES = join(import.meta.dirname, '..', '..', 'src');

/** Modules that find files beside themselves find them beside the compiled module, which is there too. */
const whereItWas: Plugin = {
  name: 'where-it-was',
  transform(code, id) {
    if (!id.startsWith(SOURCES) || !code.includes('import.meta.url')) return null;
    const compiled = `../${relative(SOURCES, id).replace(/\.ts$/, '.js')}`;
    return code.replaceAll('import.meta.url', `new URL(${JSON.stringify(compiled)}, import.meta.url).href`);
  },
};

export default defineConfig({
  publicDir: false,
  plugins: [whereItWas],
  // What is native, and what is looked for only when it is needed, stays in node_modules.
  ssr: { noExternal: true, external: ['argon2', 'ari-client', 'asterisk-manager'], target: 'node' },
  build: {
    ssr: 'src/cli/greffier.ts',
    outDir: 'build/stage/dist/cli',
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    rollupOptions: {
      output: { entryFileNames: 'greffier.js', format: 'es', codeSplitting: false },
    },
  },
});
