// Builds region.json, the outlines of the map, from the public-domain Natural Earth data of the package world-atlas.
// Run by `make maps`, which installs the packages beside this file; see README.md here for sources and terms.
import {readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";

const require = createRequire(process.cwd() + "/");
const mapshaper = require("mapshaper");
const codes = require("i18n-iso-countries");

const OUTPUT = new URL("region.json", import.meta.url);
const WINDOW = "-8,8,84,63"; // west, south, east, north: beyond every view of the shipped scenarios
const DETAIL = 900; // metres: what a simplified outline may leave out
const UNCODED = {
  "N. Cyprus": "CYN", "Cyprus U.N. Buffer Zone": "CYP", "Akrotiri": "CYP", "Dhekelia": "CYP", "Kosovo": "XKX",
}; // without a number of their own in the source

const atlas = JSON.parse(readFileSync(require.resolve("world-atlas/countries-10m.json")));
for (const each of atlas.objects.countries.geometries) {
  const name = each.properties.name;
  each.properties = {id: UNCODED[name] ?? codes.numericToAlpha3(each.id) ?? "", name};
}
delete atlas.objects.land;
const schematic = readFileSync(new URL("schematic.json", import.meta.url), "utf8");

const areas = JSON.parse(schematic).features.map((each) => each.properties);

// A schematic area ends where the state it lies in ends. Crimea is Ukraine's: the map shows 2012.
const commands = [
  "-i countries.json name=countries",
  "-i schematic.json name=areas",
  `-clip bbox=${WINDOW} target=countries`,
  `-simplify weighted visvalingam interval=${DETAIL} keep-shapes target=countries`,
  "-filter-islands min-area=20km2 target=countries",
  `-filter 'id == "crimea"' + name=crimea target=areas`,
  "-each 'area = id, delete id, delete name, delete within' target=crimea",
  "-union target=countries,crimea name=states",
  `-filter '!!id && id !== ""' target=states`,
  `-each 'if (area == "crimea" && id == "RUS") { id = "UKR"; name = "Ukraine" }' target=states`,
  "-dissolve id copy-fields=name target=states",
  ...areas.filter(({id}) => id !== "crimea").flatMap(({id, within}) => [
    `-filter 'id == "${id}"' + name=${id} target=areas`,
    `-filter 'id == "${within}"' + name=${id}_within target=states`,
    `-clip ${id}_within target=${id}`,
  ]),
  `-merge-layers target=${areas.filter(({id}) => id !== "crimea").map(({id}) => id)} name=disputed force`,
  "-o region.json format=topojson quantization=40000 target=states,disputed",
].join(" ");

const input = {"countries.json": JSON.stringify(atlas), "schematic.json": schematic};
const made = await mapshaper.applyCommands(commands, input);
writeFileSync(OUTPUT, made["region.json"]);
