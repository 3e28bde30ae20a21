import { night } from './lines/night.ts';
import { openData } from './lines/open-data.ts';
import { rollout } from './lines/rollout.ts';
import { translations } from './lines/translations.ts';
import { trips } from './lines/trips.ts';
import { names, type Setting } from './setting.ts';

const group = { kind: 'group', topic: '', rhythm: 'day', mainly: 'en' } as const;

export const demoGroups: readonly Setting[] = [
  {
    ...group,
    key: 'pier-7',
    name: 'Pier 7 rollout',
    members: names('ada bob cleo dmitri emi noor'),
    share: 400,
    quietHours: 0.03,
    scripts: [rollout],
    ending: [
      [
        'bob',
        'I compared the night with this, and the median drift over six hours is 11 mm. Anything under 20 is fine by me.',
      ],
      [
        'bob',
        'def drift(new, old, window="6h"):\n    pairs = align(new, old, tolerance="30s")\n    return (pairs.new - pairs.old).rolling(window).median()',
      ],
      ['ada', 'Then I say we switch the public page over at noon.'],
      ['ada', 'I’ll write the note for the harbour office now.'],
      ['noor', 'راجعتُ الترجمة العربية لصفحة المدّ والجزر، وكل شيء جاهز للنشر عند الظهر.'],
      ['emi', 'Does `rolling` cope with the hole at 03:10, when the modem restarted?'],
      ['bob', 'It does, holes stay holes: https://wiki.tides.example/gauges/pier-7#holes'],
      [
        'cleo',
        '@ada the office wants a photo and the wording of the plate. It says “Wasserstandsfernmeldeanlage”, made to order 😅',
      ],
    ],
  },
  {
    ...group,
    key: 'data-desk',
    name: 'Data desk',
    members: names('emi ada hana bob 陽菜'),
    share: 260,
    quietHours: 2,
    scripts: [openData, rollout],
    ending: [
      ['hana', 'Gap on Saturday, 40 minutes, Lock gate. Fill or leave?'],
      ['emi', 'Leave, and flag it. The logger comes back on Thursday.'],
    ],
  },
  {
    ...group,
    key: 'skerries',
    name: 'Skerries trip 🏝️',
    members: names('cleo ada ilse mateo jonas tomás wanjiru'),
    share: 120,
    quietHours: 26,
    scripts: [trips],
    ending: [
      ['jonas', 'Is there room for one more cake?'],
      ['cleo', 'There is always room for one more cake.'],
    ],
  },
  {
    ...group,
    key: 'translations',
    name: 'Translations · ترجمة · 翻訳',
    members: names('noor سلمى emi 陽菜 ольга farid dmitri'),
    share: 100,
    quietHours: 5,
    scripts: [translations],
    ending: [
      ['سلمى', 'انتهيتُ من صفحة المقاييس 🌊'],
      ['陽菜', 'お疲れさまでした！'],
    ],
  },
  {
    ...group,
    key: 'duty',
    name: 'Duty phone',
    members: names('kofi farid mateo ada jonas'),
    share: 60,
    rhythm: 'night',
    quietHours: 31,
    scripts: [night],
    ending: [
      ['farid', 'Phone is with me until Sunday.'],
      ['kofi', 'Charge it this time 🙂'],
    ],
  },
];
