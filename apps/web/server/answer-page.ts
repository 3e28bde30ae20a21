import type { ServerResponse } from 'node:http';
import { problemHeaders, toProblem } from '@confab/api';
import { type ConfabError, errorTable } from '@confab/contract';
import { text } from '../src/lib/text.ts';

/** Light and dark by the reader's system; the colours are the product's. */
const style = `:root { color-scheme: light dark; --paper: #fff; --ink: #182020; --ink-2: #444c4d; --fill: #006b7d; --on-fill: #fff; }
@media (prefers-color-scheme: dark) { :root { --paper: #131818; --ink: #e7eaea; --ink-2: #b6bcbc; --fill: #70c5d4; --on-fill: #0d1111; } }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 22rem; padding: 1.5rem; text-align: center; }
h1 { margin: 0 0 0.25rem; font-size: 1.125rem; }
p { margin: 0 0 1.25rem; color: var(--ink-2); text-wrap: balance; }
a { display: inline-block; padding: 0.5rem 1rem; border-radius: 0.5rem; background: var(--fill); color: var(--on-fill); text-decoration: none; }
a:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }`;

/**
 * A refusal as a page in words, for where a page was asked for and none can be rendered. It stands by itself: no script,
 * no session, no other file. All of its text is ours.
 */
export function answerPage(response: ServerResponse, { details, message }: ConfabError): void {
  const problem = toProblem({ details, message });
  const isMissing = problem.status === 404;
  const { title } = isMissing ? text.notFound : text.broken;
  const hint = isMissing ? text.notFound.hint : errorTable[problem.code].sentence;
  const action = isMissing
    ? `<a href="/chats">${text.conversation.backToChats}</a>`
    : `<a href="">${text.retry}</a>`;
  const body =
    `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>${title} · ${text.app}</title><style>${style}</style></head>` +
    `<body><main><h1>${title}</h1><p>${hint}</p>${action}</main></body></html>`;
  response.writeHead(problem.status, {
    ...problemHeaders(problem),
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
