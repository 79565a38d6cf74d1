// A plot that can be read point by point, in place of the still picture; without it the picture and the table stay.
const place = document.getElementById("plot");
if (place && window.uPlot) {
  fetch(place.dataset.points, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((series) => draw(place, series))
    .catch(() => {});
}

function draw(place, series) {
  const points = series.points;
  if (points.length < 2) return;
  const epochs = [...new Set(points.map((point) => point.epoch))];
  const times = points.map((point) => Date.parse(point.started_at) / 1000);
  const columns = epochs.map((epoch) => points.map((point) => (point.epoch === epoch ? point.median : null)));
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { month: "short", day: "numeric" });
  const options = {
    width: place.clientWidth,
    height: 260,
    legend: { live: true },
    scales: { y: { range: (_plot, _low, high) => [0, high * 1.1] } },
    axes: [{ values: (_plot, seconds) => seconds.map((one) => day.format(new Date(one * 1000))) }, {}],
    series: [{ label: place.dataset.time, value: (_plot, one) => (one === null ? "–" : new Date(one * 1000).toLocaleString(document.documentElement.lang)) }, ...epochs.map((epoch) => ({ label: epoch, stroke: "#1a4f8b", width: 2, points: { size: 6 } }))],
  };
  place.replaceChildren();
  place.dir = "ltr";
  const plot = new uPlot(options, [times, ...columns], place);
  addEventListener("resize", () => plot.setSize({ width: place.clientWidth, height: 260 }));
}
