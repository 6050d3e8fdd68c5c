/** Takes the cursor of a terminal to the start of its line, and clears the line. */
export const clearLine = '\r\u001B[K';
