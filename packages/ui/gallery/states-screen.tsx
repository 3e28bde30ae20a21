import { Ellipsis, Lock, Pencil, Send, SmilePlus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  Avatar,
  Badge,
  Button,
  Composer,
  ComposerBlocked,
  ConnectionBanner,
  DeletedText,
  EditingBar,
  EmojiMenu,
  ErrorLine,
  ErrorState,
  FormError,
  IconButton,
  JumpPill,
  MessageRow,
  MessageSkeleton,
  MessageText,
  MessageToolbar,
  NoticeBanner,
  Reactions,
  RowSkeleton,
  SeenLine,
  SessionRow,
  TextField,
  ThemeSwitch,
  Toasts,
  type AvatarSize,
  type Delivery,
  type EmojiChoice,
  type FieldStatus,
  type MessageRowProps,
} from '../src/index.ts';
import { people } from './people.ts';

function Sheet({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-[1440px] grid-cols-1 gap-6 p-6 md:grid-cols-2 md:gap-x-10 md:px-14">
      {children}
    </div>
  );
}

function Case({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="mb-1.5 text-xs text-ink-3">{title}</p>
      {children}
    </div>
  );
}

const time = { text: '11:44', iso: '2025-11-13T11:44' };
const own = (props: Partial<MessageRowProps>, text = 'Kiosk, two o’clock.') => (
  <MessageRow own sender={people.ada} time={time} {...props}>
    <MessageText text={text} />
  </MessageRow>
);
const other = (props: Partial<MessageRowProps>, text: string) => (
  <MessageRow sender={people.bob} time={time} {...props}>
    <MessageText text={text} />
  </MessageRow>
);

const nothing = () => undefined;
const choices: EmojiChoice[] = ['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '👀'].map((emoji) => ({
  emoji,
  label: emoji,
  own: emoji === '🎉',
}));
const reactions = (
  <Reactions
    focusable
    choices={choices}
    onToggle={nothing}
    reactions={[
      { emoji: '🎉', count: 12, own: true, who: 'ada, bob and 10 others' },
      { emoji: '🌊', count: 4, own: false, who: 'bob' },
      { emoji: '👏🏽', count: 1, own: false, who: 'cleo' },
    ]}
  />
);
const states: Delivery[] = ['sending', 'sent', 'delivered', 'read', 'unconfirmed'];

