/** A config.toml as people have it, about as long as asked: other providers, MCP servers, projects, comments. */
export function codexConfigOf(bytes: number): string {
  const parts = ['# My Codex\nmodel = "gpt-5"\nmodel_reasoning_effort = "high" # slow but good\n\n'];
  let length = parts[0]!.length;
  for (let index = 0; length < bytes; index++) {
    const part = sectionOf(index);
    parts.push(part);
    length += part.length;
  }
  return parts.join("");
}

function sectionOf(index: number): string {
  const sections = [
    `# Server ${index}\n[mcp_servers.server${index}]\ncommand = "npx"\nargs = ["-y", "server-${index}"]\nenv = { MODE = "fast" }\n\n`,
    `[projects."/home/someone/project ${index}"]\ntrust_level = "trusted"\n\n`,
    `[model_providers.provider${index}]\nname = "Provider ${index}"\nbase_url = "https://provider-${index}.example/v1" # theirs\nwire_api = "responses"\n\n`,
  ];
  return sections[index % sections.length]!;
}
