/** Takes the cursor of a terminal to the start of its line, and clears the line. */
export const CLEAR_LINE = '\r\u001B[K';
