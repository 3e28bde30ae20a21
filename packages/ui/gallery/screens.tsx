import { Compass, Copy, MessageCircle, Pencil, Plus, Search, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  ActionSheet,
  AppShell,
  AuthCard,
  AuthForm,
  Button,
  ButtonLink,
  ChatFoot,
  Composer,
  ConfirmDialog,
  ConversationStart,
  Dialog,
  EmptyState,
  FormError,
  IconButton,
  IconTile,
  Menu,
  MessageColumn,
  MessageLog,
  PageColumn,
  PageSections,
  PageTitle,
  PageTools,
  PaneHeader,
  PasswordField,
  PeopleField,
  PersonRow,
  PickRow,
  RoomRow,
  Section,
  SuggestionRow,
  TextField,
  TextLink,
} from '../src/index.ts';
import { ChatScreen } from './chat-screen.tsx';
import { chatRows, GallerySide, personRows } from './frame.tsx';
import { people, places } from './people.ts';
import { ComposerStates, ControlStates, MessageStates } from './states-screen.tsx';

const nothing = () => undefined;

function SignIn() {
  return (
    <AuthCard
      title="Sign in"
      after={
        <>
          New here? <TextLink href="#">Create an account</TextLink>
        </>
      }
      footnote="chat.tides.example, run by the people who use it"
    >
      <AuthForm onSubmit={nothing}>
        <FormError>Name or password is wrong. Try again.</FormError>
        <TextField label="Name or email" size="lg" defaultValue="ada" autoComplete="username" />
        <PasswordField
          label="Password"
          size="lg"
          defaultValue="correcthorse"
          autoComplete="current-password"
          autoFocus
        />
        <Button variant="primary" size="lg" wide type="submit">
          Sign in
        </Button>
      </AuthForm>
    </AuthCard>
  );
}

function Register() {
  return (
    <AuthCard
      title="Create an account"
      after={<TextLink href="#">Sign in</TextLink>}
      footnote="chat.tides.example"
    >
      <AuthForm onSubmit={nothing}>
        <TextField
          label="Name"
          size="lg"
          defaultValue="ada.lind"
          autoFocus
          status={{ kind: 'ok', text: 'ada.lind is free' }}
        />
        <TextField
          label="Email"
          size="lg"
          placeholder="you@example.org"
          hint="Only you and the administrators see it."
        />
        <PasswordField label="Password" size="lg" placeholder="At least 10 characters" />
        <Button variant="primary" size="lg" wide disabled>
          Create account
        </Button>
      </AuthForm>
    </AuthCard>
  );
}

const allRooms = (
  <PersonRow
    href="#"
    current
    avatar={{ id: 'all', name: 'All rooms', kind: 'room' }}
    tile={
      <IconTile>
        <Compass size={20} />
      </IconTile>
    }
    detail="31 on this server"
  />
);

function Rooms() {
  return (
    <AppShell
      side={
        <GallerySide section="rooms">
          {allRooms}
          {chatRows.slice(7, 10)}
        </GallerySide>
      }
      phonePane="main"
    >
      <PaneHeader
        title="All rooms"
        subtitle="31 on this server"
        backHref="#"
        actions={
          <Button variant="primary" icon={<Plus size={16} aria-hidden />}>
            New room
          </Button>
        }
      />
      <PageColumn>
        <PageTools>
          <TextField
            label="Find a room"
            hideLabel
            placeholder="Find a room by name or topic"
            icon={<Search size={16} aria-hidden />}
          />
        </PageTools>
        <ul>
          {Object.values(places).map((place, index) => (
            <RoomRow
              key={place.id}
              id={place.id}
              name={place.name}
              topic="Everything about the harbour, mostly weather and ferries"
              meta="1,204 members, active 2 min ago"
              action={
                index % 2 ? (
                  <ButtonLink variant="ghost" href="#">
                    Open
                  </ButtonLink>
                ) : (
                  <Button>Join</Button>
                )
              }
            />
          ))}
        </ul>
      </PageColumn>
    </AppShell>
  );
}

function EmptyFirst() {
  return (
    <AppShell side={<GallerySide />} phonePane="main">
      <PageColumn centred>
        <PageTitle
          title="Good to have you here, ada"
          lead="Say hello to somebody, or look into a room. Both end up in the list on the left."
        />
        <PageSections>
          <Section
            level={2}
            title="Online now"
            count={14}
            action={
              <TextLink alone href="#">
                All people
              </TextLink>
            }
          >
            <ul>
              {[people.cleo, people.bob, people.emi, people.kofi].map((avatar) => (
                <SuggestionRow
                  key={avatar.id}
                  avatar={avatar}
                  detail="Divers, ropes, anything that floats"
                  action={
                    <IconButton label={`Write to ${avatar.name}`}>
                      <MessageCircle size={18} aria-hidden />
                    </IconButton>
                  }
                />
              ))}
            </ul>
          </Section>
          <Section
            level={2}
            title="Rooms"
            count={31}
            action={
              <TextLink alone href="#">
                All rooms
              </TextLink>
            }
          >
            <ul>
              {[places.harbour, places.night, places.charts].map((avatar) => (
                <SuggestionRow
                  key={avatar.id}
                  avatar={avatar}
                  detail="1,204 members"
                  action={<Button>Join</Button>}
                />
              ))}
            </ul>
          </Section>
        </PageSections>
      </PageColumn>
    </AppShell>
  );
}

