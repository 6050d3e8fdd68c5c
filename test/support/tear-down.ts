import { rmSync } from 'node:fs';
import { temporaryFiles } from './set-up';

/** Removes the folder that set-up.ts made. */
export default function tearDown(): void {
  rmSync(process.env[temporaryFiles]!, { recursive: true, force: true });
}
