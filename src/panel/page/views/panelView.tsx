import type { VNode } from "preact";
import type { PanelModel } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { MistakesView } from "./mistakesView";
import { PartView } from "./partView";
import { ActionButton, Mark, Section } from "./parts";
import { StripView } from "./stripView";

interface Props {
  readonly model: PanelModel;
  readonly strings: PanelStrings;
}

/** The whole panel: how it is at a glance, then part by part what is wrong and what was measured. */
export function PanelView({ model, strings }: Props): VNode {
  const { parts, mistakes } = model;
  return (
    <>
      <h1 tabIndex={-1}>{strings.title}</h1>
      <Summary model={model} strings={strings} />
      <StripView parts={parts} strings={strings} />
      {parts.map((part) => (
        <PartView key={part.id} part={part} model={model} strings={strings} />
      ))}
      <MistakesView mistakes={mistakes} strings={strings} />
      <Checked model={model} strings={strings} />
      <Help strings={strings} />
    </>
  );
}

/** Shown when the machine could not be looked at. */
export function FailedView({ strings }: Pick<Props, "strings">): VNode {
  return (
    <>
      <h1 tabIndex={-1}>{strings.title}</h1>
      <p role="alert">{strings.failed}</p>
      <p class="buttons">
        <ActionButton action="showLog" label={strings.log} />
      </p>
    </>
  );
}

/** Said by screen readers whenever it changes. */
function Summary({ model: { summary, checking, keyStored, parts }, strings }: Props): VNode {
  const canFix = parts.some(({ problems }) => problems.some(({ partOfAll }) => partOfAll));
  const first = keyStored ? (canFix ? "fixAll" : "checkHealth") : "setUp";
  return (
    <div class="summary">
      <p role="status">
        <Mark status={summary.status} />
        <span>{checking ? strings.checking : summary.text}</span>
      </p>
      <p class="buttons">
        {!keyStored && <ActionButton action="setUp" label={strings.setUp} kind="primary" />}
        {canFix && (
          <ActionButton
            action="fixAll"
            label={strings.fixAll}
            kind={first === "fixAll" ? "primary" : "secondary"}
          />
        )}
        <ActionButton
          action="checkHealth"
          label={strings.checkAgain}
          kind={first === "checkHealth" ? "primary" : "secondary"}
        />
      </p>
    </div>
  );
}

/** Where nothing is wrong, what was looked at is what there is to say. */
function Checked({ model: { summary, checked }, strings }: Props): VNode | null {
  if (summary.status !== "ok") return null;
  return (
    <Section id="checked" heading={strings.checkedHeading}>
      <p>{strings.nothingWrong}</p>
      <ul>
        {checked.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </Section>
  );
}

function Help({ strings }: Pick<Props, "strings">): VNode {
  return (
    <nav aria-labelledby="help">
      <h2 id="help">{strings.helpHeading}</h2>
      <ul role="list">
        <li>
          <ActionButton action="openDocumentation" label={strings.documentation} kind="link" />
        </li>
        <li>
          <ActionButton action="openConsole" label={strings.console} kind="link" />
        </li>
        <li>
          <ActionButton action="showLog" label={strings.log} kind="link" />
        </li>
      </ul>
    </nav>
  );
}
