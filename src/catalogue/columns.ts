/** The parameters of a list of columns: `id, day` gives `:id, :day`. */
export function named(columns: string): string {
  return columns.replaceAll(/\w+/g, ':$&');
}
