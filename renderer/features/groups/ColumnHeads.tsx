import { Term } from '../../components/Term.tsx';

/** Names of the columns; the words of the field are explained here. */
export function ColumnHeads() {
  return (
    <div role="row" aria-rowindex={1} className="member-grid column-heads">
      <span role="columnheader">Address</span>
      <span role="columnheader">Name</span>
      <span role="columnheader" className="col-class">
        Class
      </span>
      <span role="columnheader">Driver</span>
      <span role="columnheader" className="col-role">
        Role
      </span>
      <span role="columnheader" className="col-reset">
        <Term id="flr">Reset</Term>
      </span>
      <span role="columnheader" className="col-numa">
        <Term id="numa">NUMA</Term>
      </span>
      <span role="columnheader" className="col-slot">
        Slot
      </span>
    </div>
  );
}
