import type { VNode } from "preact";
import type { PanelMistake, PanelStatus } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { jumpToProblem } from "../jump";
import { Button, Mark, Section } from "./parts";

const STATUSES: Readonly<Record<PanelMistake["status"], PanelStatus>> = {
  ok: "ok",
  found: "error",
  unchecked: "unknown",
};

interface Props {
  readonly mistakes: readonly PanelMistake[];
  readonly strings: PanelStrings;
}

/** The common mistakes, whether each was made here, and the way to the problem where it was. */
export function MistakesView({ mistakes, strings }: Props): VNode {
  return (
    <Section id="mistakes" heading={strings.mistakesHeading}>
      <ul class="mistakes" role="list">
        {mistakes.map(({ id, title, status, problems: [problem] }) => (
          <li key={id}>
            <Mark status={STATUSES[status]} />
            <span class="name">{title}</span>
            {problem === undefined ? (
              <span class={status === "ok" ? "visually-hidden" : "result"}>
                {` ${strings.mistakeStatuses[status]}`}
              </span>
            ) : (
              <Button
                label={strings.mistakeStatuses.found}
                name={`${strings.mistakeStatuses.found}: ${title}`}
                kind="link"
                onClick={() => jumpToProblem(problem)}
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
