import { Address } from '../../components/Address.tsx';
import { MemberLinks } from '../../components/MemberLinks.tsx';

interface SideAddressesProps {
  /** Set for the host on show, whose functions the inspector explains. */
  readonly hostId?: string;
  readonly members: readonly string[];
}

/** Addresses of one side of a comparison. */
export function SideAddresses({ hostId, members }: SideAddressesProps) {
  if (hostId !== undefined) return <MemberLinks hostId={hostId} members={members} />;
  return (
    <p className="member-links">
      {members.map((member) => (
        <Address key={member} value={member} />
      ))}
    </p>
  );
}
