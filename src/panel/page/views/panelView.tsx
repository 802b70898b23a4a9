import type { VNode } from "preact";
import type { PanelModel } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { ClientView } from "./clientView";
import { EndpointView } from "./endpointView";
import { MistakeView } from "./mistakeView";
import { ActionButton, Mark, Section } from "./parts";
import { ProblemView } from "./problemView";

interface Props {
  readonly model: PanelModel;
  readonly strings: PanelStrings;
}

/** The whole panel: what is wrong first, then what was measured and looked at. */
export function PanelView({ model, strings }: Props): VNode {
  const { mistakes, endpoints, clients, keyStored } = model;
  return (
    <>
      <h1 tabIndex={-1}>{strings.title}</h1>
      <Summary model={model} strings={strings} />
      <Problems model={model} strings={strings} />
      <Section id="endpoints" heading={strings.endpointsHeading}>
        {endpoints.map((endpoint) => (
          <EndpointView key={endpoint.host} endpoint={endpoint} strings={strings} />
        ))}
        <p class="buttons">
          <ActionButton action="selectEndpoint" label={strings.selectEndpoint} />
        </p>
      </Section>
      <Section id="clients" heading={strings.clientsHeading}>
        {clients.map((client) => (
          <ClientView key={client.id} client={client} strings={strings} />
        ))}
      </Section>
      <Section id="key" heading={strings.keyHeading}>
        <p>{keyStored ? strings.keyStored : strings.keyMissing}</p>
        <p class="buttons">
          <ActionButton action="setApiKey" label={keyStored ? strings.replaceApiKey : strings.setApiKey} />
          <ActionButton action="openConsole" label={strings.console} />
        </p>
      </Section>
      <Section id="mistakes" heading={strings.mistakesHeading}>
        {/* Without list marks some screen readers do not take it for a list. */}
        <ul class="mistakes" role="list">
          {mistakes.map((mistake) => (
            <MistakeView key={mistake.id} mistake={mistake} strings={strings} />
          ))}
        </ul>
      </Section>
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
function Summary({ model: { summary, checking, keyStored }, strings }: Props): VNode {
  return (
    <div class="summary">
      <p role="status">
        <Mark status={summary.status} />
        <span>{checking ? strings.checking : summary.text}</span>
      </p>
      <p class="buttons">
        {!keyStored && <ActionButton action="setUp" label={strings.setUp} kind="primary" />}
        <ActionButton
          action="checkHealth"
          label={strings.checkAgain}
          kind={keyStored ? "primary" : "secondary"}
        />
      </p>
    </div>
  );
}

/** What was looked at stands where nothing is wrong: then it is what there is to say. */
function Problems({ model: { problems, checked }, strings }: Props): VNode {
  const isAllGood = problems.every(({ severity }) => severity === "information");
  return (
    <Section id="problems" heading={strings.problemsHeading}>
      {isAllGood && <p>{strings.nothingWrong}</p>}
      {isAllGood && (
        <ul class="checked">
          {checked.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      {problems.map((problem) => (
        <ProblemView key={problem.id} problem={problem} strings={strings} />
      ))}
    </Section>
  );
}

function Help({ strings }: Pick<Props, "strings">): VNode {
  return (
    <nav aria-labelledby="help">
      <h2 id="help">{strings.helpHeading}</h2>
      <ul>
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
