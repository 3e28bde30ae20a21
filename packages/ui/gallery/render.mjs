// Renders the gallery into a folder (default: confab-ui-gallery under the system's temporary folder). Test only, never shipped.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/postcss';
import esbuild from 'esbuild';
import postcss from 'postcss';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? path.join(tmpdir(), 'confab-ui-gallery'));
await mkdir(out, { recursive: true });

const globals = path.join(here, '../src/styles/globals.css');
const css = await postcss([tailwind({ base: here })]).process(await readFile(globals, 'utf8'), {
  from: globals,
});

await esbuild.build({
  entryPoints: [path.join(here, 'gallery.tsx')],
  outfile: path.join(out, 'gallery.js'),
  bundle: true,
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
});
await esbuild.build({
  stdin: { contents: css.css, resolveDir: path.dirname(globals), loader: 'css' },
  outfile: path.join(out, 'gallery.css'),
  bundle: true,
  loader: { '.woff2': 'file' },
});
await writeFile(
  path.join(out, 'index.html'),
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>Confab, components</title>
<script>document.documentElement.dataset.theme = new URLSearchParams(location.search).get('theme') ?? 'light'</script>
<link rel="stylesheet" href="gallery.css">
<div id="root"></div>
<script src="gallery.js"></script>
</html>
`,
);
process.stdout.write(`${path.join(out, 'index.html')}\n`);
