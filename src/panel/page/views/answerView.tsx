import type { VNode } from "preact";
import type { PanelAnswer } from "../../panelModel";

/** What the gateway itself says, in its own words, between ours. */
export function AnswerView({ before, words, language, after }: PanelAnswer): VNode {
  return (
    <p>
      {before}
      <span lang={language}>{words}</span>
      {after}
    </p>
  );
}
