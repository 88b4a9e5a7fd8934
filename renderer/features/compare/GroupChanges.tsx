import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ComparedGroups } from '../../../shared/compare-report.ts';
import { counted } from '../../components/counted.ts';
import type { ComparedSides } from './DeviceChanges.tsx';
import { SideAddresses } from './SideAddresses.tsx';
import { GROUP_CHANGE_WORDS } from '../../../shared/group-change-words.ts';

const STEP = 30;

/** Groups that split, merged or changed, each with the reasons that evidence confirms. */
export function GroupChanges({ hostId, report, isAfter }: ComparedSides) {
  const [limit, setLimit] = useState(STEP);
  const { groups, groupsAre } = report;
  if (groups.length === 0) return null;
  const rest = groups.length - limit;
  return (
    <section>
      <h2 className="section-title">
        Groups
        <span className="section-title__note">
          {groupsAre === 'predicted'
            ? 'predicted ones: not both sources show those of the kernel'
            : 'those of the kernel'}
        </span>
      </h2>
      <ul className="group-changes">
        {groups.slice(0, limit).map((change) => (
          <li key={keyOf(change)} className="group-change">
            <h3>{GROUP_CHANGE_WORDS[change.kind]}</h3>
            <div className="group-change__sides">
              <Groups word="Before" groups={change.before} {...(!isAfter && { hostId })} />
              <Groups word="After" groups={change.after} {...(isAfter && { hostId })} />
            </div>
            <Reasons reasons={change.reasons} />
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <Button variant="subtle" onClick={() => setLimit(limit + STEP)}>
          Show more ({counted(rest, 'change')} left)
        </Button>
      ) : null}
    </section>
  );
}

function keyOf({ kind, before, after }: ComparedGroups): string {
  return [kind, ...before.map(({ id }) => id), '>', ...after.map(({ id }) => id)].join(' ');
}

interface GroupsProps {
  readonly word: string;
  readonly groups: ComparedGroups['before'];
  readonly hostId?: string;
}

function Groups({ word, groups, hostId }: GroupsProps) {
  return (
    <div>
      <h4>{word}</h4>
      {groups.length === 0 ? <p className="dim">not there</p> : null}
      <ul>
        {groups.map(({ id, members }) => (
          <li key={id} className="group-change__group">
            <span className="tag">group {id}</span>
            <SideAddresses members={members} {...(hostId !== undefined && { hostId })} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Reasons({ reasons }: { reasons: ComparedGroups['reasons'] }) {
  return (
    <ul className="group-change__reasons">
      {reasons.map(({ code, text, evidence }) => (
        <li key={`${code} ${evidence}`}>
          <p>
            <span className="tag">{code}</span> {text}
          </p>
          <p className="evidence">{evidence}</p>
        </li>
      ))}
    </ul>
  );
}
