// Another extension in the same window: what it may ask ours and VS Code, it asks for the test.
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");
const path = require("node:path");
const { json } = require("node:stream/consumers");
const vscode = require("vscode");

const SEVERITIES = ["error", "warning", "information", "hint"];

const ANSWERS = {
  run: (command, argument) => vscode.commands.executeCommand(command, argument),
  open: (file) =>
    vscode.workspace.openTextDocument(vscode.Uri.file(file)).then(
      () => true,
      () => false,
    ),
  marks: (file) =>
    vscode.languages
      .getDiagnostics(vscode.Uri.file(file))
      .filter(({ source }) => source === "TokenPool")
      .map(({ code, severity, message }) => ({ code: code.value, severity: SEVERITIES[severity], message })),
  openBeside: (...folders) => {
    const added = folders.map((folder) => ({ uri: vscode.Uri.file(folder) }));
    return vscode.workspace.updateWorkspaceFolders(1, vscode.workspace.workspaceFolders.length - 1, ...added);
  },
};

exports.activate = ({ subscriptions }) => {
  const socket = path.join(os.tmpdir(), "other-extension.sock");
  fs.rmSync(socket, { force: true });
  const server = http.createServer(async (request, response) => {
    try {
      const [question, ...args] = await json(request);
      response.end(JSON.stringify({ answer: await ANSWERS[question](...args) }));
    } catch (error) {
      response.end(JSON.stringify({ error: String(error) }));
    }
  });
  server.listen(socket);
  subscriptions.push({ dispose: () => server.close() });
};
