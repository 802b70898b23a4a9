// Plug-in of Stryker that lets pass only the mutants that were drawn: it knows no other way to choose single
// ones. Its Node reads this file as it is, so it must import nothing of ours.
import { readFileSync } from "node:fs";

/** As Stryker gives it to plug-ins: its place is counted from 0. */
export interface DrawnMutant {
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
  readonly mutatorName: string;
  readonly replacement?: string;
}

interface CheckedMutant extends DrawnMutant {
  readonly id: string;
  readonly fileName: string;
}

/** What one mutant is known by. @param file its path from the root, or any that ends like this */
export function sampleKey(file: string, { location, mutatorName, replacement = "" }: DrawnMutant): string {
  const { line, column } = location.start;
  return [file.slice(file.lastIndexOf("src/")), line, column, mutatorName, replacement].join("|");
}

function onlySample(options: { readonly drawnMutants: string }) {
  const drawn = new Set(JSON.parse(readFileSync(options.drawnMutants, "utf8")) as string[]);
  const judge = (mutant: CheckedMutant) =>
    drawn.has(sampleKey(mutant.fileName, mutant))
      ? { status: "passed" }
      : { status: "compileError", reason: "not drawn" };
  return {
    init: () => Promise.resolve(),
    group: (mutants: readonly CheckedMutant[]) => Promise.resolve([mutants.map(({ id }) => id)]),
    check: (mutants: readonly CheckedMutant[]) =>
      Promise.resolve(Object.fromEntries(mutants.map((mutant) => [mutant.id, judge(mutant)]))),
  };
}
onlySample.inject = ["options"];

export const strykerPlugins = [{ kind: "Checker", name: "only-sample", factory: onlySample }];
