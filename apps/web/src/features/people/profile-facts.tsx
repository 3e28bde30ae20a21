'use client';
import type { Profile } from '@confab/contract';
import { DetailsFacts, LinkRow, RowList, Section } from '@confab/ui';
import { dayOf } from '../../lib/dates.ts';
import { conversationHref } from '../../lib/navigation.ts';
import { useToday } from '../../lib/use-today.ts';
import { peopleText } from './people-text.ts';

export interface ProfileFactsProps {
  profile: Profile;
  /** What stands above: about one's conversation with them. */
  facts?: readonly { label: string; value: string }[];
}

/** Since when somebody is here, and where one meets them. */
export function ProfileFacts({ profile, facts = [] }: ProfileFactsProps) {
  const today = useToday();
  return (
    <>
      <DetailsFacts
        facts={[...facts, { label: peopleText.facts.memberSince, value: dayOf(profile.createdAt, today) }]}
      />
      <Section title={peopleText.shared}>
        {profile.shared.length === 0 ? (
          <p className="text-sm text-ink-3">{peopleText.noneShared}</p>
        ) : (
          <RowList label={peopleText.shared}>
            {profile.shared.map(({ id, kind, name }) => (
              <LinkRow key={id} avatar={{ id, kind, name }} href={conversationHref(id)} />
            ))}
          </RowList>
        )}
      </Section>
    </>
  );
}
