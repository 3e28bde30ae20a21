import { describe, expect, it } from 'vitest';
import { linkify } from './linkify.ts';

const links = (text: string) => linkify(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));
const shown = (text: string) => linkify(text).flatMap((part) => (part.kind === 'link' ? [part.text] : []));

describe('linkify', () => {
  it('splits a message without losing a character', () => {
    const text = 'a https://a.example/x?y=1#z, b (http://b.example/(c)) d\nhttps://ü.example/ß';
    expect(
      linkify(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
    expect(links(text)).toEqual([
      'https://a.example/x?y=1#z',
      'http://b.example/(c)',
      'https://xn--tda.example/%C3%9F',
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)//https:',
    'javascript:https://a.example',
    'java\nscript://a.example',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://a.example',
    'blob:https://a.example/1',
    'view-source:https://a.example',
    'xhttps://a.example',
    '//a.example',
    'www.a.example',
    'https://',
    'https:///',
    'http://[',
    'https:/a.example',
  ])('makes no link of %j', (text) => {
    expect(links(text)).toEqual([]);
    expect(linkify(text)).toEqual([{ kind: 'text', text }]);
  });

  it('makes no link that names one host and leads to another', () => {
    expect(links('https://bank.example@evil.example/')).toEqual([]);
    expect(links('https://bank.example:secret@evil.example')).toEqual([]);
  });

  it('shows a link exactly as it was written, and only where it leads', () => {
    expect(shown('HTTPS://A.example/X')).toEqual(['HTTPS://A.example/X']);
    expect(links('HTTPS://A.example/X')).toEqual(['https://a.example/X']);
  });

  it('ends a link before quotes, brackets and invisible characters', () => {
    expect(shown('https://a.example/"onmouseover="alert(1)')).toEqual(['https://a.example/']);
    expect(shown('https://a.example/<script>')).toEqual(['https://a.example/']);
    expect(shown('https://a.example/\u202Egpj.exe')).toEqual(['https://a.example/']);
    expect(shown('https://a.example/\u200Bb')).toEqual(['https://a.example/']);
  });

  it.each([
    ['(see https://a.example/x).', 'https://a.example/x'],
    ['https://a.example/x?!…', 'https://a.example/x'],
    ['https://en.example/wiki/A_(b)', 'https://en.example/wiki/A_(b)'],
    ['「https://a.example/x」。', 'https://a.example/x'],
    ['看https://a.example/x。', 'https://a.example/x'],
    ['看https://a.example/x，然后回来', 'https://a.example/x'],
    ['詳細（https://a.example/x）を見て', 'https://a.example/x'],
    ['https://a.example/北京', 'https://a.example/北京'],
  ])('leaves the sentence’s punctuation outside: %s', (text, expected) => {
    expect(shown(text)).toEqual([expected]);
  });

  it('takes 20,000 hostile characters in far less than a frame of patience', () => {
    const started = performance.now();
    linkify(`https://a.example/${'('.repeat(10_000)}`);
    linkify(`https://a.example/${')'.repeat(10_000)}`);
    linkify('https://'.repeat(2500));
    linkify(`https://${'.'.repeat(20_000)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
