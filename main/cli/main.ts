import { runCommandLine } from './command-line.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader went away, as in `airlock groups | head`: nobody is left to tell.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2));
