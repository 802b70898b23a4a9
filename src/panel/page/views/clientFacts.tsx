import type { VNode } from "preact";
import type { PanelClient } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { FileLink } from "./parts";

interface Props {
  readonly client: PanelClient;
  readonly strings: PanelStrings;
}

/** Of a client: its version, where it looks, what outranks that. */
export function ClientFacts({ client: { version, files, chain }, strings }: Props): VNode {
  return (
    <dl>
      <dt>{strings.version}</dt>
      <dd>{version}</dd>
      <dt>{strings.files}</dt>
      {files.map((file) => (
        <dd key={file.label}>
          <FileLink file={file} missing={strings.missingFile} />
        </dd>
      ))}
      {chain.length > 0 && <dt>{strings.chain}</dt>}
      {chain.length > 0 && (
        <dd>
          <ol class="chain" role="list">
            {chain.map((link) => (
              <li key={link}>{link}</li>
            ))}
          </ol>
        </dd>
      )}
    </dl>
  );
}
