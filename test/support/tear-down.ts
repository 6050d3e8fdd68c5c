import { rmSync } from 'node:fs';
import { TEMPORARY_FILES } from './set-up';

/** Removes the folder that set-up.ts made. */
export default function tearDown(): void {
  rmSync(process.env[TEMPORARY_FILES]!, { recursive: true, force: true });
}
