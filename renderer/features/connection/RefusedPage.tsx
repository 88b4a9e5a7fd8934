import { CommandLine } from '../../components/CommandLine.tsx';
import { Logo } from '../../components/Logo.tsx';

/** The whole window when the backend does not accept this page's token. */
export function RefusedPage() {
  return (
    <main className="refused-page">
      <Logo size={40} />
      <h1>This address does not open Airlock</h1>
      <p>
        Airlock answers only to the address that it printed when it started, because that address
        carries a secret token. This page has no token, or one of an earlier start.
      </p>
      <p>
        Go to the terminal where <code>airlock serve</code> runs and open the address that it
        printed. It looks like this:
      </p>
      <p className="refused-page__example">
        <code>http://127.0.0.1:4747/#token=…</code>
      </p>
      <p>If it no longer runs, start it again:</p>
      <CommandLine command="airlock serve" />
    </main>
  );
}
