/** A fenced block of code in a page. */
export interface CodeBlock {
  /** What stands after the fence, for example `sh`; empty for none. */
  readonly language: string;
  /** The code, without the last line break. */
  readonly text: string;
}

/** The fenced blocks of code of a Markdown page, in order. */
export function codeBlocks(page: string): CodeBlock[] {
  return [...page.matchAll(/^```(?<language>\w*)\n(?<text>[\s\S]*?)\n```$/gm)].map(({ groups }) => ({
    language: groups!.language!,
    text: groups!.text!,
  }));
}
