import { CircleUserRound, Compass, MessageCircle, Settings, SquarePen, Users } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  AccountBar,
  ConversationRow,
  FindField,
  IconButton,
  PersonRow,
  RowList,
  SideBar,
  SideNote,
  SideTabs,
  TabBar,
  type ConversationRowProps,
} from '../src/index.ts';
import { people, places } from './people.ts';

const at = (text: string) => ({ text, iso: '2025-11-13T11:42' });

const rows: Omit<ConversationRowProps, 'href'>[] = [
  {
    avatar: places.pier,
    current: true,
    time: at('11:42'),
    preview: { kind: 'typing', text: 'emi is typing…' },
  },
  {
    avatar: people.cleo,
    time: at('11:20'),
    unread: 2,
    preview: { kind: 'message', text: 'I’ll bring the spare clamps, don’t carry them up the hill again' },
  },
  { avatar: people.dmitri, time: at('11:31'), preview: { kind: 'typing', text: 'typing…' } },
  {
    avatar: places.harbour,
    time: at('11:29'),
    unread: 38,
    preview: { kind: 'message', author: 'kofi', text: 'The ferry at 12:10 is cancelled, take the 12:40' },
  },
  {
    avatar: people.noor,
    time: at('10:54'),
    preview: { kind: 'message', text: 'تمام، أرسلتُ لك النسخة الأخيرة' },
  },
  {
    avatar: people.hana,
    time: at('10:12'),
    preview: {
      kind: 'message',
      delivery: 'delivered',
      text: 'Could you look at the soundings before lunch?',
    },
  },
  {
    avatar: places.data,
    time: at('09:47'),
    preview: { kind: 'draft', text: 'The gap on Saturday is not a' },
  },
  {
    avatar: places.lunch,
    time: at('09:40'),
    muted: true,
    unread: 14,
    preview: { kind: 'message', author: 'grace', text: 'Soup. It is always soup.' },
  },
  { avatar: people.emi, time: at('09:15'), preview: { kind: 'failed', text: 'Kiosk, two o’clock.' } },
  {
    avatar: places.night,
    time: at('Wed'),
    unread: 3,
    mentions: 3,
    preview: { kind: 'message', author: 'mateo', text: 'All quiet from two until six' },
  },
  {
    avatar: people.bob,
    time: at('Wed'),
    preview: { kind: 'message', delivery: 'read', text: 'Thanks, that was the missing piece' },
  },
  { avatar: people.farid, time: at('Tue'), unread: 1200, preview: { kind: 'message', text: 'Audio, 0:42' } },
  {
    avatar: places.charts,
    time: at('Mon'),
    muted: true,
    preview: { kind: 'message', author: 'lena', text: '1962 survey scanned, 34 sheets' },
  },
  {
    avatar: people.grace,
    time: at('Mon'),
    preview: { kind: 'message', text: 'See you on the jetty then 🌧️' },
  },
];

export const chatRows = rows.map((row, index) => <ConversationRow key={index} href="#" {...row} />);

export const personRows = Object.values(people).map((avatar) => (
  <PersonRow
    key={avatar.id}
    href="#"
    avatar={avatar}
    detail={avatar.name === 'noor' ? 'مترجمة' : 'Gauges, mostly the stubborn ones'}
  />
));

export type SectionName = 'chats' | 'people' | 'rooms';

/** The side bar of every screen. */
export function GallerySide({
  section = 'chats',
  children,
}: {
  section?: SectionName;
  children?: ReactNode;
}) {
  const [find, setFind] = useState('');
  const items = [
    {
      href: '#1',
      label: 'Chats',
      current: section === 'chats',
      icon: <MessageCircle size={22} aria-hidden />,
    },
    { href: '#2', label: 'People', current: section === 'people', icon: <Users size={22} aria-hidden /> },
    { href: '#3', label: 'Rooms', current: section === 'rooms', icon: <Compass size={22} aria-hidden /> },
  ];
  const you = { href: '#4', label: 'You', current: false, icon: <CircleUserRound size={22} aria-hidden /> };
  return (
    <SideBar
      action={
        <IconButton label="New conversation">
          <SquarePen size={18} aria-hidden />
        </IconButton>
      }
      find={
        <FindField
          label="Search or jump to"
          value={find}
          onChange={(event) => {
            setFind(event.target.value);
          }}
        />
      }
      tabs={<SideTabs items={items} />}
      account={
        <AccountBar
          avatar={people.ada}
          detail="At the pier until four"
          action={
            <IconButton label="Settings">
              <Settings size={18} aria-hidden />
            </IconButton>
          }
        />
      }
      tabBar={<TabBar items={[...items, you]} />}
    >
      {children ? (
        <RowList label="Conversations">{children}</RowList>
      ) : (
        <SideNote>Your conversations will be listed here.</SideNote>
      )}
    </SideBar>
  );
}
