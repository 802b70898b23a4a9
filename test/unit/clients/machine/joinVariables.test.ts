import assert from "node:assert/strict";
import { joinVariables } from "../../../../src/clients/machine/joinVariables";
import { programData } from "../../../../src/clients/machine/programData";

const LAYERS = [{ https_proxy: "http://a", PATH: "/bin" }, { HTTPS_PROXY: "http://b" }] as const;

describe("variables, and others laid over them", () => {
  it("are told apart by their capitals", () => {
    assert.deepEqual(joinVariables("linux", ...LAYERS), { ...LAYERS[0], ...LAYERS[1] });
  });

  it("are one on Windows whatever their capitals, the last in force, and found by any spelling", () => {
    const joined = joinVariables("win32", ...LAYERS);
    assert.deepEqual(Object.entries(joined), [
      ["HTTPS_PROXY", "http://b"],
      ["PATH", "/bin"],
    ]);
    assert.deepEqual([joined.https_proxy, joined.Path, joined.none], ["http://b", "/bin", undefined]);
    assert.equal(Object.prototype.toString.call(joined), "[object Object]", "asked for a symbol");
  });

  it("name the folder for everybody on a Windows machine, which is never a relative one", () => {
    const folderOf = (ProgramData?: string) =>
      programData({ variables: ProgramData === undefined ? {} : { ProgramData } });
    assert.equal(folderOf("D:\\Data"), "D:\\Data");
    for (const none of [undefined, "", "Data"]) assert.equal(folderOf(none), "C:\\ProgramData");
  });
});
