'use client';
import { createContext, useContext, type ComponentType, type ReactNode } from 'react';

/** What every link of this package is drawn with; `next/link` fits. */
export interface LinkProps {
  href: string;
  className?: string;
  children?: ReactNode;
  'aria-current'?: 'page';
  'aria-label'?: string;
}

function PlainLink(props: LinkProps) {
  return <a {...props} />;
}

const LinkContext = createContext<ComponentType<LinkProps>>(PlainLink);

export interface UiProviderProps {
  /** The router's link component, so that rows and tabs do not reload the page. Default: a plain `<a>`. */
  link?: ComponentType<LinkProps> | undefined;
  children: ReactNode;
}

/** Stands once around the app: gives the link component. */
export function UiProvider({ link = PlainLink, children }: UiProviderProps) {
  return <LinkContext value={link}>{children}</LinkContext>;
}

/** The link component given to the provider. */
export function useLink(): ComponentType<LinkProps> {
  return useContext(LinkContext);
}
