import { expect, test } from 'vitest';
import { html, json, prose } from './html.ts';

test('what is placed in a template is text, wherever it stands', () => {
  const evil = `"><img src=x onerror='alert(1)'>&`;
  const escaped = '&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;';
  expect(html`<a href="${evil}">${[evil, html`<b>${evil}</b>`]}</a>`.markup).toBe(
    `<a href="${escaped}">${escaped}<b>${escaped}</b></a>`,
  );
  expect(html`${prose(`a \`${evil}\``)}`.markup).toBe(`a <code>${escaped}</code>`);
  expect(json({ a: '<script>' }).markup).not.toContain('<script>');
});

test('what is not there is nothing', () => {
  expect(html`${null}${undefined}${false}${0}${''}`.markup).toBe('0');
});
