export { AccountBar, type AccountBarProps } from './account-bar.tsx';
export { ActionSheet, type ActionSheetProps } from './action-sheet.tsx';
export { AppShell, type AppShellProps } from './app-shell.tsx';
export { AuthCard, type AuthCardProps } from './auth-card.tsx';
export { AuthForm } from './auth-form.tsx';
export { AutoTextarea, type AutoTextareaProps } from './auto-textarea.tsx';
export { avatarHue } from './avatar-hue.ts';
export {
  Avatar,
  IconTile,
  type AvatarKind,
  type Presence,
  type AvatarSize,
  type AvatarOf,
  type AvatarProps,
} from './avatar.tsx';
export { Badge, type BadgeProps } from './badge.tsx';
export { BrandMark, Brand } from './brand-mark.tsx';
export {
  Button,
  ButtonLink,
  type ButtonVariant,
  type ButtonSize,
  type ButtonProps,
  type ButtonLinkProps,
} from './button.tsx';
export { Composer, ComposerBlocked, type ComposerProps, type ComposerBlockedProps } from './composer.tsx';
export { Chip } from './chip.tsx';
export { Choices, type Choice, type ChoicesProps } from './choices.tsx';
export { ConfirmDialog, type ConfirmDialogProps } from './confirm-dialog.tsx';
export { ConnectionBanner, type ConnectionState, type ConnectionBannerProps } from './connection-banner.tsx';
export { ConversationRow, type Preview, type ConversationRowProps } from './conversation-row.tsx';
export { DeliveryMark, type Delivery, type DeliveryMarkProps } from './delivery-mark.tsx';
export {
  DetailsHeader,
  DetailsBody,
  DetailsIdentity,
  DetailsActions,
  DetailsEnd,
  DetailsFacts,
  Section,
  MemberRow,
  type DetailsIdentityProps,
  type SectionProps,
  type MemberRowProps,
} from './details.tsx';
export { Dialog, type DialogProps } from './dialog.tsx';
export { EditingBar, type EditingBarProps } from './editing-bar.tsx';
export { EmojiMenu, type EmojiChoice, type EmojiMenuProps } from './emoji-menu.tsx';
export {
  EmptyState,
  ErrorState,
  ErrorLine,
  ConversationStart,
  type EmptyStateProps,
  type ErrorStateProps,
} from './empty-state.tsx';
export { FindField, type FindFieldProps } from './find-field.tsx';
export { FormError, FormNote } from './form-error.tsx';
export { IconButton, IconLink, type IconButtonProps } from './icon-button.tsx';
export { initials } from './initials.ts';
export { InvitationNote, type InvitationNoteProps } from './invitation-note.tsx';
export { InvitationRow, type InvitationRowProps } from './invitation-row.tsx';
export { JumpPill, type JumpPillProps } from './jump-pill.tsx';
export { linkify, type TextPart } from './linkify.ts';
export { Menu, type MenuItem, type MenuProps } from './menu.tsx';
export { MenuAt, type MenuAtProps } from './menu-at.tsx';
export { MessageLog, MessageColumn, ChatFoot, TypingLine, type MessageLogProps } from './message-list.tsx';
export { MessageNotice, MessageFailure, type MessageFailureProps } from './message-notice.tsx';
export { MessageRow, type MessageRowProps } from './message-row.tsx';
export { MessageText, DeletedText, BlockedText, type MessageTextProps } from './message-text.tsx';
export { MessageToolbar } from './message-toolbar.tsx';
export type { NavItem } from './nav-item.ts';
export { NoticeBanner } from './notice-banner.tsx';
export { PageColumn, PageTitle, PageSections, PageTools, type PageTitleProps } from './page-column.tsx';
export { PaneHeader, type PaneHeaderProps } from './pane-header.tsx';
export { PasswordField } from './password-field.tsx';
export { PeopleField, type PeopleFieldProps } from './people-field.tsx';
export {
  PersonRow,
  LinkRow,
  SuggestionRow,
  type PersonRowProps,
  type SuggestionRowProps,
} from './person-row.tsx';
export { PickRow, PersonChip, type PickRowProps } from './pick-row.tsx';
export { Reactions, type Reaction, type ReactionsProps } from './reactions.tsx';
export type { MenuOpening } from './row-frame.tsx';
export { RoomRow, type RoomRowProps } from './room-row.tsx';
export { Segmented, ThemeSwitch, type SegmentedProps, type ThemeChoice } from './segmented.tsx';
export { SelectField, type SelectFieldProps } from './select-field.tsx';
export { SeenLine, type SeenLineProps } from './seen-line.tsx';
export { isSendKey } from './send-key.ts';
export { DateSeparator, NewDivider, SystemLine } from './separators.tsx';
export { SessionRow, type DeviceKind, type SessionRowProps } from './session-row.tsx';
export { Setting, type SettingProps } from './setting.tsx';
export { SideBar, RowList, RowHeading, SideNote, type SideBarProps } from './side-bar.tsx';
export { SideTabs, TabBar } from './side-tabs.tsx';
export { RowSkeleton, MessageSkeleton, RoomSkeleton } from './skeleton.tsx';
export { StrengthMeter, type StrengthMeterProps } from './strength-meter.tsx';
export { SwitchRow, type SwitchRowProps } from './switch-row.tsx';
export { TextAreaField, type TextAreaFieldProps } from './text-area-field.tsx';
export { TextField, type FieldStatus, type TextFieldProps } from './text-field.tsx';
export { TextLink, TextButton, type TextLinkProps } from './text-link.tsx';
export { Toasts, type ToastItem, type ToastsProps } from './toasts.tsx';
export { Tooltip, type TooltipProps } from './tooltip.tsx';
export { UiProvider, type LinkProps, type UiProviderProps } from './ui-provider.tsx';
export { useDetailsPane, type DetailsPane } from './use-details-pane.ts';
export { Spinner } from './spinner.tsx';
export { VersionList, type MessageVersion } from './version-list.tsx';
export { uiText } from './text.ts';
