"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const columns = 40, side = 28, larger = 3;
const byId = (id) => document.getElementById(id);
const quiet = { displaylogo: false, responsive: true, modeBarButtonsToRemove: ["lasso2d", "select2d"] };

// --- The table: a click on a head sorts, a second one turns the order round. ---
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") !== "descending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const value = (row) => column ? Number(row.cells[column].dataset.value) : row.cells[0].textContent;
    const rows = [...table.tBodies[0].rows].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      const order = column ? x - y : x.localeCompare(y);
      return down ? -order : order;
    });
    table.tBodies[0].append(...rows);
  }));
}

// --- Digits out of a set's sprite. ---
function glyph(set, sample, words) {
  const figure = document.createElement("figure");
  figure.className = "glyph";
  const picture = document.createElement("i");
  const x = sample.at % columns, y = Math.floor(sample.at / columns);
  picture.style.backgroundImage = `url(${set.sprite})`;
  picture.style.backgroundSize = `${columns * side * larger}px auto`;
  picture.style.backgroundPosition = `${-x * side * larger}px ${-y * side * larger}px`;
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `the digit ${sample.truth}`);
  const caption = document.createElement("figcaption");
  caption.innerHTML = words;
  figure.append(picture, caption);
  return figure;
}
const said = (digit) => digit < 0 ? "?" : String(digit);
const whoRead = (sample) => `<b>${sample.truth}</b> ` + data.titles
  .map((title, place) => `${title} ${said(sample.read[place])}`).join(", ");

// --- Charts that plotly draws. ---
for (const chart of data.charts) {
  const place = document.querySelector(`[data-chart="${chart.name}"]`);
  Plotly.newPlot(place, chart.data, chart.layout, quiet);
  if (chart.name.startsWith("map")) {
    const pointed = place.parentElement.querySelector(".pointed");
    const set = data.sets[0];
    place.on("plotly_hover", (event) => {
      const sample = set.samples[event.points[0].customdata];
      if (sample) pointed.replaceChildren(glyph(set, sample, ""), Object.assign(
        document.createElement("span"), { innerHTML: whoRead(sample) }));
    });
  }
}

// --- Confusions. ---
function showConfusion() {
  const set = byId("confusion-set").value, model = byId("confusion-model").value;
  for (const of of document.querySelectorAll(".confusion"))
    of.hidden = of.dataset.set !== set || of.dataset.model !== model;
  byId("behind").replaceChildren();
}
for (const button of document.querySelectorAll(".matrix button")) {
  button.addEventListener("click", () => {
    document.querySelectorAll(".matrix button[aria-pressed]").forEach((b) => b.removeAttribute("aria-pressed"));
    button.setAttribute("aria-pressed", "true");
    const set = data.sets[byId("confusion-set").value], model = Number(byId("confusion-model").value);
    const [truth, read] = [Number(button.dataset.truth), Number(button.dataset.read)];
    const behind = set.samples.filter((s) => s.truth === truth && s.read[model] === read).slice(0, 60);
    byId("behind").replaceChildren(...behind.map((s) =>
      glyph(set, s, `<b>${truth}</b> read as <b>${said(read)}</b>, ${s.sure[model]} %`)));
  });
}
byId("confusion-set").addEventListener("change", showConfusion);
byId("confusion-model").addEventListener("change", showConfusion);
showConfusion();

// --- Mistakes, by model and by how many agree in them. ---
function showMistakes() {
  const set = data.sets[byId("mistake-set").value], model = Number(byId("mistake-model").value);
  const least = Number(byId("mistake-least").value);
  byId("mistake-least-said").textContent = least;
  const found = set.samples.filter((s) =>
    s.wrong >= least && (model < 0 || s.read[model] !== s.truth));
  byId("mistake-count").textContent = found.length === 1 ? "1 digit" : `${found.length} digits`;
  byId("mistake-glyphs").replaceChildren(...found.slice(0, 240).map((s) => glyph(set, s, whoRead(s))));
}
for (const id of ["mistake-set", "mistake-model", "mistake-least"])
  byId(id).addEventListener("input", showMistakes);
showMistakes();

// --- Robustness. ---
if (data.robustness.length) {
  const choice = byId("distortion"), degree = byId("degree");
  data.robustness.forEach((of, place) => choice.add(new Option(of.name, place)));
  const colours = { "plain resize": "#b9c2cc", prepared: "#1b8a5a" };
  const show = () => {
    const of = data.robustness[choice.value];
    degree.max = of.degrees.length - 1;
    const at = Number(degree.value);
    byId("degree-said").textContent = `${of.degrees[at]} ${of.unit}`;
    byId("distorted").src = of.pictures[at];
    const bars = Object.entries(of.right).map(([fed, models]) => ({
      type: "bar", name: fed, x: Object.keys(models), y: Object.values(models).map((v) => v[at]),
      marker: { color: colours[fed] }, hovertemplate: `%{x}, ${fed}: %{y} %<extra></extra>`,
    }));
    Plotly.react("robustness-chart", bars, {
      barmode: "group", font: { family: "system-ui, sans-serif", size: 15 }, margin: { l: 56, r: 8, t: 8, b: 40 },
      yaxis: { range: [0, 102], title: { text: "read right, %" } }, legend: { orientation: "h", y: 1.14 },
    }, quiet);
    const words = Object.keys(of.right.prepared).map((title) =>
      `${title} ${of.right["plain resize"][title][at]} % plainly resized, ${of.right.prepared[title][at]} % prepared`);
    const text = `${of.name}, ${of.degrees[at]} ${of.unit}: ${words.join("; ")}.`;
    byId("robustness-words").textContent = text;
    byId("robustness-chart").setAttribute("aria-label", text);
  };
  choice.addEventListener("input", () => { degree.value = 0; show(); });
  degree.addEventListener("input", show);
  show();
}
