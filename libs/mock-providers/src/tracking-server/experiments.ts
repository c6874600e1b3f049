import { ApiFailure, invalid, missing } from "./error";

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface Experiment {
  readonly id: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly createdMs: number;
  updatedMs: number;
  deleted: boolean;
  readonly tags: Map<string, string>;
}

/** The experiments of a server. `0`, named `Default`, is there from the start. */
export class ExperimentStore {
  readonly #byId = new Map<string, Experiment>();
  readonly #artifactRoot: string;

  constructor(artifactRoot: string) {
    this.#artifactRoot = artifactRoot;
    this.create("Default");
  }

  create(name: string, artifactLocation = "", tags: readonly Tag[] = []): Experiment {
    if (this.all().some((experiment) => experiment.name === name)) {
      throw new ApiFailure("RESOURCE_ALREADY_EXISTS", `Experiment(name=${name}) already exists.`);
    }
    const id = String(this.#byId.size);
    const now = Date.now();
    const experiment: Experiment = {
      id,
      name,
      artifactLocation: artifactLocation || `${this.#artifactRoot}/${id}`,
      createdMs: now,
      updatedMs: now,
      deleted: false,
      tags: new Map(tags.map(({ key, value }) => [key, value])),
    };
    this.#byId.set(id, experiment);
    return experiment;
  }

  all(): Experiment[] {
    return [...this.#byId.values()];
  }

  /** Fails with 400 for an id that is not a number and 404 for an unknown one. Deleted experiments are found. */
  get(id: string): Experiment {
    if (!/^[+-]?\d+$/.test(id.trim()))
      throw invalid(`Invalid experiment ID '${id}'. Experiment ID must be a valid integer.`);
    const experiment = this.#byId.get(String(BigInt(id)));
    if (!experiment) throw missing(`No Experiment with id=${id} exists`);
    return experiment;
  }

  getActive(id: string): Experiment {
    const experiment = this.get(id);
    if (experiment.deleted) {
      throw invalid(`The experiment ${id} must be in the 'active' state. Current state is deleted.`);
    }
    return experiment;
  }

  getByName(name: string): Experiment {
    const experiment = this.all().find((candidate) => candidate.name === name);
    if (!experiment) throw missing(`Could not find experiment with name '${name}'`);
    return experiment;
  }

  delete(id: string): void {
    const experiment = this.get(id);
    if (experiment.deleted) throw missing(`No Experiment with id=${id} exists`);
    experiment.deleted = true;
    experiment.updatedMs = Date.now();
  }
}

/** An experiment as the REST API writes it. */
export function experimentJson(experiment: Experiment): Record<string, unknown> {
  const tags = [...experiment.tags].map(([key, value]) => ({ key, value }));
  return {
    experiment_id: experiment.id,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    lifecycle_stage: experiment.deleted ? "deleted" : "active",
    last_update_time: experiment.updatedMs,
    creation_time: experiment.createdMs,
    ...(tags.length > 0 ? { tags } : {}),
    workspace: "default",
  };
}
