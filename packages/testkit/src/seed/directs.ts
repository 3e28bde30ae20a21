import { direct } from './lines/direct.ts';
import type { Language } from './people.ts';
import type { Setting } from './setting.ts';

interface Pair {
  readonly between: readonly [string, string];
  readonly share: number;
  readonly quietHours: number;
  readonly mainly?: Language;
  readonly ending: Setting['ending'];
}

const pairs: readonly Pair[] = [
  {
    between: ['ada', 'cleo'],
    share: 112,
    quietHours: 0.4,
    ending: [
      ['ada', 'I have both boxes in the car.'],
      ['cleo', 'I’ll bring the spare clamps, don’t carry them up the hill again'],
    ],
  },
  {
    between: ['ada', 'dmitri'],
    share: 72,
    quietHours: 0.8,
    ending: [['dmitri', 'The northern stations send every minute now. You can look']],
  },
  {
    between: ['noor', 'ada'],
    share: 56,
    quietHours: 1,
    ending: [
      ['ada', 'Is the Arabic notice the final one?'],
      ['noor', 'تمام، أرسلتُ لك النسخة الأخيرة'],
    ],
  },
  {
    between: ['ada', 'hana'],
    share: 64,
    quietHours: 1.5,
    ending: [['ada', 'Could you look at the soundings before lunch?']],
  },
  {
    between: ['emi', 'ada'],
    share: 64,
    quietHours: 2.4,
    ending: [['emi', 'The plots are in the folder 📈']],
  },
  {
    between: ['bob', 'ada'],
    share: 96,
    quietHours: 50,
    ending: [
      ['bob', 'The offset table is from before the levelling. Use the one of March.'],
      ['ada', 'Thanks, that was the missing piece'],
    ],
  },
  {
    between: ['ada', 'farid'],
    share: 40,
    quietHours: 76,
    ending: [['farid', 'Swap agreed: you Tuesday, I Thursday']],
  },
  {
    between: ['grace', 'ada'],
    share: 56,
    quietHours: 120,
    ending: [['grace', 'See you on the jetty then 🌧️']],
  },
  {
    between: ['emi', '陽菜'],
    share: 80,
    quietHours: 4,
    mainly: 'ja',
    ending: [['陽菜', '図を更新しました。ご確認ください 🙏']],
  },
  {
    between: ['noor', 'سلمى'],
    share: 80,
    quietHours: 7,
    mainly: 'ar',
    ending: [['سلمى', 'إلى الغد إن شاء الله 🌙']],
  },
  {
    between: ['dmitri', 'ольга'],
    share: 80,
    quietHours: 3.5,
    mainly: 'ru',
    ending: [['ольга', 'Чай на плите, журнал на столе']],
  },
  {
    between: ['mateo', 'tomás'],
    share: 64,
    quietHours: 9,
    mainly: 'es',
    ending: [['tomás', 'Hasta mañana en el muelle']],
  },
];

export const demoDirects: readonly Setting[] = pairs.map(({ between, mainly = 'en', ...pair }) => ({
  ...pair,
  key: `direct/${between.join('/')}`,
  kind: 'direct',
  name: '',
  topic: '',
  members: between,
  rhythm: 'day',
  mainly,
  scripts: [direct],
}));
