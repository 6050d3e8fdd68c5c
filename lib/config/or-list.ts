/** `a, b or c`: the choices of a message. */
export function orList(choices: readonly string[]): string {
  return choices.join(', ').replace(/, (?=[^,]*$)/u, ' or ');
}
