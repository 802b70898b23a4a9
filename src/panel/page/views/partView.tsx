import type { ComponentChildren, VNode } from "preact";
import type { PanelModel, PanelPart } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { wasOpen } from "../readerState";
import { ClientFacts } from "./clientFacts";
import { EndpointView } from "./endpointView";
import { ActionButton, isVerdict, Mark } from "./parts";
import { ProblemView } from "./problemView";

interface Props {
  readonly part: PanelPart;
  readonly model: PanelModel;
  readonly strings: PanelStrings;
}

/** Key, endpoint or a client: how it is, its problems a line each, and behind a click what is known of it. */
export function PartView({ part, model, strings }: Props): VNode {
  const { id, name, status, text, problems } = part;
  return (
    <section class="part" aria-labelledby={`part-${id}`}>
      <div class="head">
        <h2 id={`part-${id}`} tabIndex={-1}>
          <Mark status={status} {...(isVerdict(status) && { word: strings.statuses[status] })} />
          {name}
        </h2>
        <p>{text}</p>
        <PartButton part={part} model={model} strings={strings} />
      </div>
      {problems.length > 0 && (
        // Without list marks some screen readers do not take it for a list.
        <ul class="problems" role="list">
          {problems.map((problem) => (
            <ProblemView key={problem.id} problem={problem} strings={strings} />
          ))}
        </ul>
      )}
      <PartFacts part={part} model={model} strings={strings} />
    </section>
  );
}

/** What a person changes about it. */
function PartButton({ part: { id }, model: { keyStored, clients }, strings }: Props): VNode | null {
  if (id === "key") {
    const label = keyStored ? strings.replaceApiKey : strings.setApiKey;
    return <ActionButton action="setApiKey" label={label} />;
  }
  if (id === "endpoint") return <ActionButton action="selectEndpoint" label={strings.selectEndpoint} />;
  const { action } = clients.find((client) => client.id === id) ?? {};
  return action ? <ActionButton {...action} /> : null;
}

function PartFacts({ part: { id, name }, model: { endpoints, clients }, strings }: Props): VNode | null {
  if (id === "endpoint" && endpoints.length > 0) {
    return (
      <Details id={id} name={name} strings={strings}>
        {endpoints.map((endpoint) => (
          <EndpointView key={endpoint.host} endpoint={endpoint} strings={strings} />
        ))}
      </Details>
    );
  }
  const client = clients.find((each) => each.id === id);
  return client ? (
    <Details id={id} name={name} strings={strings}>
      <ClientFacts client={client} strings={strings} />
    </Details>
  ) : null;
}

interface DetailsProps {
  readonly id: string;
  readonly name: string;
  readonly strings: PanelStrings;
  readonly children: ComponentChildren;
}

function Details({ id, name, strings, children }: DetailsProps): VNode {
  const key = `details ${id}`;
  return (
    <details class="facts" data-key={key} open={wasOpen(key) ?? false}>
      <summary aria-label={`${strings.details}: ${name}`}>{strings.details}</summary>
      {children}
    </details>
  );
}
