import type { VNode } from "preact";
import type { PanelMistake, PanelStatus } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { wasOpen } from "../readerState";
import { Mark } from "./parts";

const STATUSES: Readonly<Record<PanelMistake["status"], PanelStatus>> = {
  ok: "ok",
  found: "error",
  unchecked: "unknown",
};

interface Props {
  readonly mistake: PanelMistake;
  readonly strings: PanelStrings;
}

/** One of the common mistakes and whether it was made here; open where it was left open. */
export function MistakeView({ mistake, strings }: Props): VNode {
  const { id, title, explanation, status } = mistake;
  return (
    <li>
      <details data-key={id} open={wasOpen(id) ?? false}>
        <summary>
          <Mark status={STATUSES[status]} />
          <span class="name">{title}</span>
          <span class="result">{strings.mistakeStatuses[status]}</span>
        </summary>
        <p class="explanation">{explanation}</p>
      </details>
    </li>
  );
}