function EmptyNew() {
  return (
    <AppShell side={<GallerySide>{chatRows.slice(1)}</GallerySide>} phonePane="main">
      <PaneHeader title="grace" subtitle="Online" avatar={people.grace} backHref="#" />
      <MessageLog>
        <MessageColumn>
          <ConversationStart
            avatar={people.grace}
            text="Soup critic, chart room. Here starts your conversation with grace."
          />
        </MessageColumn>
      </MessageLog>
      <ChatFoot>
        <Composer label="Message grace" value="" onChange={nothing} onSend={nothing} autoFocus />
      </ChatFoot>
    </AppShell>
  );
}

function NewGroup() {
  const picked = [people.cleo, people.dmitri, people.hana];
  return (
    <>
      <ChatScreen />
      <Dialog
        open
        onOpenChange={nothing}
        title="New group"
        onSubmit={nothing}
        footnote="3 people and you"
        footer={
          <>
            <Button variant="ghost">Cancel</Button>
            <Button variant="primary" type="submit">
              Create group
            </Button>
          </>
        }
      >
        <TextField label="Name" defaultValue="Saturday at low water" />
        <div>
          <PeopleField
            label="People"
            placeholder="Add a name"
            value=""
            onChange={nothing}
            picked={picked}
            onRemove={nothing}
            onEnter={nothing}
          />
          <div className="mt-2">
            {[people.bob, people.cleo, people.emi, people.farid, people.hana].map((avatar) => (
              <PickRow
                key={avatar.id}
                avatar={avatar}
                detail="Gauges, mostly the stubborn ones"
                checked={picked.includes(avatar)}
                onChange={nothing}
              />
            ))}
          </div>
        </div>
      </Dialog>
    </>
  );
}

/** Each screen by the name that `?screen=` takes. */
export const screens: Readonly<Record<string, () => ReactNode>> = {
  chat: () => <ChatScreen />,
  list: () => <ChatScreen phonePane="side" />,
  room: () => <ChatScreen connection="connecting" jump={12} />,
  offline: () => <ChatScreen connection="offline" />,
  details: () => <ChatScreen detailsOver />,
  people: () => (
    <AppShell
      side={<GallerySide section="people">{personRows}</GallerySide>}
      sideLabel="People"
      phonePane="side"
    >
      <EmptyState as="main" title="Nobody chosen" text="Pick somebody on the left to write to them." />
    </AppShell>
  ),
  rooms: () => <Rooms />,
  'sign-in': () => <SignIn />,
  register: () => <Register />,
  'empty-first': () => <EmptyFirst />,
  'empty-new': () => <EmptyNew />,
  'new-group': () => <NewGroup />,
  confirm: () => (
    <>
      <ChatScreen />
      <ConfirmDialog
        open
        onOpenChange={nothing}
        onConfirm={nothing}
        title="Delete this message?"
        text="It disappears for everybody in Pier 7 rollout. A note that it was deleted stays."
        confirmLabel="Delete"
      />
    </>
  ),
  'not-found': () => (
    <EmptyState
      as="page"
      title="Not here"
      text="This page does not exist, or you may not see it."
      actions={<ButtonLink href="#">Back to the chats</ButtonLink>}
    />
  ),
  menu: () => (
    <div className="p-16">
      <Menu
        align="start"
        trigger={<Button autoFocus>Actions</Button>}
        items={[
          { label: 'Copy text', onSelect: nothing },
          { label: 'Edit', shortcut: '↑', onSelect: nothing },
          { label: 'Pin', disabled: true, onSelect: nothing },
          'separator',
          { label: 'Delete…', danger: true, onSelect: nothing },
        ]}
      />
    </div>
  ),
  sheet: () => (
    <>
      <ChatScreen />
      <ActionSheet
        label="Message actions"
        choices={['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '👀'].map((emoji) => ({
          emoji,
          label: emoji,
          own: emoji === '🎉',
        }))}
        onChoose={nothing}
        onClose={nothing}
        items={[
          { label: 'Edit', icon: <Pencil size={18} aria-hidden />, onSelect: nothing },
          { label: 'Copy text', icon: <Copy size={18} aria-hidden />, onSelect: nothing },
          'separator',
          {
            label: 'Delete for everyone…',
            icon: <Trash2 size={18} aria-hidden />,
            danger: true,
            onSelect: nothing,
          },
        ]}
      />
    </>
  ),
  messages: () => <MessageStates />,
  composer: () => <ComposerStates />,
  controls: () => <ControlStates />,
};