/** Every state of a message. */
export function MessageStates() {
  const failure = {
    reason: 'Not sent: you were removed from this group.',
    onRetry: nothing,
    onEdit: nothing,
    onDelete: nothing,
  };
  return (
    <Sheet>
      {states.map((delivery) => (
        <Case key={delivery} title={delivery}>
          {own({ delivery, deliveredTo: delivery === 'read' ? 'Read by bob.' : undefined })}
        </Case>
      ))}
      <Case title="failed">{own({ delivery: 'failed', failure })}</Case>
      <Case title="queued">{own({ delivery: 'sending', notice: 'Waiting for the connection' })}</Case>
      <Case title="other">{other({}, 'Tide is out at 15:10, so that would be the moment.')}</Case>
      <Case title="grouped">
        {own({ last: false, delivery: 'read' }, 'Three things for this afternoon.')}
        {own({ first: false, last: false, delivery: 'read' }, 'Clamps.')}
        {own({ first: false, delivery: 'delivered' }, 'Ladder.')}
      </Case>
      <Case title="highlighted">
        {other({ highlighted: true }, 'The gap on Saturday is the modem, not the sea.')}
      </Case>
      <Case title="edited">
        <MessageRow own sender={people.ada} time={time} delivery="read">
          <MessageText text="Yes, from two until five." onEdited={nothing} />
        </MessageRow>
      </Case>
      <Case title="deleted">
        <MessageRow sender={people.bob} time={time}>
          <DeletedText />
        </MessageRow>
      </Case>
      <Case title="reactions">{other({ reactions }, 'We are live!')}</Case>
      <Case title="reactions on one’s own">{own({ reactions, delivery: 'read' }, 'We are live!')}</Case>
      <Case title="seen in a group">
        {own({
          delivery: 'delivered',
          seen: (
            <SeenLine
              people={[people.bob, people.cleo]}
              text="Seen by bob and cleo"
              onPress={nothing}
              focusable
            />
          ),
        })}
      </Case>
      <Case title="not seen yet">
        {own({
          delivery: 'sent',
          seen: <SeenLine people={[]} text="Not seen yet" onPress={nothing} focusable />,
        })}
      </Case>
      <Case title="long word, long link">
        {other(
          {},
          'Wasserstandsfernmeldeanlagenüberwachungsgeräteprüfstelle https://wiki.tides.example/gauges/pier-7/2025/november/night-of-the-twelfth?from=00:00&to=06:00#holes',
        )}
      </Case>
      <Case title="right to left">
        {other({}, 'كل شيء جاهز للنشر عند الظهر، نسخة pier-7 الأخيرة https://tides.example/a.')}
      </Case>
      <Case title="toolbar, shown for the drawing">
        <div className="[&_[role=toolbar]]:visible [&_[role=toolbar]]:opacity-100">
          {other(
            {
              toolbar: (
                <MessageToolbar label="Message actions">
                  <EmojiMenu
                    choices={choices}
                    onChoose={nothing}
                    trigger={
                      <IconButton size="sm" label="React" tooltip={false}>
                        <SmilePlus size={16} aria-hidden />
                      </IconButton>
                    }
                  />
                  <IconButton size="sm" label="Edit">
                    <Pencil size={16} aria-hidden />
                  </IconButton>
                  <IconButton size="sm" label="More">
                    <Ellipsis size={16} aria-hidden />
                  </IconButton>
                </MessageToolbar>
              ),
            },
            'Tide is out at 15:10.',
          )}
        </div>
      </Case>
      <Case title="loading">
        <MessageSkeleton count={1} />
      </Case>
      <Case title="older pages failed">
        <ErrorLine text="Earlier messages did not load." onRetry={nothing} />
      </Case>
    </Sheet>
  );
}

function ComposerCase({ title, start, max }: { title: string; start: string; max?: number }) {
  const [value, setValue] = useState(start);
  return (
    <Case title={title}>
      <Composer
        label="Message Pier 7 rollout"
        value={value}
        onChange={setValue}
        onSend={nothing}
        maxLength={max}
      />
    </Case>
  );
}

/** Composer, banner, pill, skeletons. */
export function ComposerStates() {
  return (
    <Sheet>
      <ComposerCase title="empty" start="" />
      <ComposerCase title="with text" start="Kiosk, two o’clock." />
      <ComposerCase
        title="multi-line"
        start={'Three things for this afternoon:\n1. clamps\n2. the long ladder\n3. somebody'}
      />
      <ComposerCase title="ten lines" start={'1\n2\n3\n4\n5\n6\n7\n8\n9\n10'} />
      <ComposerCase
        title="over the limit"
        start="… and that, in short, is the whole history of the gauge."
        max={20}
      />
      <Case title="editing">
        <Composer
          label="Edit message"
          value="Yes, from two until five."
          onChange={nothing}
          onSend={nothing}
          above={<EditingBar text="Yes, from two until four." onCancel={nothing} />}
        />
      </Case>
      <Case title="blocked">
        <ComposerBlocked icon={<Lock size={18} aria-hidden />}>
          A moderator has silenced you here until 14:00.
        </ComposerBlocked>
      </Case>
      <Case title="not a member yet">
        <ComposerBlocked
          icon={<Send size={18} aria-hidden />}
          action={<Button variant="primary">Join room</Button>}
        >
          You are looking at Instrument shed.
        </ComposerBlocked>
      </Case>
      <div className="grid gap-3 md:col-span-2">
        <ConnectionBanner state="offline">
          You are offline. Write on: <b>3 messages</b> wait and go out in order.
        </ConnectionBanner>
        <ConnectionBanner state="connecting" onTryNow={nothing}>
          Reconnecting, next try in 4 s
        </ConnectionBanner>
        <ConnectionBanner state="back-online" />
        <NoticeBanner onClose={nothing}>
          This browser keeps nothing: messages that are not sent end with this page.
        </NoticeBanner>
      </div>
      <Case title="pill">
        <div className="relative h-16">
          <JumpPill count={12} onPress={nothing} />
        </div>
        <div className="relative h-16">
          <JumpPill count={0} onPress={nothing} />
        </div>
      </Case>
      <Case title="rows loading">
        <RowSkeleton count={2} />
      </Case>
      <Case title="error">
        <ErrorState text="The server is busy." onRetry={nothing} />
      </Case>
    </Sheet>
  );
}

