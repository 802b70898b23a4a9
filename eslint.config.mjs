import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

const FOLDERS = ["gateway", "changes", "clients", "health", "doctor", "panel", "editor"];

/**
 * The arrows of the architecture: a folder may import from the folders named here, and from itself. ESLint does
 * not look at `import()`; test/unit/imports.test.ts does, by this same table.
 */
export const MAY_IMPORT = {
  gateway: [],
  changes: ["gateway"],
  health: ["gateway"],
  clients: ["changes", "gateway"],
  doctor: ["clients", "health", "changes", "gateway"],
  panel: ["doctor", "health", "clients", "gateway"],
};

const VSCODE = {
  name: "vscode",
  message: "This folder runs without VS Code: take what you need as a parameter.",
};

const importRules = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  files: [`src/${folder}/**`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        paths: [VSCODE],
        patterns: FOLDERS.filter((other) => other !== folder && !allowed.includes(other)).map((other) => ({
          regex: `^(\\.\\./)+${other}(/|$)`,
          message: `src/${folder} may import only: ${[folder, ...allowed].join(", ")} (CONTRIBUTING.md, "Architecture").`,
        })),
      },
    ],
  },
}));

/** `vscode` makes links that run commands of what these show; plainWindow.ts shows the same as plain text. */
const SHOWING =
  "/^(show(Information|Warning|Error)Message|withProgress|(show|create)QuickPick|(show|create)InputBox|setStatusBarMessage)$/";
const WINDOW = "MemberExpression[object.name='vscode'][property.name='window']";
const plainTextRules = [
  `MemberExpression[object.property.name='window'][property.name=${SHOWING}]`,
  // Ways around: another name for the object, or a name that is made at run time.
  "ImportDeclaration[source.value='vscode'] > ImportSpecifier[imported.name='window']",
  "VariableDeclarator[init.name='vscode']",
  `:not(MemberExpression) > ${WINDOW}`,
  `MemberExpression[computed=true] > ${WINDOW}`,
].map((selector) => ({ selector, message: "Show texts through src/editor/messages/plainWindow.ts." }));

export default tseslint.config(
  { ignores: ["dist", "out", ".artifacts", "**/node_modules"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  ...importRules,
  {
    files: ["src/**"],
    ignores: ["src/editor/messages/plainWindow.ts"],
    rules: { "no-restricted-syntax": ["error", ...plainTextRules] },
  },
  {
    // Test programs print their results; assertions on values we just made need no ceremony.
    files: ["test/**", "bench/**"],
    rules: { "no-console": "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["**/*.mjs", "**/*.cjs"],
    languageOptions: {
      globals: { require: "readonly", process: "readonly", console: "readonly", URL: "readonly" },
    },
  },
  prettier,
);
