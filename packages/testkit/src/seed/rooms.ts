import { charts } from './lines/charts.ts';
import { harbour } from './lines/harbour.ts';
import { ice } from './lines/ice.ts';
import { instruments } from './lines/instruments.ts';
import { lunch } from './lines/lunch.ts';
import { night } from './lines/night.ts';
import { openData } from './lines/open-data.ts';
import { passing } from './lines/passing.ts';
import { welcome } from './lines/welcome.ts';
import { names, type Setting } from './setting.ts';

const room = { kind: 'room', rhythm: 'day', mainly: 'en' } as const;

export const demoRooms: readonly Setting[] = [
  {
    ...room,
    key: 'welcome',
    name: 'Welcome desk',
    topic: 'New on this server? Ask anything here',
    members: names('grace bob kofi lena cleo emi noor jonas hana ilse سلمى wanjiru tomás 陽菜 priya'),
    share: 200,
    quietHours: 0.1,
    greets: true,
    scripts: [welcome],
    ending: [
      ['priya', 'Is there a place for bicycles at Customs House?'],
      ['grace', 'Behind it, under the roof. The left half is dry.'],
    ],
  },
  {
    ...room,
    key: 'harbour',
    name: 'Harbour square',
    topic: 'Everything about the harbour, mostly weather and ferries',
    members: names(
      'kofi ada jonas ilse mateo lena bob cleo grace noor dmitri emi farid hana ольга سلمى wanjiru tomás 陽菜 priya',
    ),
    share: 900,
    quietHours: 0.25,
    scripts: [harbour, passing],
    ending: [
      ['ilse', 'Does the ferry run in this?'],
      ['kofi', 'The ferry at 12:10 is cancelled, take the 12:40'],
    ],
  },
  {
    ...room,
    key: 'open-data',
    name: 'Open data',
    topic: 'Releases of the monthly series, questions about formats',
    members: names('emi bob hana noor farid lena priya wanjiru 陽菜 jonas'),
    share: 480,
    quietHours: 0.6,
    scripts: [openData],
    ending: [
      ['farid', 'The checksum of the September file differs from the page?'],
      ['emi', 'The page was older than the file. Now they agree.'],
      ['farid', 'They do, merci'],
    ],
  },
  {
    ...room,
    key: 'lunch',
    name: 'Lunch, loosely',
    topic: 'Who, where, and is it soup',
    members: names('grace ada cleo bob kofi mateo emi noor ilse jonas hana wanjiru tomás priya'),
    share: 420,
    rhythm: 'noon',
    quietHours: 1.9,
    scripts: [lunch],
    ending: [
      ['wanjiru', 'What is it today?'],
      ['grace', 'Soup. It is always soup.'],
    ],
  },
  {
    ...room,
    key: 'instruments',
    name: 'Instrument shed',
    topic: 'Loan, repair and calibration of gauges',
    members: names('bob cleo jonas dmitri kofi ilse ольга wanjiru priya'),
    share: 420,
    quietHours: 1.2,
    scripts: [instruments],
    ending: [
      ['ilse', 'The long ladder is back on its hook.'],
      ['bob', 'It was missed.'],
    ],
  },
  {
    ...room,
    key: 'ice',
    name: 'Море и лёд',
    topic: 'Наблюдения с северных постов',
    members: names('dmitri ольга lena bob emi wanjiru priya'),
    share: 260,
    quietHours: 3,
    mainly: 'ru',
    scripts: [ice],
    ending: [
      ['ольга', 'Кромка отошла на километр за ночь.'],
      ['dmitri', 'Вижу с вышки. Красиво и тревожно.'],
    ],
  },
  {
    ...room,
    key: 'night',
    name: 'Night watch',
    topic: 'Hand-overs between shifts. Short, please',
    members: names('mateo ada farid kofi jonas noor سلمى dmitri tomás'),
    share: 280,
    rhythm: 'night',
    quietHours: 54,
    scripts: [night],
    ending: [['mateo', 'All quiet from two until six']],
  },
  {
    ...room,
    key: 'charts',
    name: 'Library of charts',
    topic: 'Scans, surveys and the odd treasure map',
    members: names('lena ada hana grace ольга farid ilse priya'),
    share: 240,
    quietHours: 98,
    scripts: [charts],
    ending: [
      ['hana', 'Which of the rolls was the big one?'],
      ['lena', '1962 survey scanned, 34 sheets'],
    ],
  },
];