const checks: {
  title: string;
  value: string;
  status?: FieldStatus;
  error?: string;
  suggestions?: string[];
}[] = [
  { title: 'Empty', value: '' },
  { title: 'Checking', value: 'ada.l', status: { kind: 'checking', text: 'Checking…' } },
  { title: 'Free', value: 'ada.lind', status: { kind: 'ok', text: 'ada.lind is free' } },
  {
    title: 'Taken',
    value: 'Ada',
    status: { kind: 'taken', text: 'Ada is taken.' },
    suggestions: ['ada.tide', 'ada_2'],
  },
  {
    title: 'Not allowed',
    value: 'ada lind!',
    error: 'No spaces and no “!”: letters, digits and . _ - only.',
  },
  {
    title: 'No check',
    value: 'ada.lind',
    status: { kind: 'warn', text: 'Could not check just now. We check again when you send the form.' },
  },
];

const sizes: AvatarSize[] = [20, 24, 28, 32, 36, 40, 56, 72];
const variants = ['primary', 'plain', 'ghost', 'danger', 'danger-plain'] as const;

/** Buttons, fields, avatars, toasts. */
export function ControlStates() {
  const [theme, setTheme] = useState<'system' | 'light' | 'dark'>('system');
  return (
    <Sheet>
      <div className="grid content-start gap-3">
        {variants.map((variant) => (
          <div key={variant} className="flex flex-wrap gap-3">
            <Button variant={variant}>Create group</Button>
            <Button variant={variant} disabled>
              Create group
            </Button>
            <Button variant={variant} busy>
              Create group
            </Button>
          </div>
        ))}
        <div className="flex flex-wrap items-center gap-3">
          <Button variant="primary" size="lg">
            Sign in, 44
          </Button>
          <Button variant="primary">Join, 36</Button>
          <Button variant="primary" size="sm">
            Retry, 28
          </Button>
          <Badge count={2} />
          <Badge count={38} />
          <Badge count={14} quiet />
        </div>
        <ThemeSwitch value={theme} onChange={setTheme} />
        <FormError>Name or password is wrong. Try again.</FormError>
        <div className="flex flex-wrap items-center gap-4">
          {sizes.map((size) => (
            <Avatar key={size} {...people.cleo} size={size} />
          ))}
          {sizes.map((size) => (
            <Avatar key={size} {...people.hana} size={size} />
          ))}
        </div>
      </div>
      <div className="grid content-start gap-5">
        {checks.map(({ title, ...field }) => (
          <TextField
            key={title}
            label={`Name: ${title}`}
            size="lg"
            hint="Others find you by this name."
            placeholder="2 to 32 letters, digits or . _ -"
            onChange={nothing}
            {...field}
          />
        ))}
        <ul>
          <SessionRow kind="computer" name="Chrome on Linux" detail="Signed in on 3 November" current />
          <SessionRow
            kind="phone"
            name="Safari on iPhone"
            detail="Active 12 min ago, from 198.51.100.7"
            current={false}
            action={<Button>Sign out</Button>}
          />
        </ul>
        <TextField
          label="Group name"
          value="Pier 7 rollout"
          disabled
          hint="Only owners can rename the group."
        />
      </div>
      <Toasts
        onDismiss={nothing}
        toasts={[
          { id: '1', text: 'Conversation muted', action: { label: 'Undo', onPress: nothing } },
          { id: '2', text: 'Link copied' },
          {
            id: '3',
            tone: 'error',
            text: 'Could not add hana. The server is busy.',
            action: { label: 'Retry', onPress: nothing },
          },
        ]}
      />
    </Sheet>
  );
}
