import * as vscode from "vscode";
import type { FindingRange, Severity } from "../../doctor/finding";
import type { Problem } from "../../doctor/problem";
import { Command, DIAGNOSTIC_SOURCE } from "../../ids";

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** The code leads to the panel, where the whole entry stands. */
export function toDiagnostic({ code, range, severity, message }: Problem): vscode.Diagnostic {
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
