/** For a script that takes no arguments: shows its help where it is asked for, and ends the process on any other. */
export function takeNoArguments(script: string, help: string): void {
  const [argument] = process.argv.slice(2);
  if (argument === undefined) return;
  if (argument === '--help' || argument === '-h') {
    console.log(help);
    process.exit(0);
  }
  console.error(`unknown argument "${argument}": npm run ${script} takes none but --help`);
  process.exit(2);
}
