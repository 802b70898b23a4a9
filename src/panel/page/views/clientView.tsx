import type { VNode } from "preact";
import type { PanelClient } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { ActionButton, FileLink, Mark } from "./parts";

interface Props {
  readonly client: PanelClient;
  readonly strings: PanelStrings;
}

/** A client: whom it uses, where it looks, what outranks that. */
export function ClientView({ client, strings }: Props): VNode {
  const { name, status, use, version, files, chain, action } = client;
  return (
    <article>
      <h3>
        <Mark status={status} word={strings.statuses[status]} />
        {name}
        <span class="result">{` ${version}`}</span>
      </h3>
      <p>{use}</p>
      <h4>{strings.files}</h4>
      <ul>
        {files.map((file) => (
          <li key={file.label}>
            <FileLink file={file} missing={strings.missingFile} />
          </li>
        ))}
      </ul>
      {chain.length > 0 && <h4>{strings.chain}</h4>}
      {chain.length > 0 && (
        // Without list marks some screen readers do not take it for a list.
        <ol class="chain" role="list">
          {chain.map((link) => (
            <li key={link}>{link}</li>
          ))}
        </ol>
      )}
      {action && (
        <p class="buttons">
          <ActionButton {...action} />
        </p>
      )}
    </article>
  );
}
