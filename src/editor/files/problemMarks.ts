import * as vscode from "vscode";
import { DIAGNOSTIC_SOURCE } from "../../ids";
import { toDiagnostic } from "./diagnostic";
import type { FileDiagnostics } from "./fileDiagnostics";

/** Shows the problems of open files, and thefts in files of open folders, as squiggles and in the Problems view. */
export class ProblemMarks implements vscode.Disposable {
  private readonly marks = vscode.languages.createDiagnosticCollection(DIAGNOSTIC_SOURCE);
  private readonly registration: vscode.Disposable;

  constructor(private readonly diagnostics: FileDiagnostics) {
    this.registration = diagnostics.onDidChange(() => this.update());
  }

  dispose(): void {
    this.registration.dispose();
    this.marks.dispose();
  }

  private update(): void {
    const { diagnostics } = this;
    if (diagnostics.files.length === 0) {
      this.marks.clear();
      return;
    }
    this.marks.clear();
    for (const uri of diagnostics.files.map((file) => vscode.Uri.file(file))) {
      const problems = diagnostics.problemsOf({ uri });
      this.marks.set(uri, problems.map(toDiagnostic));
    }
  }
}
