import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Folders that must run without VS Code: unit tests load them in plain Node. */
const core = ["gateway", "clients", "changes", "health", "doctor"].map((folder) => `src/${folder}/**`);

/** The arrows of the architecture: a folder may import from the folders named here, and from itself. */
const mayImport = {
  gateway: [],
  changes: ["gateway"],
  health: ["gateway"],
  clients: ["changes", "gateway"],
  doctor: ["clients", "health", "changes", "gateway"],
  webview: ["doctor", "health", "clients", "gateway"],
};

const zones = Object.entries(mayImport).map(([folder, allowed]) => ({
  target: `./src/${folder}`,
  from: "./src",
  except: [folder, ...allowed].map((name) => `./${name}`),
  message: `src/${folder} may import only: ${[folder, ...allowed].join(", ")} (CONTRIBUTING.md, "Architecture").`,
}));

export default tseslint.config(
  { ignores: ["dist", "out", ".artifacts", "**/node_modules"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { "import-x": importX },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "import-x/no-restricted-paths": ["error", { zones }],
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    files: core,
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "vscode",
              message: "This folder runs without VS Code: take what you need as a parameter.",
            },
          ],
        },
      ],
    },
  },
  {
    // Test programs print their results; assertions on values we just made need no ceremony.
    files: ["test/**", "bench/**"],
    rules: { "no-console": "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
  prettier,
);
