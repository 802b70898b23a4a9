import * as vscode from "vscode";
import type { FindingRange, Severity } from "../doctor/finding";
import type { Problem } from "../doctor/problem";
import { Command, DIAGNOSTIC_SOURCE } from "../ids";
import type { FileDiagnostics } from "./fileDiagnostics";

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

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

/** The code leads to the panel, where the whole entry stands. */
export function toDiagnostic({ code, range, severity }: Problem, message: string): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(range), message, SEVERITIES[severity]);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = { value: code, target: vscode.Uri.parse(`command:${Command.troubleshoot}`) };
  return diagnostic;
}

/** Without a place it is about the file as a whole, which VS Code shows on its first line. */
export function rangeOf(range: FindingRange | undefined): vscode.Range {
  if (!range) return new vscode.Range(0, 0, 0, Number.MAX_SAFE_INTEGER);
  return new vscode.Range(range.line, range.column, range.endLine, range.endColumn);
}
