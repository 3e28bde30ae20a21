'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

interface Page {
  readonly nextCursor: string | null;
}

export interface PagesOptions<P extends Page> {
  readonly queryKey: readonly [string, ...string[]];
  readonly enabled?: boolean;
  readonly fetchPage: (input: { cursor?: string }) => Promise<P>;
}

export interface Pages<P extends Page> {
  readonly pages: readonly P[];
  /** Of the first page. */
  readonly status: 'loading' | 'failed' | 'ready';
  /** They answer what is asked now, and not still what was asked before. */
  readonly isCurrent: boolean;
  /** Whether the last page is here. */
  readonly isWhole: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

const none: readonly never[] = [];

/**
 * A list that comes in pages. Not tRPC's own hook for it, which adds a `direction` to the input that strict schemas
 * refuse.
 */
export function usePages<P extends Page>({ queryKey, enabled = true, fetchPage }: PagesOptions<P>): Pages<P> {
  const query = useInfiniteQuery({
    queryKey,
    enabled,
    queryFn: ({ pageParam }) => fetchPage(pageParam === null ? {} : { cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  });
  const { data, isPending, isError, isSuccess, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    query;
  const isCurrent = isSuccess && !query.isPlaceholderData;
  return useMemo(
    () => ({
      pages: data?.pages ?? none,
      status: isPending ? 'loading' : isError && data === undefined ? 'failed' : 'ready',
      isCurrent,
      isWhole: isSuccess && !hasNextPage,
      loadMore: () => {
        if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
      },
      retry: () => void refetch(),
    }),
    [data, isPending, isError, isSuccess, isCurrent, hasNextPage, isFetchingNextPage, fetchNextPage, refetch],
  );
}
