/** Languages in which the demo's people write. */
export type Language = 'en' | 'ru' | 'ar' | 'ja' | 'es' | 'de' | 'fr';

export interface DemoPerson {
  readonly name: string;
  /** Beside English. */
  readonly languages: readonly Language[];
  /** How much they write, against the others. */
  readonly talk: number;
  /** Came so many days after the start, and said this at the welcome desk. */
  readonly arrival?: { readonly day: number; readonly hello: string };
}

export const demoPassword = 'confab demo';

export const demoPeople: readonly DemoPerson[] = [
  { name: 'ada', languages: ['de'], talk: 5 },
  { name: 'bob', languages: [], talk: 5 },
  { name: 'cleo', languages: ['fr'], talk: 4 },
  { name: 'dmitri', languages: ['ru'], talk: 4 },
  { name: 'emi', languages: ['ja'], talk: 4 },
  { name: 'farid', languages: ['ar', 'fr'], talk: 2 },
  { name: 'grace', languages: ['fr'], talk: 4 },
  { name: 'hana', languages: ['ja'], talk: 3 },
  { name: 'ilse', languages: ['de'], talk: 2 },
  { name: 'jonas', languages: ['de'], talk: 3 },
  { name: 'kofi', languages: [], talk: 4 },
  { name: 'lena', languages: ['ru', 'de'], talk: 3 },
  { name: 'mateo', languages: ['es'], talk: 3 },
  { name: 'noor', languages: ['ar'], talk: 4 },
  { name: 'ольга', languages: ['ru'], talk: 3 },
  { name: 'سلمى', languages: ['ar'], talk: 2 },
  {
    name: 'wanjiru',
    languages: [],
    talk: 3,
    arrival: {
      day: 6,
      hello:
        'Hello everybody! Wanjiru, hydrography student. I am here for the gauges and, I am told, the soup.',
    },
  },
  {
    name: 'tomás',
    languages: ['es'],
    talk: 2,
    arrival: {
      day: 12,
      hello: 'Buenos días from the dredger. Tomás, first mate. Who do I ask about draught limits?',
    },
  },
  {
    name: '陽菜',
    languages: ['ja'],
    talk: 2,
    arrival: {
      day: 19,
      hello: 'はじめまして、陽菜です。潮位データの可視化をやっています。よろしくお願いします！',
    },
  },
  {
    name: 'priya',
    languages: [],
    talk: 3,
    arrival: {
      day: 25,
      hello: 'Hi, Priya here, joining from the storm surge group. Be gentle, I still say “sea level”.',
    },
  },
];

/**
 * Ends of ids, in the order of the people. An avatar's hue follows from the id: with these, each of the ten hues is that of
 * two people, and neighbours differ. Drawn ones put thirteen of the twenty on five.
 */
const idEnds = '01 0c 19 23 26 2d 2e 2f 43 46 55 5a 60 67 70 71 78 7b 7e 85'.split(' ');

/** The id of the person at this index. */
export function demoId(index: number): string {
  return `64656d6f${(idEnds[index] ?? '').padStart(16, '0')}`;
}
