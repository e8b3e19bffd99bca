/** @file The least Node, in syntax that any Node with modules can read (see boot.mjs). A test holds it to package.json. */

export var leastNode = [20, 19];

/** What is wrong with a version of Node, in words with the remedy; "" if nothing is. */
export function nodeProblem(version) {
  var parts = version.split(".").map(Number);
  if (parts[0] > leastNode[0] || (parts[0] === leastNode[0] && parts[1] >= leastNode[1])) return "";
  return (
    "Node " + version + " is too old: Mesoscope needs Node " + leastNode.join(".") + " or newer.\n" +
    "Install a current one (https://nodejs.org, or your system's package manager) and run the same command again."
  );
}
