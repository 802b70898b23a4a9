import * as vscode from "vscode";
import { DIAGNOSTIC_SOURCE } from "../ids";
import { toDiagnostic } from "./diagnostic";
import type { FileDiagnostics } from "./fileDiagnostics";

/** Shows the problems of open files as squiggles and in the Problems view. */
export class ProblemMarks implements vscode.Disposable {
  private readonly marks = vscode.languages.createDiagnosticCollection(DIAGNOSTIC_SOURCE);
  private readonly registration: vscode.Disposable;

  constructor(private readonly diagnostics: FileDiagnostics) {
    this.registration = diagnostics.onDidChange(() => void this.update());
  }

  dispose(): void {
    this.registration.dispose();
    this.marks.dispose();
  }

  private async update(): Promise<void> {
    const { diagnostics } = this;
    if (diagnostics.files.length === 0) {
      this.marks.clear();
      return;
    }
    const { KNOWLEDGE } = await import("../doctor/knowledge/knowledge");
    const documents = vscode.workspace.textDocuments.filter(({ uri }) =>
      diagnostics.files.includes(uri.fsPath),
    );
    this.marks.clear();
    for (const document of documents) {
      const problems = diagnostics.problemsOf(document);
      this.marks.set(
        document.uri,
        problems.map((problem) => toDiagnostic(problem, problem.message ?? KNOWLEDGE[problem.code].cause())),
      );
    }
  }
}
