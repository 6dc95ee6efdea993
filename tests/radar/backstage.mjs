// Reads what `hjkit radar export --format backstage` made with the parser of Backstage's Tech Radar, from stdin.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../prism/package.json", import.meta.url));
const { TechRadarLoaderResponseParser } = require("@backstage-community/plugin-tech-radar-common");
const read = TechRadarLoaderResponseParser.safeParse(JSON.parse(readFileSync(0, "utf8")));
console.log(JSON.stringify(read.success ? read.data : { refused: read.error.issues.map((issue) => issue.path) }));
