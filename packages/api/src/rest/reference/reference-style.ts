import { Html } from './html.ts';

/** Light and dark by the reader's system; the colours are the product's. */
export const referenceStyle = new Html(`<style>
:root { color-scheme: light dark; --paper: #fff; --side: #f1f5f5; --well: #ecf0f1; --ink: #182020; --ink-2: #444c4d; --line: #e0e4e5; --accent: #006b7d; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #131818; --side: #0d1111; --well: #1c2223; --ink: #e7eaea; --ink-2: #b6bcbc; --line: #232929; --accent: #70c5d4; }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
body { margin: 0; display: grid; grid-template-columns: minmax(16rem, 22rem) minmax(0, 1fr); background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1rem; background: var(--side); border-right: 1px solid var(--line); }
nav h2 { margin: 1rem 0 0.25rem; font-size: 0.875rem; color: var(--ink-2); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li a { display: block; padding: 0.25rem 0.5rem; border-radius: 0.375rem; font-size: 0.875rem; text-decoration: none; }
nav li a:hover { background: var(--well); }
main { max-width: 56rem; padding: 1.5rem 2rem 4rem; }
main:focus { outline: none; }
h1 { margin-top: 0; font-size: 1.75rem; }
h2 { font-size: 1.25rem; }
h3 { font-size: 1.0625rem; overflow-wrap: anywhere; }
h4 { margin-bottom: 0.25rem; font-size: 0.9375rem; }
section > h2 { margin-top: 3rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); }
article { padding: 0.5rem 0 1.5rem; border-bottom: 1px solid var(--line); }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
:target { background: var(--well); }
code, pre { font: 0.875em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { padding: 0.75rem; overflow-x: auto; background: var(--well); border-radius: 0.375rem; }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) minmax(0, 1fr); gap: 0.25rem 1rem; margin: 0.5rem 0; }
dt span { color: var(--ink-2); font-size: 0.8125rem; }
dd { margin: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; color: var(--ink-2); }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; padding: 0.5rem; background: var(--paper); }
@media (max-width: 48rem) {
  body { display: block; }
  nav { position: static; height: auto; max-height: 40vh; border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding: 1rem; }
  dl { grid-template-columns: minmax(0, 1fr); }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
</style>`);
