// Builds greffier-offline as one file for any Node from version 20 on: everything it needs is in it.
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'src/offline/cli.ts',
    outDir: 'build/offline',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: {
      output: { entryFileNames: 'greffier-offline.mjs', format: 'es', codeSplitting: false },
    },
  },
});
