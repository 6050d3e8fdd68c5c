import { ApiObject, App, Chart, type ApiObjectProps } from 'cdk8s';

/** A chart of plain objects. */
export function objectsChart(objects: readonly ApiObjectProps[], id = 'chart', app = new App()): Chart {
  const chart = new Chart(app, id);
  for (const [index, object] of objects.entries()) {
    new ApiObject(chart, String(index), object);
  }
  return chart;
}
