import { invalid } from "./error";
import { searchExperiments } from "./experiment-search";
import { type ExperimentStore, experimentJson, type Tag } from "./experiments";
import { readParameters } from "./parameters";
import { jsonReply } from "./reply";
import type { Handler, Routes } from "./router";

const text = { kind: "string" } as const;
const requiredText = { kind: "string", required: true } as const;
const list = { kind: "list" } as const;

/** `/api/2.0/mlflow/experiments/…`. */
export function experimentRoutes(store: ExperimentStore): Routes {
  const search: Handler = ({ request }) => {
    const specs = { max_results: { kind: "integer" }, filter: text, order_by: list, page_token: text } as const;
    const parameters = readParameters(request, specs);
    const page = searchExperiments(store.all(), {
      maxResults: Number(parameters.max_results ?? 0),
      filter: String(parameters.filter ?? ""),
      orderBy: Array.isArray(parameters.order_by) ? parameters.order_by.map(String) : [],
      pageToken: String(parameters.page_token ?? ""),
    });
    const experiments = page.experiments.map(experimentJson);
    return jsonReply(
      { ...(experiments.length > 0 ? { experiments } : {}), next_page_token: page.nextPageToken },
      200,
      2,
    );
  };
  return {
    "POST /api/2.0/mlflow/experiments/create": ({ request }) => {
      const parameters = readParameters(request, { name: requiredText, artifact_location: text, tags: list });
      const tags = Array.isArray(parameters.tags) ? parameters.tags.map(readTag) : [];
      const { id } = store.create(String(parameters.name), String(parameters.artifact_location ?? ""), tags);
      return jsonReply({ experiment_id: id }, 200, 2);
    },
    "GET /api/2.0/mlflow/experiments/get": ({ request }) => {
      const { experiment_id: id } = readParameters(request, { experiment_id: requiredText });
      return jsonReply({ experiment: experimentJson(store.get(String(id))) }, 200, 2);
    },
    "GET /api/2.0/mlflow/experiments/get-by-name": ({ request }) => {
      const { experiment_name: name } = readParameters(request, { experiment_name: requiredText });
      return jsonReply({ experiment: experimentJson(store.getByName(String(name))) }, 200, 2);
    },
    "POST /api/2.0/mlflow/experiments/search": search,
    "GET /api/2.0/mlflow/experiments/search": search,
    "POST /api/2.0/mlflow/experiments/set-experiment-tag": ({ request }) => {
      const specs = { experiment_id: requiredText, key: requiredText, value: text };
      const { experiment_id: id, key, value } = readParameters(request, specs);
      store.getActive(String(id)).tags.set(String(key), String(value ?? ""));
      return jsonReply({}, 200, 2);
    },
    "POST /api/2.0/mlflow/experiments/delete": ({ request }) => {
      const { experiment_id: id } = readParameters(request, { experiment_id: requiredText });
      store.delete(String(id));
      return jsonReply({}, 200, 2);
    },
  };
}

function readTag(tag: unknown): Tag {
  const { key, value } = Object(tag) as { key?: unknown; value?: unknown };
  if (typeof key !== "string") throw invalid("Missing value for required parameter 'key' in parameter 'tags'.");
  return { key, value: String(value ?? "") };
}
