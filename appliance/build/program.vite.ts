// Makes one file each of the daemon, of the thread that seals, and of the command line. Most of a second goes into finding
// and reading the thousand modules that each is made of, and whoever types a command waits for that (ADR 0032). Which of
// them is the mode: vite build --config appliance/build/program.vite.ts --mode cli/greffier

import { dirname, join, relative } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const SOURCES = join(import.meta.dirname, '..', '..', 'src');

/** Modules that find files beside themselves find them beside the compiled module, which is there too. */
const whereItWas = (program: string): Plugin => ({
  name: 'where-it-was',
  transform(code, id) {
    if (!id.startsWith(SOURCES) || !code.includes('import.meta.url')) return null;
    const compiled = relative(dirname(program), relative(SOURCES, id)).replace(/\.ts$/, '.js');
    return code.replaceAll(
      'import.meta.url',
      `new URL(${JSON.stringify(`./${compiled}`)}, import.meta.url).href`,
    );
  },
});

/** One letter beyond ASCII in five million, and Node keeps the whole source at two bytes each for as long as it runs. */
const ascii: Plugin = {
  name: 'ascii',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = inAscii(file.code);
  },
};

/** In strings, patterns and names alike a letter may be written as its number. */
function inAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export default defineConfig(({ mode: program }) => ({
  publicDir: false,
  plugins: [whereItWas(program), ascii],
  // What is native, and what is looked for only when it is needed, stays in node_modules.
  ssr: { noExternal: true, external: ['argon2', 'ari-client', 'asterisk-manager'], target: 'node' },
  build: {
    ssr: `src/${program}.ts`,
    outDir: 'build/stage/dist',
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    rollupOptions: {
      output: { entryFileNames: `${program}.js`, format: 'es' as const, codeSplitting: false },
    },
  },
}));
