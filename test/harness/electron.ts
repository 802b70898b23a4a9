// `npm run test:electron`: the in-editor suite in a downloaded desktop VS Code.
import * as path from "node:path";
import { runTests } from "@vscode/test-electron";
import { startGateway } from "../gateway/gateway";
import { ROOT } from "./paths";
import { runOrThrow } from "./run";

await runOrThrow(process.execPath, ["esbuild.mjs", "--tests"], { cwd: ROOT });
const gateway = await startGateway();
try {
  await runTests({
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: path.join(ROOT, "out/test/editor/index.cjs"),
    // Nobody is there who could type a key into this window.
    extensionTestsEnv: { TOKENPOOL_TEST_SUBSET: "smoke", TOKENPOOL_TEST_GATEWAY: gateway.url },
  });
} finally {
  await gateway.close();
}
