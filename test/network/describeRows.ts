import { isPossible } from "./namespace";
import type { Group, Row } from "./row";
import { SECTIONS } from "./rows/all";

/** A test for each row; those that this machine cannot give what they need are named, and not counted. */
export function describeRows(test: (group: Group, row: Row, index: number) => void | Promise<void>): void {
  for (const [section, groups] of Object.entries(SECTIONS)) {
    describe(section, () => {
      for (const group of groups) {
        for (const [index, row] of group.rows.entries()) {
          if (isPossible(group)) it(row.box, () => test(group, row, index));
          else console.log(`Not tried, because only root on Debian may make namespaces: ${row.box}`);
        }
      }
    });
  }
}
