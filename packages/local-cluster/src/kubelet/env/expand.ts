/** Replaces `$(NAME)` by the variable's value; `$$(NAME)` stays `$(NAME)`, an unknown name stays as it is. */
export function expand(
  text: string,
  variables: Record<string, string>,
): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (whole, name?: string) => {
    if (name === undefined) return '$';
    return variables[name] ?? whole;
  });
}
