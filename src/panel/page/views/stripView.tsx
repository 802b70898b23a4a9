import type { VNode } from "preact";
import type { PanelPart } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { jumpToPart } from "../jump";
import { isVerdict, Mark } from "./parts";

interface Props {
  readonly parts: readonly PanelPart[];
  readonly strings: PanelStrings;
}

/** Everything that has to work in one line, each a way to its part of the page. */
export function StripView({ parts, strings }: Props): VNode {
  return (
    <nav aria-label={strings.stripHeading}>
      {/* Without list marks some screen readers do not take it for a list. */}
      <ul class="strip" role="list">
        {parts.map(({ id, name, status, text, problems }) => (
          <li key={id}>
            <button type="button" class="strip" onClick={() => jumpToPart(`part-${id}`)}>
              <Mark status={status} />
              {name}
              <span class="visually-hidden">{stateOf({ status, text, problems }, strings)}</span>
              {problems.length > 0 && (
                <span class="count" aria-hidden="true">
                  {problems.length}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What a screen reader says behind the name, such as "Error. Problems: 4"; of what is neither good nor bad, what it is. */
function stateOf(
  { status, text, problems }: Pick<PanelPart, "status" | "text" | "problems">,
  strings: PanelStrings,
): string {
  const state = isVerdict(status) ? strings.statuses[status] : text;
  if (problems.length === 0) return state;
  const told = isVerdict(status) ? strings.sentence.replace("{0}", state) : state;
  return `${told} ${strings.problems.replace("{0}", String(problems.length))}`;
}
