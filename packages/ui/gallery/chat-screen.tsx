import { Bell, CornerUpLeft, Ellipsis, PanelRight, Pencil, UserPlus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  AppShell,
  Button,
  ChatFoot,
  Composer,
  ConnectionBanner,
  DateSeparator,
  DeletedText,
  DetailsActions,
  DetailsBody,
  DetailsHeader,
  DetailsIdentity,
  IconButton,
  JumpPill,
  MemberRow,
  MessageColumn,
  MessageLog,
  MessageRow,
  MessageText,
  MessageToolbar,
  NewDivider,
  PaneHeader,
  Section,
  SystemLine,
  TypingLine,
  useDetailsPane,
  type ConnectionState,
} from '../src/index.ts';
import { chatRows, GallerySide } from './frame.tsx';
import { people, places } from './people.ts';

const at = (text: string) => ({
  text,
  iso: `2025-11-13T${text}`,
  title: `Thursday, 13 November 2025 at ${text}`,
});

const nothing = () => undefined;

const tools = (
  <MessageToolbar label="Message actions">
    <IconButton label="Reply" size="sm">
      <CornerUpLeft size={16} aria-hidden />
    </IconButton>
    <IconButton label="Edit" size="sm">
      <Pencil size={16} aria-hidden />
    </IconButton>
    <IconButton label="More" size="sm">
      <Ellipsis size={16} aria-hidden />
    </IconButton>
  </MessageToolbar>
);

function Messages() {
  return (
    <MessageColumn>
      <DateSeparator iso="2025-11-12">Wednesday, 12 November</DateSeparator>
      <MessageRow sender={people.cleo} time={at('16:38')}>
        <MessageText text="Divers are out of the water, everybody dry and fed." />
      </MessageRow>
      <MessageRow sender={people.dmitri} time={at('16:52')}>
        <MessageText text="First reading at 16:51:41: 1.92 m. The old gauge said 1.90, so we are within a hair already." />
      </MessageRow>
      <DateSeparator iso="2025-11-13">Today</DateSeparator>
      <SystemLine>cleo added noor and farid, 10:02</SystemLine>
      <MessageRow sender={people.bob} time={at('09:12')}>
        <MessageText text="Morning. I compared the night with this, and the median drift over six hours is 11 mm. Anything under 20 is fine by me." />
      </MessageRow>
      <MessageRow
        own
        last={false}
        sender={people.ada}
        time={at('09:15')}
        delivery="read"
        deliveredTo="Read by bob, cleo, emi."
      >
        <MessageText text="Then I say we switch the public page over at noon." />
      </MessageRow>
      <MessageRow
        own
        first={false}
        sender={people.ada}
        time={at('09:16')}
        delivery="delivered"
        toolbar={tools}
      >
        <MessageText text="I’ll write the note for the harbour office now." onEdited={nothing} />
      </MessageRow>
      <MessageRow sender={people.noor} time={at('09:21')}>
        <MessageText text="صباح الخير! راجعتُ الترجمة العربية لصفحة المدّ والجزر، وكل شيء جاهز للنشر عند الظهر." />
      </MessageRow>
      <MessageRow sender={people.bob} time={at('09:26')} last={false}>
        <MessageText text="It does, holes stay holes: https://wiki.tides.example/gauges/pier-7#holes" />
      </MessageRow>
      <MessageRow sender={people.bob} time={at('09:31')} first={false}>
        <DeletedText />
      </MessageRow>
      <NewDivider />
      <MessageRow sender={people.cleo} time={at('11:38')}>
        <MessageText text="The office wants a photo and the wording of the plate. It says “Wasserstandsfernmeldeanlage”, made to order 😅" />
      </MessageRow>
    </MessageColumn>
  );
}

function Details({ onClose }: { onClose: () => void }) {
  const members = [people.ada, people.bob, people.cleo, people.emi, people.dmitri, people.noor];
  return (
    <>
      <DetailsHeader onClose={onClose} />
      <DetailsBody>
        <DetailsIdentity
          avatar={places.pier}
          subtitle="Group, since 3 September"
          about="New pressure sensor on the third pile. Public page switches over on Thursday at noon."
        />
        <DetailsActions>
          <Button icon={<UserPlus size={16} aria-hidden />}>Add people</Button>
          <Button icon={<Bell size={16} aria-hidden />}>Mute</Button>
        </DetailsActions>
        <Section title="Members" count={members.length}>
          <ul>
            {members.map((avatar, index) => (
              <MemberRow key={avatar.id} avatar={avatar} role={['you, owner', '', 'moderator'][index]} />
            ))}
          </ul>
        </Section>
      </DetailsBody>
    </>
  );
}

export interface ChatScreenProps {
  phonePane?: 'side' | 'main';
  connection?: ConnectionState;
  jump?: number;
  /** The details, sliding over. */
  detailsOver?: boolean;
  children?: ReactNode;
}

/** A conversation with everything around it. */
export function ChatScreen({
  phonePane = 'main',
  connection,
  jump,
  detailsOver = false,
  children,
}: ChatScreenProps) {
  const pane = useDetailsPane({ of: 'chat' });
  const detailsPane = detailsOver ? { ...pane, wide: false, open: true } : pane;
  const [text, setText] = useState('');
  return (
    <AppShell
      side={<GallerySide>{chatRows}</GallerySide>}
      phonePane={phonePane}
      details={<Details onClose={detailsPane.close} />}
      detailsPane={detailsPane}
    >
      <PaneHeader
        title="Pier 7 rollout"
        subtitle="6 members, 4 online"
        avatar={places.pier}
        backHref="#"
        actions={
          <IconButton
            label="Details"
            on={detailsPane.open}
            aria-expanded={detailsPane.open}
            onClick={detailsPane.toggle}
          >
            <PanelRight size={18} aria-hidden />
          </IconButton>
        }
      />
      {connection && <ConnectionBanner state={connection} onTryNow={() => undefined} />}
      {children ?? (
        <MessageLog
          ref={(log) => log?.scrollTo({ top: log.scrollHeight })}
          overlay={jump !== undefined && <JumpPill count={jump} onPress={() => undefined} />}
        >
          <Messages />
        </MessageLog>
      )}
      <ChatFoot>
        <TypingLine text="emi is typing" />
        <Composer
          label="Message Pier 7 rollout"
          value={text}
          onChange={setText}
          onSend={() => {
            setText('');
          }}
        />
      </ChatFoot>
    </AppShell>
  );
}
