/** Leads the reader to a part of the page, by keyboard and screen reader too. */
export function jumpToPart(id: string): void {
  document.getElementById(id)?.focus();
}

/** Opens a problem and leads there. */
export function jumpToProblem(id: string): void {
  const problem = document.querySelector<HTMLDetailsElement>(`details[data-key="${CSS.escape(id)}"]`);
  if (!problem) return;
  problem.open = true;
  problem.querySelector("summary")?.focus();
}
