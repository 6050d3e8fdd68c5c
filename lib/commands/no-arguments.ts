/**
 * For a command that takes no arguments: shows its help where it is asked for, and ends the process on any other.
 *
 * @param command as it is called: `npm run <command>`.
 * @param hint what else to say to whoever gives it arguments.
 */
export function takeNoArguments(command: string, help: string, hint = ''): void {
  const args = process.argv.slice(2);
  if (args.length === 0) {
    return;
  }
  if (args.length === 1 && (args[0] === '--help' || args[0] === '-h')) {
    console.log(help);
    process.exit(0);
  }
  console.error(`unexpected argument "${args.join(' ')}": npm run ${command} takes none but --help${hint}`);
  process.exit(2);
}
