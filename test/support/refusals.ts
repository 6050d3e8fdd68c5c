/** What the synthesis refuses, a line each; none where it refuses nothing. */
export function refusals(synthesize: () => unknown): string[] {
  try {
    synthesize();
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}
